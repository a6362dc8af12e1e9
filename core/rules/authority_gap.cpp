#include <fmt/format.h>

#include <algorithm>

#include "core/model/authority.h"
#include "core/rules/beyond_authority.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

std::string names_of(const Definitions& all, const std::vector<RoleId>& line) {
  std::string text;
  for (const RoleId role : line)
    text += fmt::format("{}'{}'", text.empty() ? "" : " → ", all[role].id);
  return text;
}

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind != StepKind::approval || !step.role || !step.approves || !step.amount) continue;
    const std::vector<RoleId> line = reporting_line(all, *step.role);
    const bool known = std::any_of(line.begin(), line.end(), [&](RoleId role) {
      return limit_of(all, role, step.approves->text).has_value();
    });
    if (!known) continue;  // the table is silent about the action: approver-without-authority
    const auto amount = amount_beyond(input.process, input.graph, StepId(i), line);
    if (!amount) continue;
    report.add(step,
               fmt::format("nobody on the line {} may decide '{}' for {} = {}, which can come "
                           "to '{}'",
                           names_of(all, line), step.approves->text, all[step.amount->data].id,
                           *amount, step.id));
  }
}

}  // namespace

constinit const Rule authority_gap{
    .about = {.code = "R205",
              .name = "authority-gap",
              .level = Level::warning,
              .summary = "amounts that nobody on the reporting line may decide",
              .what = "An approval to which an amount can come that neither its role nor any of "
                      "those above it (`reports_to`) may decide. Roles that the authority table "
                      "names without `up_to` have no limit.",
              .why = "Such a case goes up the line and comes back undecided; the customer waits "
                     "until somebody decides without authority.",
              .example = R"([map]
[roles.lead]
name = "客服组长"
reports_to = "manager"
[roles.manager]
name = "客服主管"
[data.refund_amount]
name = "退款金额"
from = "customer"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[authority]]
role = "manager"
action = "refund"
up_to = 2000
[[step]]
id = "intake"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "主管审批"
kind = "approval"
role = "manager"
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
reports_to = "manager"
[roles.manager]
name = "客服主管"
[data.refund_amount]
name = "退款金额"
from = "customer"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[authority]]
role = "manager"
action = "refund"
[[step]]
id = "intake"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "主管审批"
kind = "approval"
role = "manager"
approves = "refund"
amount = "refund_amount"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
