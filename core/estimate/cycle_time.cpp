#include <algorithm>
#include <numeric>
#include <utility>

#include "core/estimate/expected.h"
#include "core/graph/absorbing.h"

namespace gemba::inline estimate {
namespace {

/// Time that is left at each step, from the ends backwards.
class Remaining {
 public:
  Remaining(const Process& process, const FlowGraph& graph, const Visits& visits,
            const std::vector<double>& seconds)
      : process_(process),
        graph_(graph),
        visits_(visits),
        seconds_(seconds),
        left_(graph.step_count(), 0),
        chosen_(graph.step_count(), 0),
        position_(graph.step_count(), 0) {}

  const std::vector<double>& solve() {
    components_ = strong_components(graph_);
    const ComponentSteps members(components_);
    // Ends have the lowest numbers.
    for (std::uint32_t c = 0; c < components_.count; ++c) solve(members[c]);
    return left_;
  }

 private:
  bool is_fork(StepId step) const { return process_[step].kind == StepKind::fork; }

  double left_after(FlowId flow) const { return left_[graph_.to(flow).index()]; }

  void solve(std::span<const StepId> members) {
    if (!loops(members)) {
      for (const StepId step : members) {
        choose_longest(step);
        left_[step.index()] = seconds_[step.index()] + outside(step, false);
      }
      return;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
      position_[members[i].index()] = static_cast<std::uint32_t>(i);
    }
    // Each round is no worse than the last and there are few choices; the bound only guards against
    // rounding.
    for (int round = 0; round < 100; ++round) {
      const auto solved = solve_with_choice(members);
      if (!solved) {
        pass_once(members);
        return;
      }
      for (std::size_t i = 0; i < members.size(); ++i) left_[members[i].index()] = (*solved)[i];
      bool changed = false;
      for (const StepId step : members) changed |= choose_longest(step);
      if (!changed) return;
    }
  }

  bool loops(std::span<const StepId> members) const {
    if (members.size() > 1) return true;
    const auto& out = graph_.out[members.front().index()];
    return std::any_of(out.begin(), out.end(),
                       [&](FlowId flow) { return graph_.to(flow) == members.front(); });
  }

  bool is_inside(FlowId flow) const {
    return components_.of[graph_.from(flow).index()] == components_.of[graph_.to(flow).index()];
  }

  /// The part of a step's future that the chosen or weighted exits give; `inside` exits are left to
  /// the equations.
  double outside(StepId step, bool in_loop) const {
    double sum = 0;
    for_each_exit(step, [&](FlowId flow, double share) {
      if (!in_loop || !is_inside(flow)) sum += share * left_after(flow);
    });
    return sum;
  }

  template <class Visit>
  void for_each_exit(StepId step, Visit visit) const {
    const auto& out = graph_.out[step.index()];
    const double staying = visits_.staying[step.index()];
    if (is_fork(step)) {
      if (!out.empty()) visit(out[chosen_[step.index()]], staying);
      return;
    }
    for (const FlowId flow : out) visit(flow, staying * visits_.shares[flow.index()]);
  }

  std::optional<std::vector<double>> solve_with_choice(std::span<const StepId> members) const {
    std::vector<Weight> weights;
    std::vector<double> b;
    for (const StepId step : members) {
      b.push_back(seconds_[step.index()] + outside(step, true));
      for_each_exit(step, [&](FlowId flow, double share) {
        if (!is_inside(flow)) return;
        weights.push_back({position_[step.index()], position_[graph_.to(flow).index()], share});
      });
    }
    return solve_absorbing(weights, std::move(b));
  }

  /// Makes a fork wait for its longest branch; whether that is a new choice.
  bool choose_longest(StepId step) {
    if (!is_fork(step)) return false;
    const auto& out = graph_.out[step.index()];
    std::size_t best = chosen_[step.index()];
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double margin = 1e-9 * std::max(1.0, left_after(out[best]));
      if (left_after(out[i]) > left_after(out[best]) + margin) best = i;
    }
    return std::exchange(chosen_[step.index()], best) != best;
  }

  void pass_once(std::span<const StepId> members) {
    double sum = 0;
    for (const StepId step : members) sum += seconds_[step.index()];
    for (const StepId step : members) left_[step.index()] = sum;
  }

  const Process& process_;
  const FlowGraph& graph_;
  const Visits& visits_;
  const std::vector<double>& seconds_;
  Components components_;
  std::vector<double> left_;
  std::vector<std::size_t> chosen_;      ///< by StepId, of forks: position of the longest branch
  std::vector<std::uint32_t> position_;  ///< by StepId: index within its component
};

}  // namespace

double cycle_seconds(const Process& process, const FlowGraph& graph, const Visits& visits,
                     const std::vector<double>& seconds) {
  const bool forks = std::any_of(process.steps.begin(), process.steps.end(),
                                 [](const Step& step) { return step.kind == StepKind::fork; });
  if (!forks) {
    return std::inner_product(seconds.begin(), seconds.end(), visits.steps.begin(), 0.0);
  }
  Remaining remaining(process, graph, visits, seconds);
  const std::vector<double>& left = remaining.solve();
  double cycle = 0;
  for (std::size_t i = 0; i < graph.starts.size(); ++i) {
    cycle += visits.starts[i] * left[graph.starts[i].index()];
  }
  return cycle;
}

}  // namespace gemba::inline estimate
