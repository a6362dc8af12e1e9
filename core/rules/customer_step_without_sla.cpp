#include <fmt/format.h>

#include "core/rules/customer_facing.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.sla || !customer_waits_for(input.process, input.graph, StepId(i))) continue;
    report.add(step, fmt::format("the customer waits for '{}', and no SLA says how long", step.id));
  }
}

}  // namespace

constinit const Rule customer_step_without_sla{
    .about = {.code = "T404",
              .name = "customer-step-without-sla",
              .level = Level::info,
              .on = false,
              .summary = "the customer waits and nothing bounds it",
              .what = "A step of a role of ours without `sla` that comes right after a step of an "
                      "external role, gateways aside, or that is marked `value = \"customer\"`.",
              .why = "What is not promised is done when there is time. Customers ask again, and "
                     "each question costs as much as the answer.",
              .example = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
role = "customer"
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
role = "customer"
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
sla = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
