#include <fmt/format.h>

#include <algorithm>

#include "core/model/authority.h"
#include "core/rules/beyond_authority.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// What is wrong with the authority of who approves at a step; empty when nothing is.
std::string fault(const RuleInput& input, StepId id) {
  const Step& step = input.process[id];
  const Definitions& all = input.process.definitions;
  const std::string& role = all[*step.role].id;
  const std::string& action = step.approves->text;
  const std::optional<double> limit = limit_of(all, *step.role, action);
  if (!limit) {
    // Whoever only signs before the one who decides needs no authority of his own.
    if (step.amount && !amount_beyond(input.process, input.graph, id, {*step.role})) return {};
    return fmt::format("'{}' approves '{}' at '{}', but has no row for it in the authority table",
                       role, action, step.id);
  }
  const auto amount = amount_beyond(input.process, input.graph, id, {*step.role});
  if (!amount) return {};
  return fmt::format("'{}' may decide '{}' up to {}, but {} = {} can come to '{}'", role, action,
                     *limit, all[step.amount->data].id, *amount, step.id);
}

/// Whether a row about the action is for a role that does not exist: whom it is for is not known.
bool has_unknown_row(const Definitions& all, const std::string& action) {
  return std::any_of(all.authority.begin(), all.authority.end(), [&](const Authority& row) {
    return row.action == action && all[row.role].implied;
  });
}

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind != StepKind::approval || !step.role || !step.approves) continue;
    if (all[*step.role].implied || has_unknown_row(all, step.approves->text)) continue;
    std::string message = fault(input, StepId(i));
    if (message.empty()) continue;
    Diagnostic& found = report.add(step, std::move(message));
    // A map shows what people do; who may do it is often not known yet.
    const bool unknown = !limit_of(all, *step.role, step.approves->text);
    if (unknown && input.process.kind == Process::Kind::map)
      found.level = std::min(found.level, Level::info);
  }
}

}  // namespace

constinit const Rule approver_without_authority{
    .about = {.code = "R204",
              .name = "approver-without-authority",
              .level = Level::error,
              .summary = "the approver's limit is missing or below what comes to the step",
              .what = "An approval whose role has no row in the authority table for the action in "
                      "`approves`, or a limit below an amount that can come to the step. Which "
                      "amounts can is worked out from the conditions on the way. Somebody who "
                      "approves the same action later, with enough authority, makes up for it. "
                      "In a [map] a missing row is a note (info): limits may not be known yet.",
              .why = "Who decides beyond their authority is not covered: the decision can be "
                     "disputed, and the control that the limit stands for is not there.",
              .example = R"([map]
[roles.lead]
name = "客服组长"
[data.refund_amount]
name = "退款金额"
from = "customer"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
amount = "refund_amount"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.lead]
name = "客服组长"
[data.refund_amount]
name = "退款金额"
from = "customer"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在组长权限内?"
kind = "decision"
next = [
  { to = "approve", when = "refund_amount <= 300" },
  { to = "escalate", when = "refund_amount > 300" },
]
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
amount = "refund_amount"
next = "done"
[[step]]
id = "escalate"
name = "转交主管"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
