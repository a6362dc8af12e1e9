#include <fmt/format.h>

#include "core/rules/customer_facing.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (!step.script.empty() || !talks_to_customer(input.process, input.graph, StepId(i))) continue;
    report.add(step, fmt::format("'{}' talks to the customer and has no script", step.id));
  }
}

}  // namespace

constinit const Rule step_without_script{
    .about = {.code = "W604",
              .name = "step-without-script",
              .level = Level::info,
              .on = false,
              .summary = "a step that talks to the customer has no `script`",
              .what = "A notice (`kind = \"notify\"`), or a task right before or after a step of "
                      "an external role, gateways aside, that a role of ours does by hand and that "
                      "has no `script`.",
              .why = "New people say it their own way: customers hear different things from "
                     "different people, and promises that nobody keeps.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "tell"
[[step]]
id = "tell"
name = "告知处理结果"
kind = "notify"
role = "agent"
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
next = "tell"
[[step]]
id = "tell"
name = "告知处理结果"
kind = "notify"
role = "agent"
script = "您好,您的退款已经原路退回,请留意到账。"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
