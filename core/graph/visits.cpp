#include "core/graph/visits.h"

#include <algorithm>
#include <numeric>

#include "core/graph/absorbing.h"

namespace gemba::inline graph {
namespace {

constexpr double unknown = -1;

double at(std::span<const double> values, std::size_t index) {
  return index < values.size() ? values[index] : unknown;
}

/// Shares of the exits of one step that routes each case down one of them.
void share_exits(const Process& process, const std::vector<FlowId>& exits, const ShareInput& known,
                 Visits& result) {
  const auto is_measured = [&](FlowId flow) { return at(known.flows, flow.index()) >= 0; };
  const bool measured = std::any_of(exits.begin(), exits.end(), is_measured);
  double given = 0;
  double weight_sum = 0;
  std::vector<std::pair<FlowId, double>> open;
  for (const FlowId flow : exits) {
    const double declared = process[flow].share.value_or(unknown);
    const double share = measured ? at(known.flows, flow.index()) : declared;
    if (share >= 0) {
      result.shares[flow.index()] = share;
      result.origins[flow.index()] = measured ? ShareOrigin::measured : ShareOrigin::declared;
      given += share;
    } else {
      const double weight = measured && declared >= 0 ? declared : 1;
      open.emplace_back(flow, weight);
      weight_sum += weight;
    }
  }
  const bool follows = open.size() == 1 && open.size() < exits.size();
  for (const auto& [flow, weight] : open) {
    result.shares[flow.index()] =
        weight_sum > 0 ? std::max(0.0, 1 - given) * weight / weight_sum : 0;
    result.origins[flow.index()] = !follows   ? ShareOrigin::assumed
                                   : measured ? ShareOrigin::measured
                                              : ShareOrigin::declared;
  }
}

/// Makes the shares of open exits add up to 1.
void scale_exits(const std::vector<FlowId>& exits, std::span<const FlowId> closed, Visits& result) {
  const auto is_closed = [&](FlowId flow) {
    return std::find(closed.begin(), closed.end(), flow) != closed.end();
  };
  double sum = 0;
  std::size_t open = 0;
  for (const FlowId flow : exits) {
    if (is_closed(flow)) {
      result.shares[flow.index()] = 0;
    } else {
      sum += result.shares[flow.index()];
      ++open;
    }
  }
  for (const FlowId flow : exits) {
    double& share = result.shares[flow.index()];
    if (is_closed(flow)) continue;
    share = sum > 0 ? share / sum : 1.0 / static_cast<double>(open);
  }
}

void set_shares(const Process& process, const FlowGraph& graph, const ShareInput& known,
                Visits& result) {
  for (std::size_t i = 0; i < graph.step_count(); ++i) {
    const std::vector<FlowId>& exits = graph.out[i];
    if (process.steps[i].kind == StepKind::end) continue;  // a case that ended goes nowhere
    if (process.steps[i].kind == StepKind::fork || exits.size() == 1) {
      for (const FlowId flow : exits) {
        const bool closed =
            std::find(known.closed.begin(), known.closed.end(), flow) != known.closed.end();
        result.shares[flow.index()] = closed ? 0 : 1;
      }
    } else {
      share_exits(process, exits, known, result);
      scale_exits(exits, known.closed, result);
    }
  }
}

std::vector<double> start_shares(const FlowGraph& graph, std::span<const double> measured,
                                 bool& assumed) {
  const std::size_t count = graph.starts.size();
  const double sum = std::accumulate(measured.begin(), measured.end(), 0.0);
  if (measured.size() == count && sum > 0) {
    std::vector<double> shares(measured.begin(), measured.end());
    for (double& share : shares) share /= sum;
    return shares;
  }
  assumed = count > 1;
  return std::vector<double>(count, count > 0 ? 1.0 / static_cast<double>(count) : 0.0);
}

/// Solves the chain one component after the other.
class Chain {
 public:
  Chain(const FlowGraph& graph, const std::vector<double>& divisors, Visits& result)
      : graph_(graph), divisors_(divisors), result_(result) {}

