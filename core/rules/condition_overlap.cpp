#include <fmt/format.h>

#include "core/rules/branches.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// An outcome says nothing about data: beside conditions on data it is a label.
bool is_outcome_only(const Branches& branches, std::size_t row) {
  const Expr& condition = *branches.rows[row].condition;
  if (!is_bare_name(condition)) return false;
  for (const std::string_view name : branches.outcomes) {
    if (condition.root().name == name) return true;
  }
  return false;
}

void check_step(const RuleInput& input, StepId id, RuleReport& report) {
  const Branches branches = branches_of(input.process, input.graph, id);
  if (branches.rows.size() < 2) return;
  const DecisionTable table(branches.rows, branches.outcomes, branches.given);
  const Step& step = input.process[id];
  for (std::size_t b = 1; b < branches.rows.size(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      const Step& first = input.process[input.graph.to(branches.flows[a])];
      const Step& second = input.process[input.graph.to(branches.flows[b])];
      if (first.id == second.id) continue;
      if (is_outcome_only(branches, a) || is_outcome_only(branches, b)) continue;
      const auto overlap = table.find_overlap(a, b);
      if (!overlap) continue;
      report.add(step, fmt::format("a case in which {} may go both to '{}' and to '{}' from '{}'",
                                   to_string(*overlap), first.id, second.id, step.id));
    }
  }
}

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) check_step(input, StepId(i), report);
}

}  // namespace

constinit const Rule condition_overlap{
    .about = {.code = "F113",
              .name = "condition-overlap",
              .level = Level::warning,
              .summary = "a value that satisfies two branches of a decision",
              .what = "Two exits of one step, to different steps, whose conditions are both true "
                      "for the values shown. Values are tried as for condition-gap.",
              .why = "A decision sends a case down one branch. Where two fit, two people send the "
                     "same case different ways, and nobody is wrong.",
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
  { to = "pay", when = "refund_amount <= 50" },
  { to = "ask", when = "refund_amount >= 50" },
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
