#include <fmt/format.h>

#include <cmath>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  // The format allows this much rounding; the rest is for sums such as 0.1 + 0.2.
  constexpr double tolerance = 0.005 + 1e-9;
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind == StepKind::fork) continue;
    double sum = 0;
    std::size_t given = 0;
    for (const FlowId exit : input.graph.out[i]) {
      const Flow& flow = input.process[exit];
      sum += flow.share.value_or(0);
      given += flow.share ? 1 : 0;
    }
    if (given == 0) continue;
    const std::size_t missing = input.graph.out[i].size() - given;
    if (missing > 0) {
      report.add(step,
                 fmt::format("{} of the {} exits of '{}' {} no share: give all of them or none",
                             missing, missing + given, step.id, missing == 1 ? "has" : "have"));
    } else if (std::abs(sum - 1) > tolerance) {
      report.add(step, fmt::format("the shares of the exits of '{}' add up to {:.4g}, not to 1",
                                   step.id, sum));
    }
  }
}

}  // namespace

constinit const Rule shares_off{
    .about = {.code = "F111",
              .name = "shares-off",
              .level = Level::error,
              .summary = "the shares of a decision do not add up to 1",
              .what = "Exits of one step whose shares do not add up to 1 (within 0.005), or of "
                      "which only some have "
                      "a share. All of them or none must have one.",
              .why = "Expected effort, waiting and cost are computed from the shares: cases would "
                     "be lost or "
                     "counted twice.",
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
  { to = "pay", when = "amount <= 50", share = 0.8 },
  { to = "ask", when = "amount > 50", share = 0.3 },
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
  { to = "pay", when = "amount <= 50", share = 0.8 },
  { to = "ask", when = "amount > 50", share = 0.2 },
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
