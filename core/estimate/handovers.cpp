#include "core/estimate/handovers.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gemba::inline estimate {
namespace {

using Shares = std::map<std::uint32_t, double>;  ///< who had the case last, as a share of visits

bool contains(const std::vector<StepId>& steps, StepId wanted) {
  return std::find(steps.begin(), steps.end(), wanted) != steps.end();
}

/// Whether who is named at the step takes the case over there. A decision or a wait has somebody,
/// too, although it is no work.
bool changes_hands(const Process& process, const Edit& edit, StepId step) {
  return !is_terminal(process[step].kind) && !contains(edit.removed, step);
}

/// Whether our people do it: only they switch from one system to another.
bool is_by_people(const Process& process, const Step& step) {
  return step.automation != Automation::automatic && !process.is_external(step);
}

/// By StepId.
std::vector<Shares> last_hands(const FlowGraph& graph, const Visits& visits, const Hands& hands) {
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
  return last;
}

}  // namespace

std::optional<RoleId> role_of(const Process& process, const Edit& edit, StepId id) {
  for (const auto& [step, role] : edit.moved) {
    if (step == id) return role;
  }
  return process[id].role;
}

Hands role_hands(const Process& process, const Edit& edit) {
  Hands hands(process.steps.size());
  for (std::size_t i = 0; i < hands.size(); ++i) {
    const std::optional<RoleId> role = role_of(process, edit, StepId(i));
    if (!role || process.definitions[*role].external) continue;
    if (changes_hands(process, edit, StepId(i))) hands[i] = role->value;
  }
  return hands;
}

Hands system_hands(const Process& process, const Edit& edit) {
  Hands hands(process.steps.size());
  for (std::size_t i = 0; i < hands.size(); ++i) {
    const Step& step = process.steps[i];
    if (!step.system || !is_by_people(process, step)) continue;
    if (changes_hands(process, edit, StepId(i))) hands[i] = step.system->value;
  }
  return hands;
}

double switches_within(const Process& process, const Edit& edit, const Visits& visits) {
  double switches = 0;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!is_by_people(process, step) || !changes_hands(process, edit, StepId(i))) continue;
    switches += visits.steps[i] * static_cast<double>(step.other_systems.size());
  }
  return switches;
}

std::vector<HandoverRate> handovers_of(const FlowGraph& graph, const Visits& visits,
                                       const Hands& hands) {
  const std::vector<Shares> last = last_hands(graph, visits, hands);
  std::map<std::pair<std::uint32_t, std::uint32_t>, HandoverRate> found;
  for (std::size_t i = 0; i < hands.size(); ++i) {
    if (!hands[i]) continue;
    for (const FlowId flow : graph.in[i]) {
      for (const auto& [who, share] : last[graph.from(flow).index()]) {
        const double passes = visits.flows[flow.index()] * share;
        if (who == *hands[i] || passes <= 0) continue;
        HandoverRate& handover = found[{who, *hands[i]}];
        handover.from = who;
        handover.to = *hands[i];
        handover.per_case += passes;
        if (!contains(handover.steps, StepId(i))) handover.steps.push_back(StepId(i));
      }
    }
  }
  std::vector<HandoverRate> result;
  for (auto& [who, handover] : found) result.push_back(std::move(handover));
  return result;
}

double expected_changes(const FlowGraph& graph, const Visits& visits, const Hands& hands) {
  double changes = 0;
  for (const HandoverRate& each : handovers_of(graph, visits, hands)) changes += each.per_case;
  return changes;
}

}  // namespace gemba::inline estimate
