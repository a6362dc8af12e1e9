#include "core/audit/following_work.h"

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/own_work.h"
#include "core/audit/repeated_entry.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/unused_work.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

bool are_in_systems(const Process& process, const Makers& makers, const Step& step) {
  return std::all_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
    const std::vector<StepId>& own = makers[use.data.index()];
    return !own.empty() && system_of(process, own);
  });
}

/// Whether systems have half of what the step works on, or more: what stands on paper has to be
/// read by somebody.
bool are_mostly_in_systems(const Process& process, const Makers& makers, const Step& step) {
  const std::vector<DataId> facts = facts_needed(process, step);
  const auto held = std::count_if(facts.begin(), facts.end(), [&](DataId data) {
    const std::vector<StepId>& own = makers[data.index()];
    return !own.empty() && system_of(process, own);
  });
  return held > 0 && static_cast<std::size_t>(held) * 2 >= facts.size();
}

/// Whether the step can rather go than be automated: it is said to add nothing, or all that it
/// makes was there before.
bool is_needless(const AuditInput& input, const Makers& makers, StepId id) {
  const Step& step = input.process[id];
  if (step.value == Value::none) return true;
  const auto made_before = [&](const DataUse& made) {
    const std::vector<StepId>& all = makers[made.data.index()];
    return std::any_of(all.begin(), all.end(), [&](StepId other) {
      return other != id && reachable_after(input.graph, other)[id.index()];
    });
  };
  return !step.makes.empty() && std::all_of(step.makes.begin(), step.makes.end(), made_before);
}

}  // namespace

std::optional<SystemId> system_of(const Process& process, const std::vector<StepId>& makers) {
  std::optional<SystemId> system;
  for (const StepId maker : makers) {
    if (!process[maker].system) return std::nullopt;
    system = process[maker].system;
  }
  return system;
}

bool follows_from_inputs(const AuditInput& input, const Makers& makers, StepId id) {
  const Process& process = input.process;
  const Step& step = process[id];
  const bool does = step.kind == StepKind::task || step.kind == StepKind::notify;
  if (!does || !is_own_work(process, id) || input.graph.out[id.index()].size() != 1) return false;
  if (step.automation != Automation::manual || !step.script.empty() || step.needs.empty())
    return false;
  if (named_work(step) == NamedWork::none || is_needless(input, makers, id)) return false;
  // Who carries paper does what a shared record makes needless (A207).
  if (says(step, Saying::carrying) && !step.system) return false;
  switch (named_work(step)) {
    case NamedWork::check:
      return says_by_hand(step);
    case NamedWork::enter:
      return are_mostly_in_systems(process, makers, step);
    case NamedWork::validate:
      return are_in_systems(process, makers, step);
    case NamedWork::pass_on:
    case NamedWork::assign:
      return step.system || are_in_systems(process, makers, step);
    default:
      return true;
  }
}

std::vector<bool> going_anyway(const AuditInput& input) {
  const UnusedWork unused = unused_work(input);
  std::vector<bool> going(unused.uses.size());
  for (std::size_t i = 0; i < going.size(); ++i) going[i] = unused.uses[i] == Use::none;
  for (const StepId step : unused.feeders) going[step.index()] = true;
  for (const RepeatedEntry& entry : repeated_entries(input)) {
    if (!entry.certain) continue;
    for (const StepId step : entry.later) going[step.index()] = true;
  }
  return going;
}

std::vector<std::vector<StepId>> stretches_of(const AuditInput& input,
                                              const std::vector<bool>& candidate,
                                              const std::vector<bool>& ruled) {
  std::vector<bool> seen(candidate.size(), false);
  std::vector<std::vector<StepId>> stretches;
  for (std::size_t i = 0; i < candidate.size(); ++i) {
    if (!candidate[i] || seen[i]) continue;
    std::vector<StepId> stretch;
    std::vector<StepId> stack{StepId(i)};
    while (!stack.empty()) {
      const StepId at = stack.back();
      stack.pop_back();
      const bool within = candidate[at.index()] || ruled[at.index()];
      if (!within || seen[at.index()]) continue;
      seen[at.index()] = true;
      if (candidate[at.index()]) stretch.push_back(at);
      for (const FlowId flow : input.graph.out[at.index()]) stack.push_back(input.graph.to(flow));
      for (const FlowId flow : input.graph.in[at.index()]) stack.push_back(input.graph.from(flow));
    }
    std::sort(stretch.begin(), stretch.end());
    stretches.push_back(std::move(stretch));
  }
  return stretches;
}

}  // namespace gemba::inline audit
