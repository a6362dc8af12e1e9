#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (const Flow& flow : input.process.flows) {
    const Step& from = input.process[flow.from];
    const Step& to = input.process[flow.to];
    if (from.kind == StepKind::end) {
      report.add(flow.span, from.id,
                 fmt::format("'{}' is an end, and leads on to '{}'; take the flow away, or make "
                             "the step a task",
                             from.id, to.id));
    } else if (to.kind == StepKind::start) {
      report.add(flow.span, from.id,
                 fmt::format("'{}' leads back into the start '{}'; lead it to the step behind, or "
                             "begin with a start of its own before '{}'",
                             from.id, to.id, to.id));
    }
  }
}

}  // namespace

constinit const Rule flow_across_boundary{
    .about = {.code = "F118",
              .name = "flow-across-boundary",
              .level = Level::warning,
              .summary = "a flow out of an end, or into a start",
              .what = "A flow that leaves a step of kind 'end', or that leads into one of kind "
                      "'start'.",
              .why = "A case that comes to an end is over: what follows in the chart never "
                     "happens. A start is where cases begin; a case that is sent back there looks "
                     "in every figure as if it were a new one. BPMN knows neither (2.0, 10.4).",
              .example = R"([sop]
[[step]]
id = "apply"
name = "提出申请"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对资料"
next = [
  { to = "done", when = "资料齐全" },
  { to = "apply", when = "资料不全" },
]
[[step]]
id = "done"
name = "办结"
kind = "end"
)",
              .instead = R"([sop]
[[step]]
id = "apply"
name = "提出申请"
kind = "start"
next = "supply"
[[step]]
id = "supply"
name = "提交资料"
next = "check"
[[step]]
id = "check"
name = "核对资料"
next = [
  { to = "done", when = "资料齐全" },
  { to = "supply", when = "资料不全" },
]
[[step]]
id = "done"
name = "办结"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