  void solve(std::vector<double> arriving) {
    arriving_ = std::move(arriving);
    const Components components = strong_components(graph_);
    const ComponentSteps members(components);
    position_.resize(graph_.step_count());
    for (std::uint32_t c = components.count; c-- > 0;) solve(members[c], components);
  }

 private:
  void solve(std::span<const StepId> members, const Components& components) {
    const std::uint32_t own = components.of[members.front().index()];
    if (members.size() == 1 && !loops_on_itself(members.front())) {
      result_.steps[members.front().index()] = arriving_[members.front().index()];
      send_on(members, components, own);
      return;
    }
    std::vector<double> b;
    for (std::size_t i = 0; i < members.size(); ++i) {
      position_[members[i].index()] = static_cast<std::uint32_t>(i);
      b.push_back(arriving_[members[i].index()]);
    }
    std::vector<Weight> weights;
    for (const StepId step : members) {
      for (const FlowId flow : graph_.out[step.index()]) {
        const std::size_t to = graph_.to(flow).index();
        if (components.of[to] != own) continue;
        weights.push_back(
            {position_[to], position_[step.index()],
             result_.staying[step.index()] * result_.shares[flow.index()] / divisors_[to]});
      }
    }
    const double arrivals = std::accumulate(b.begin(), b.end(), 0.0);
    const auto visits = solve_absorbing(weights, b);
    for (std::size_t i = 0; i < members.size(); ++i) {
      result_.steps[members[i].index()] = visits ? (*visits)[i] : arrivals;
    }
    if (!visits && arrivals > 0)
      result_.endless.insert(result_.endless.end(), members.begin(), members.end());
    send_on(members, components, own);
  }

  bool loops_on_itself(StepId step) const {
    const auto& out = graph_.out[step.index()];
    return std::any_of(out.begin(), out.end(),
                       [&](FlowId flow) { return graph_.to(flow) == step; });
  }

  void send_on(std::span<const StepId> members, const Components& components, std::uint32_t own) {
    for (const StepId step : members) {
      for (const FlowId flow : graph_.out[step.index()]) {
        const std::size_t to = graph_.to(flow).index();
        double& passes = result_.flows[flow.index()];
        passes = result_.steps[step.index()] * result_.staying[step.index()] *
                 result_.shares[flow.index()];
        if (components.of[to] != own) arriving_[to] += passes / divisors_[to];
      }
    }
  }

  const FlowGraph& graph_;
  const std::vector<double>& divisors_;
  Visits& result_;
  std::vector<double> arriving_;
  std::vector<std::uint32_t> position_;  ///< by StepId: index within its component
};

/// By StepId: how many arrivals make one visit.
std::vector<double> arrivals_per_visit(const Process& process, const FlowGraph& graph) {
  const std::vector<bool> live = reachable_from_starts(graph);
  std::vector<double> divisors(graph.step_count(), 1);
  for (std::size_t i = 0; i < graph.step_count(); ++i) {
    if (process.steps[i].kind != StepKind::join) continue;
    const auto arriving = std::count_if(graph.in[i].begin(), graph.in[i].end(), [&](FlowId flow) {
      return live[graph.from(flow).index()];
    });
    divisors[i] = std::max(1.0, static_cast<double>(arriving));
  }
  return divisors;
}

}  // namespace

Visits expected_visits(const Process& process, const FlowGraph& graph, const ShareInput& known) {
  Visits result;
  result.steps.assign(graph.step_count(), 0);
  result.flows.assign(graph.edges.size(), 0);
  result.shares.assign(graph.edges.size(), 0);
  result.origins.assign(graph.edges.size(), ShareOrigin::certain);
  set_shares(process, graph, known, result);
  for (const Step& step : process.steps) result.staying.push_back(1 - step.abandon);

  std::vector<double> arriving(graph.step_count(), 0);
  result.starts = start_shares(graph, known.starts, result.starts_assumed);
  for (std::size_t i = 0; i < graph.starts.size(); ++i)
    arriving[graph.starts[i].index()] += result.starts[i];

  const std::vector<double> divisors = arrivals_per_visit(process, graph);
  Chain(graph, divisors, result).solve(std::move(arriving));
  std::sort(result.endless.begin(), result.endless.end());
  return result;
}

}  // namespace gemba::inline graph
