#include <fmt/format.h>

#include "core/rules/branches.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Branches branches = branches_of(input.process, input.graph, StepId(i));
    if (branches.rows.empty() || !branches.all_known) continue;
    const auto gap = DecisionTable(branches.rows, branches.outcomes, branches.given).find_gap();
    if (!gap) continue;
    const Step& step = input.process.steps[i];
    report.add(step,
               fmt::format("no exit of '{}' takes a case in which {}", step.id, to_string(*gap)));
  }
}

}  // namespace

constinit const Rule condition_gap{
    .about = {.code = "F112",
              .name = "condition-gap",
              .level = Level::warning,
              .summary = "a value that satisfies no branch of a decision",
              .what = "A step all of whose exits have conditions of which, for the values shown, "
                      "none is true. Numbers are tried between and at all limits, from 0 unless a "
                      "condition speaks of less; texts include one that no condition mentions. "
                      "Words that stand alone and are no data, such as `approved`, are outcomes: "
                      "one of those written happens. Decisions with an exit without `when` have no "
                      "gap, and exits with a plain label are not understood (plain-condition).",
              .why = "Such a case has nowhere to go. Whoever meets it improvises, or it waits.",
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
  { to = "pay", when = "refund_amount < 50" },
  { to = "ask", when = "refund_amount > 50" },
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
  { to = "pay", when = "refund_amount <= 50" },
  { to = "ask", when = "refund_amount > 50" },
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
