#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/audit/authority_split.h"
#include "core/audit/heuristic.h"
#include "core/audit/limit_savings.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// The largest limit that the authority table sets for an action; none without a limit.
std::optional<double> largest_limit(const Process& process, const std::string& action) {
  std::optional<double> largest;
  for (const Authority& row : process.definitions.authority) {
    if (row.action != action || !row.up_to || std::isinf(*row.up_to)) continue;
    largest = std::max(largest.value_or(0), *row.up_to);
  }
  return largest;
}

/// The approvals of ours that cases pass and that name an action but no amount, by action.
std::map<std::string, std::vector<StepId>> approvals_by_action(const AuditInput& input) {
  const std::vector<bool> split = in_split_chains(input);
  std::map<std::string, std::vector<StepId>> found;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    const bool looked_at = step.kind == StepKind::approval && step.approves && !step.amount &&
                           !split[i] && !input.process.is_external(step) &&
                           input.expected.visits.steps[i] > 0;
    if (looked_at) found[step.approves->text].push_back(StepId(i));
  }
  return found;
}

void report_action(const AuditInput& input, const std::string& action,
                   const std::vector<StepId>& steps, std::optional<double> limit,
                   AuditReport& report) {
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(input.process[step]));
  const std::string who = listed(names, 4);
  Finding& finding = report.add(
      steps.front(), limit ? fmt::format("the authority table limits '{}', but {} {} no amount",
                                         action, who, names.size() == 1 ? "names" : "name")
                           : fmt::format("every '{}' goes to {}, whatever its size", action, who));
  finding.steps = steps;
  finding.evidence.push_back(
      {limit ? fmt::format("the largest limit of '{}' is {}", action, decimal(*limit, 2))
             : std::string("the authority table sets no limit for it, and no approval names an "
                           "amount"),
       Basis::declared});
  if (const std::string savings = limit_savings(input, steps); !savings.empty())
    finding.evidence.push_back({savings, Basis::declared});
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "There may be nothing that could be counted: then ask which cases each of them has ever "
      "decided otherwise than the one before.";
  finding.change.summary =
      limit ? fmt::format(
                  "Name the amount that '{}' is judged by at the approval: then the limits "
                  "can lead each case to the right approver.",
                  action)
            : fmt::format(
                  "Ask from which amount on each of them has to see '{}', write it into "
                  "the authority table, and let smaller cases go past.",
                  action);
}

void check(const AuditInput& input, AuditReport& report) {
  const auto least = static_cast<std::size_t>(std::max(1.0, report.parameter("approvals")));
  for (const auto& [action, steps] : approvals_by_action(input)) {
    const auto limit = largest_limit(input.process, action);
    if (limit || steps.size() >= least) report_action(input, action, steps, limit, report);
  }
}

constexpr Parameter parameters[] = {
    {"approvals", 2, "approvals of one action without any limit that are asked about"},
};

}  // namespace

constinit const Heuristic heuristics::approval_without_amount{
    .about = {.code = "A107",
              .name = "approval-without-amount",
              .level = Level::info,
              .summary = "approvals of an action that nothing limits, or that name no amount",
              .what = "Approvals of ours that name what they approve but no amount, where the "
                      "authority table limits that action for somebody; or two or more approvals "
                      "of one action for which nobody has a limit. A question to the owner: "
                      "computed is what limits would save if half, 80 % or 95 % of the cases were "
                      "below them.",
              .why = "Without an amount the largest and the smallest case wait for the same "
                     "people. Whoever does the work may decide most cases (empower: Reijers and "
                     "Liman Mansar 2005).",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[[authority]]
role = "lead"
action = "赔付"
up_to = 500
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "赔付"
wait = "2h"
next = [{ to = "pay", when = "同意" }, { to = "done", when = "驳回" }]
[[step]]
id = "pay"
name = "赔付"
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
name = "赔付金额"
from = "客服"
[[authority]]
role = "lead"
action = "赔付"
up_to = 500
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "赔付"
amount = "amount"
wait = "2h"
next = [{ to = "pay", when = "同意" }, { to = "done", when = "驳回" }]
[[step]]
id = "pay"
name = "赔付"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::raise_threshold}},
    .check = check};

}  // namespace gemba::inline audit
