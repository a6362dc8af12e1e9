#include <fmt/format.h>

#include "core/graph/data_flow.h"
#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// A short path to `to` from a step that is `wanted`, over steps at which the way back does not
/// stop; empty when there is none.
template <class Wanted, class Stops>
std::vector<StepId> path_to(const FlowGraph& graph, StepId to, Wanted wanted, Stops stops) {
  std::vector<std::optional<StepId>> next(graph.step_count());
  std::vector<StepId> queue = {to};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const FlowId entry : graph.in[queue[at].index()]) {
      const StepId before = graph.from(entry);
      if (next[before.index()]) continue;
      next[before.index()] = queue[at];
      if (wanted(before)) {
        std::vector<StepId> path = {before};
        while (path.back() != to) path.push_back(*next[path.back().index()]);
        return path;
      }
      if (!stops(before)) queue.push_back(before);
    }
  }
  return {};
}

/// A path on which the approver's own role did the work: what comes right before the approval, or
/// the amount that it judges.
std::vector<StepId> path_from_own_work(const RuleInput& input, StepId approval) {
  const Process& process = input.process;
  const auto own = [&](StepId step) { return process[step].role == process[approval].role; };
  const auto work = [&](StepId step) { return is_approvable(process[step].kind); };
  std::vector<StepId> path = path_to(
      input.graph, approval, [&](StepId step) { return own(step) && work(step); }, work);
  if (!path.empty() || !process[approval].amount) return path;
  const DataId amount = process[approval].amount->data;
  const auto maker = [&](StepId step) { return makes(process[step], amount); };
  return path_to(
      input.graph, approval, [&](StepId step) { return own(step) && maker(step); }, maker);
}

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind != StepKind::approval || !step.role) continue;
    const std::vector<StepId> path = path_from_own_work(input, StepId(i));
    if (path.empty()) continue;
    report.add(step, fmt::format("'{}' approves its own work on the path {}",
                                 input.process.definitions[*step.role].id,
                                 path_text(input.process, path)));
  }
}

}  // namespace

constinit const Rule self_approval{
    .about = {.code = "R203",
              .name = "self-approval",
              .level = Level::error,
              .summary = "on some path the role that did the work approves it",
              .what = "An approval whose role is also that of the task or call right before it on "
                      "some path (gateways, waits and notices do not count), or of a step that "
                      "made the amount it judges.",
              .why = "A control that people exercise over themselves is none: four eyes see what "
                     "two overlook.",
              .example = R"([map]
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算赔付金额"
role = "lead"
next = "approve"
[[step]]
id = "approve"
name = "审批赔付"
kind = "approval"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算赔付金额"
role = "agent"
next = "approve"
[[step]]
id = "approve"
name = "审批赔付"
kind = "approval"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
