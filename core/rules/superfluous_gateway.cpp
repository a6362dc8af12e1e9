#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba {
namespace {

/// What is wrong with a gateway, or nothing.
std::string fault_of(const Step& step, std::size_t entries, std::size_t exits) {
  if (step.kind == StepKind::decision && exits == 1) {
    return fmt::format("decision '{}' has only one exit: it decides nothing", step.id);
  }
  if (step.kind == StepKind::fork && exits == 1) {
    return fmt::format("fork '{}' has only one exit: nothing runs in parallel", step.id);
  }
  if (step.kind == StepKind::join && entries == 1) {
    return fmt::format("join '{}' has only one entry: it waits for nothing", step.id);
  }
  return {};
}

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    std::string fault = fault_of(step, input.graph.in[i].size(), input.graph.out[i].size());
    if (!fault.empty()) report.add(step, std::move(fault));
  }
}

}  // namespace

constinit const Rule rules::superfluous_gateway{
    .about = {.code = "F108",
              .name = "superfluous-gateway",
              .level = Level::warning,
              .summary = "a decision or fork with one exit, or a join with one entry",
              .what = "A step of kind `decision` or `fork` that one flow leaves, or a `join` that "
                      "one flow enters.",
              .why = "It stands in the chart as a choice or a meeting point and is none; usually a "
                     "branch was "
                     "forgotten or taken away.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba
