#include <map>

#include "core/audit/expected.h"

namespace gemba {
namespace {

using Hands = std::optional<std::uint32_t>;
using Shares = std::map<std::uint32_t, double>;  ///< who had the case last, as a share of visits

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
  std::vector<bool> taken(hands.size());
  for (std::size_t i = 0; i < hands.size(); ++i) taken[i] = hands[i].has_value();
  // What is left of the loops are those where nobody takes over.
  const Components components = strong_components(graph, taken);
  const ComponentSteps members(components);
  for (std::uint32_t c = components.count;
       c-- > 0;) {  // against the order of the numbers: with the flow
    if (hands[members[c].front().index()]) continue;
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
