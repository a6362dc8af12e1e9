#include <map>

#include "core/audit/expected.h"

namespace gemba {
namespace {

using Hands = std::optional<std::uint32_t>;
using Shares = std::map<std::uint32_t, double>;  ///< who had the case last, as a share of visits

/// Without the flows out of steps with hands: what is left of the loops are those where nobody
/// takes over.
FlowGraph passing_on(const FlowGraph& graph, const std::vector<Hands>& hands) {
  FlowGraph passing = graph;
  for (std::size_t i = 0; i < hands.size(); ++i) {
    if (hands[i]) passing.out[i].clear();
  }
  return passing;
}

}  // namespace

double expected_changes(const FlowGraph& graph, const Visits& visits,
                        const std::vector<Hands>& hands) {
  std::vector<Shares> last(hands.size());
  for (std::size_t i = 0; i < hands.size(); ++i) {
    if (hands[i]) last[i][*hands[i]] = 1;
  }
  std::vector<double> begun(hands.size(), 0);
  for (std::size_t i = 0; i < graph.starts.size(); ++i) {
    begun[graph.starts[i].index()] = visits.starts[i];
  }
  const Components components = strong_components(passing_on(graph, hands));
  std::vector<std::vector<StepId>> members(components.count);
  for (std::size_t i = 0; i < hands.size(); ++i) {
    if (!hands[i]) members[components.of[i]].push_back(StepId(i));
  }
  for (std::uint32_t c = components.count;
       c-- > 0;) {  // against the order of the numbers: with the flow
    Shares mix;
    double arrivals = 0;
    for (const StepId step : members[c]) {
      arrivals += begun[step.index()];
      for (const FlowId flow : graph.in[step.index()]) {
        const std::size_t from = graph.from(flow).index();
        if (components.of[from] == c) continue;
        arrivals += visits.flows[flow.index()];
        for (const auto& [who, share] : last[from]) mix[who] += visits.flows[flow.index()] * share;
      }
    }
    if (arrivals <= 0) continue;
    for (auto& [who, share] : mix) share /= arrivals;
    for (const StepId step : members[c]) last[step.index()] = mix;
  }
  double changes = 0;
  for (std::size_t i = 0; i < hands.size(); ++i) {
    if (!hands[i]) continue;
    for (const FlowId flow : graph.in[i]) {
      for (const auto& [who, share] : last[graph.from(flow).index()]) {
        if (who != *hands[i]) changes += visits.flows[flow.index()] * share;
      }
    }
  }
  return changes;
}

}  // namespace gemba
