#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (const Step& step : input.process.steps) {
    if (!step.sla || !step.time) continue;
    const double promised = working_seconds(step.sla->value);
    const double work = step.time->mean_seconds();
    if (promised >= work) continue;
    report.add(step.sla->span, step.id,
               fmt::format("'{}' is to be done within {}, but its work alone takes {}", step.id,
                           humane_seconds(promised), humane_seconds(work)));
  }
}

}  // namespace

constinit const Rule sla_below_work{
    .about = {.code = "T401",
              .name = "sla-below-work",
              .level = Level::error,
              .summary = "an SLA shorter than the step's own working time",
              .what = "A step whose `sla` is shorter than its `time`, of a distribution its mean. "
                      "A business day counts as eight hours of work.",
              .why = "The promise cannot be kept even when somebody begins at once, so nobody "
                     "takes it seriously.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
time = { min = "1m", mode = "2m", max = "6m" }
sla = "2m"
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
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
time = { min = "1m", mode = "2m", max = "6m" }
sla = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
