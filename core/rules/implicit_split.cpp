#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

bool may_split(StepKind kind) { return is_gateway(kind) || kind == StepKind::approval; }

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    const std::size_t exits = input.graph.out[i].size();
    if (exits < 2 || may_split(step.kind)) continue;
    report.add(step, fmt::format("step '{}' has {} exits and is no decision: put one behind it",
                                 step.id, exits));
  }
}

}  // namespace

constinit const Rule implicit_split{
    .about = {.code = "F116",
              .name = "implicit-split",
              .level = Level::warning,
              .on = false,
              .summary = "a task with several exits",
              .what = "A step with several exits that is neither a `decision` nor a `fork`. "
                      "An `approval` decides by its nature and is not reported; a `join` "
                      "with several exits is F110.",
              .why = "In BPMN a task with several exits starts all of them, while here it "
                     "chooses one; a decision of its own leaves no doubt, and shows who "
                     "decides by what.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = [
  { to = "pay", when = "eligible" },
  { to = "refuse", when = "not eligible" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "refuse"
name = "告知拒绝原因"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "eligible"
[[step]]
id = "eligible"
name = "符合条件?"
kind = "decision"
next = [
  { to = "pay", when = "eligible" },
  { to = "refuse", when = "not eligible" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "refuse"
name = "告知拒绝原因"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
