#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (const Step& step : input.process.steps) {
    if (step.role || !is_work(step.kind) || step.automation == Automation::automatic) continue;
    report.add(step,
               fmt::format("{} '{}' has no role: nobody does it", to_string(step.kind), step.id));
  }
}

}  // namespace

constinit const Rule step_without_role{
    .about = {.code = "R201",
              .name = "step-without-role",
              .level = Level::warning,
              .summary = "nobody does the step",
              .what = "A task, approval or notification without `role`, unless its `automation` is "
                      "`automatic`.",
              .why = "What everybody may do, nobody does. Without a role there is no lane, no load "
                     "and no one to ask.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
