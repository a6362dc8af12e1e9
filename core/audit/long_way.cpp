#include "core/audit/long_way.h"

#include <algorithm>
#include <set>

#include "core/audit/data_origin.h"
#include "core/audit/main_way.h"
#include "core/audit/own_work.h"
#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

constexpr std::size_t least_steps = 8;
constexpr std::size_t least_roles = 3;
constexpr double notable = 0.03;  // a lane for fewer cases is none

bool is_peoples_work(const Process& process, StepId id) {
  return is_own_work(process, id) && process[id].automation != Automation::automatic;
}

double seconds_at(const AuditInput& input, StepId id) {
  const StepFigures& figures = input.expected.steps[id.index()];
  return input.expected.visits.steps[id.index()] * (figures.waiting + figures.work);
}

/// Looks at one map.
class Search {
 public:
  Search(const AuditInput& input, double least_cases)
      : input_(input), process_(input.process), back_(back_flows(input.graph)) {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const StepId id(i);
      if (!is_peoples_work(process_, id) || input.expected.visits.steps[i] < least_cases) continue;
      all_.push_back(id);
      roles_.insert(*process_[id].role);
    }
  }

  std::optional<LongWay> from(StepId start, const std::vector<std::optional<StepId>>& next) const {
    if (all_.size() < least_steps || roles_.size() < least_roles) return std::nullopt;
    std::optional<StepId> intake;
    std::size_t passed = 0;
    for (std::optional<StepId> at = start; at && passed * 3 <= all_.size();
         at = next[at->index()]) {
      if (is_peoples_work(process_, *at)) {
        ++passed;
        if (!intake) intake = at;
      }
      if (parts_cases(*at)) return std::nullopt;
    }
    if (!intake) return std::nullopt;
    return LongWay{start, *intake, heaviest(), all_.size(), roles_.size()};
  }

 private:
  /// Whether an exit leads cases past some of what the others go through, and neither back nor out.
  bool parts_cases(StepId id) const {
    const std::vector<FlowId>& out = input_.graph.out[id.index()];
    if (out.size() < 2 || is_parallel(process_[id].kind)) return false;
    const Outcome outcome = approval_outcome(process_, input_.graph, input_.expected.visits, id);
    const std::vector<bool> leaves = completed_without(process_, input_.graph, id);
    const std::vector<bool> later = onwards(input_.graph, back_, id);
    return std::any_of(out.begin(), out.end(), [&](FlowId flow) {
      const StepId to = input_.graph.to(flow);
      const bool refused = outcome.told && std::find(outcome.refuse.begin(), outcome.refuse.end(),
                                                     flow) != outcome.refuse.end();
      if (refused || !leaves[to.index()]) return false;
      return input_.expected.visits.shares[flow.index()] >= notable && leads_past(to, later);
    });
  }

  bool leads_past(StepId to, const std::vector<bool>& later) const {
    const std::vector<bool> reached = reachable_after(input_.graph, to);
    const auto is_met = [&](StepId step) { return step == to || reached[step.index()]; };
    const bool works =
        std::any_of(all_.begin(), all_.end(), is_met) || is_peoples_work(process_, to);
    return works && std::any_of(all_.begin(), all_.end(),
                                [&](StepId step) { return later[step.index()] && !is_met(step); });
  }

  std::vector<StepId> heaviest() const {
    constexpr std::size_t most = 4;
    std::vector<StepId> checks;
    std::copy_if(all_.begin(), all_.end(), std::back_inserter(checks), [&](StepId id) {
      return process_[id].kind == StepKind::approval || says_check(process_[id]);
    });
    if (checks.size() < 2) checks = all_;
    std::stable_sort(checks.begin(), checks.end(), [&](StepId a, StepId b) {
      return seconds_at(input_, a) > seconds_at(input_, b);
    });
    if (checks.size() > most) checks.resize(most);
    std::sort(checks.begin(), checks.end());
    return checks;
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> back_;
  std::vector<StepId> all_;  ///< our people's work that nearly all cases take
  std::set<RoleId> roles_;
};

}  // namespace

std::optional<LongWay> long_way(const AuditInput& input, double least_cases) {
  // How an SOP has it was somebody's decision.
  if (input.process.kind != Process::Kind::map) return std::nullopt;
  // Where cases are worked on most of the time, no other lane is shorter.
  if (input.expected.cycle_seconds <= 0 || input.expected.flow_efficiency > 0.5)
    return std::nullopt;
  const auto next = main_next(input);
  const Search search(input, least_cases);
  for (const StepId start : input.graph.starts) {
    if (auto way = search.from(start, next)) return way;
  }
  return std::nullopt;
}

}  // namespace gemba::inline audit
