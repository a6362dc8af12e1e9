#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/disputes.h"
#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/patch.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/amount_flow.h"
#include "core/model/authority.h"

namespace gemba::inline audit {
namespace {

/// What is true of an approval whose amounts are partly those that whoever prepares it may decide.
struct Within {
  RoleId preparer;
  std::vector<StepId> before;  ///< where that role prepares it
  double limit = 0;
  bool all = false;  ///< nothing above the limit comes here
};

/// The role of ours that does the tasks before an approval; none when there are several, or others
/// than tasks.
std::optional<RoleId> preparer_of(const Process& process, const std::vector<StepId>& before) {
  std::optional<RoleId> found;
  for (const StepId step : before) {
    if (process[step].kind != StepKind::task || !is_own_work(process, step)) return std::nullopt;
    if (found && found != process[step].role) return std::nullopt;
    found = process[step].role;
  }
  return found;
}

std::optional<Within> within(const AuditInput& input, StepId id) {
  const Process& process = input.process;
  const Step& approval = process[id];
  if (approval.kind != StepKind::approval || !approval.approves || !approval.amount) return {};
  const std::vector<StepId> before = steps_before(process, input.graph, id);
  const auto preparer = preparer_of(process, before);
  if (!preparer || preparer == approval.role) return {};
  const auto limit = limit_of(process.definitions, *preparer, approval.approves->text);
  if (!limit || *limit <= 0) return {};
  if (!std::isfinite(*limit)) return Within{*preparer, before, *limit, true};
  const AmountFlow flow(process, input.graph, approval.amount->data, {*limit});
  bool below = false;
  bool above = false;
  for (std::size_t value = 0; value < flow.values().size(); ++value) {
    if (flow.values()[value] <= 0 || !flow.reaches(id, value)) continue;
    (flow.values()[value] <= *limit ? below : above) = true;
  }
  if (!below) return {};
  return Within{*preparer, before, *limit, !above};
}

/// The part of the amounts in the log that are within a limit; none without any.
std::optional<double> share_within(const AuditInput& input, StepId id, double limit) {
  if (input.profile == nullptr || id.index() >= input.profile->judged.size()) return std::nullopt;
  const std::vector<JudgedAmount>& judged = input.profile->judged[id.index()];
  if (judged.empty()) return std::nullopt;
  const auto count = std::count_if(judged.begin(), judged.end(),
                                   [&](const JudgedAmount& each) { return each.amount <= limit; });
  return static_cast<double>(count) / static_cast<double>(judged.size());
}

std::string preparer(const Process& process, const Within& found) {
  return "'" + process.definitions[found.preparer].name + "'";
}

std::string limit_text(const Process& process, const Within& found, const std::string& action) {
  const std::string role = preparer(process, found);
  if (!std::isfinite(found.limit)) return fmt::format("{} may decide any '{}'", role, action);
  return fmt::format("{} may decide '{}' up to {}", role, action, decimal(found.limit, 2));
}

void set_change(const AuditInput& input, StepId id, const Within& found, Finding& finding) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  Change& change = finding.change;
  if (found.all) {
    change.edit.removed = {id};
    change.edit.closed = approval_outcome(process, input.graph, input.expected.visits, id).refuse;
    change.summary = fmt::format("Take out {}: {} decides.", name, preparer(process, found));
    change.patch = bypass_patch(process, change.edit.removed, change.edit.closed);
    return;
  }
  const std::string& amount = process.definitions[process[id].amount->data].id;
  change.summary = fmt::format("Lead only cases with {} > {} to {}; {} decides the others.", amount,
                               decimal(found.limit, 2), name, preparer(process, found));
  const auto share = share_within(input, id, found.limit);
  if (!share) return;
  finding.evidence.push_back(
      {fmt::format("{} of the {} amounts in the log are within that limit", percent(*share),
                   input.profile->judged[id.index()].size()),
       Basis::log});
  if (*share > 0) change.edit.fewer = {{id, 1 - *share}};
}

void report_approval(const AuditInput& input, StepId id, const Within& found, AuditReport& report) {
  const Process& process = input.process;
  const Step& approval = process[id];
  const std::string role = preparer(process, found);
  std::vector<std::string> prepared;
  for (const StepId step : found.before) prepared.push_back(quoted(process[step]));
  Finding& finding = report.add(
      id, found.all ? fmt::format("{} decides what {} may decide anyway", quoted(approval), role)
                    : fmt::format("{} also decides amounts up to {}, which {} may decide",
                                  quoted(approval), decimal(found.limit, 2), role));
  finding.evidence.push_back(
      {limit_text(process, found, approval.approves->text), Basis::declared});
  finding.evidence.push_back(
      {fmt::format("{} prepares every case for it in {}", role, listed(prepared, 4)),
       Basis::structure});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "Authority on paper may not be used because mistakes are punished: say who answers for what, "
      "and check a sample of the decisions afterwards.";
  set_change(input, id, found, finding);
}

void check(const AuditInput& input, AuditReport& report) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const auto found = within(input, StepId(i));
    if (found && !is_for_disputes(input, StepId(i)))
      report_approval(input, StepId(i), *found, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::approval_within_authority{
    .about = {.code = "A102",
              .name = "approval-within-authority",
              .level = Level::warning,
              .summary = "an approval of amounts that the role before it may decide itself",
              .what = "An approval whose amounts, or some of them, are within the authority of "
                      "the role that prepares it: the conditions on the way let amounts up to "
                      "that role's limit come to it. Looked at where one role of ours prepares "
                      "every case in a task, and the approval names its action and amount. An "
                      "approval by the same role, behind another approval, or only for what is "
                      "disputed (争议, 申诉; dispute, appeal) is not reported.",
              .why = "Authority that is not used is no authority: the case waits for a "
                     "signature that the rules do not ask for, and the limits lose their meaning.",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[data.amount]
name = "金额"
[[authority]]
role = "agent"
action = "refund"
up_to = 50.0
[[authority]]
role = "lead"
action = "refund"
up_to = 300.0
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
makes = ["amount"]
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
amount = "amount"
time = "2m"
wait = "4h"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[data.amount]
name = "金额"
[[authority]]
role = "agent"
action = "refund"
up_to = 50.0
[[authority]]
role = "lead"
action = "refund"
up_to = 300.0
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
makes = ["amount"]
next = "small"
[[step]]
id = "small"
name = "50 元以内?"
kind = "decision"
role = "agent"
next = [{ to = "pay", when = "amount <= 50" }, { to = "lead_ok", when = "amount > 50" }]
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
amount = "amount"
time = "2m"
wait = "4h"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::delegate_approval}},
    .check = check};

}  // namespace gemba::inline audit
