#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    const std::vector<FlowId>& exits = input.graph.out[i];
    if (step.kind != StepKind::decision || exits.size() < 2) continue;
    for (const FlowId exit : exits) {
      const Flow& flow = input.process[exit];
      if (flow.when) continue;
      report.add(flow.span, step.id,
                 fmt::format("decision '{}' does not say when a case goes to '{}'", step.id,
                             input.process[flow.to].id));
    }
  }
}

}  // namespace

constinit const Rule unlabelled_branch{
    .about = {.code = "F107",
              .name = "unlabelled-branch",
              .level = Level::warning,
              .summary = "an exit of a decision has no `when`",
              .what = "A step of kind `decision` with several exits of which one has no `when`.",
              .why =
                  "The reader must guess when to take this way, and two readers guess differently.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "ask" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "ask", when = "amount > 50" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
