#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/certainty.h"

namespace gemba::inline audit {
namespace {

/// Whether no case comes to an end without passing one of the steps.
bool stop_everything(const AuditInput& input, const std::vector<StepId>& steps) {
  std::vector<bool> avoided(input.process.steps.size(), false);
  for (const StepId step : steps) avoided[step.index()] = true;
  const std::vector<bool> reached = reached_without(input.process, input.graph, avoided);
  const auto ends = [&](const std::vector<bool>& of) {
    return std::any_of(input.graph.ends.begin(), input.graph.ends.end(),
                       [&](StepId end) { return of[end.index()]; });
  };
  return ends(reachable_from_starts(input.graph)) && !ends(reached);
}

/// The steps that every case passes and that only one person of the role can do; all its steps
/// when every case passes one or the other.
std::vector<StepId> lone_steps(const AuditInput& input, RoleId role) {
  std::vector<StepId> steps;
  std::vector<StepId> all;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.role != role || !is_own_work(input.process, StepId(i))) continue;
    if (step.automation == Automation::automatic) continue;
    all.push_back(StepId(i));
    if (in_every_case(input.process, input.graph, StepId(i))) steps.push_back(StepId(i));
  }
  if (steps.empty() && all.size() > 1 && stop_everything(input, all)) return all;
  return steps;
}

void report_role(const AuditInput& input, RoleId id, const std::vector<StepId>& steps,
                 AuditReport& report) {
  const Process& process = input.process;
  const std::string role = "'" + process.definitions[id].name + "'";
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  Finding& finding =
      report.add(steps.front(),
                 fmt::format("everything stands still when {} is away: {} {} by one person", role,
                             listed(names, 3), names.size() == 1 ? "is done" : "are done"));
  finding.steps = steps;
  finding.evidence.push_back(
      {steps.size() == 1 ? "no case is completed without it" : "no case is completed without them",
       Basis::structure});
  finding.evidence.push_back(
      {fmt::format("the headcount of {} is {}", role, decimal(*process.definitions[id].headcount)),
       Basis::declared});
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "A second person needs training and rights. Somebody may stand in already without being "
      "named: then say so in the headcount.";
  finding.change.summary =
      fmt::format("Name a stand-in for {} and let them do it once a month.", role);
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_cases = report.parameter("cases_per_month");
  if (input.expected.cases_per_month.value_or(least_cases) < least_cases) return;
  for (std::size_t i = 0; i < input.process.definitions.roles.size(); ++i) {
    const Role& role = input.process.definitions.roles[i];
    // Nobody at all is no single person: people of other roles do it then.
    if (role.external || !role.headcount || *role.headcount > 1 || *role.headcount <= 0) continue;
    const std::vector<StepId> steps = lone_steps(input, RoleId(i));
    if (!steps.empty()) report_role(input, RoleId(i), steps, report);
  }
}

constexpr Parameter parameters[] = {
    {"cases_per_month", 60, "a process with fewer cases can wait for a person who is away"},
};

}  // namespace

constinit const Heuristic heuristics::single_point_of_failure{
    .about = {.code = "A304",
              .name = "single-point-of-failure",
              .level = Level::warning,
              .summary = "every case needs a step that only one person can do",
              .what = "A task, approval or notice that every case passes, of a role with a "
                      "headcount of 1 or less; or several of them, when every case passes one or "
                      "the other; in a process with at least 60 cases a month or an unknown "
                      "number. Automatic steps are left out.",
              .why = "One person's holiday, illness or meeting stops every case. The step is an "
                     "articulation point of the process: nothing leads around it.",
              .example = R"([map]
volume = "100 / week"
[roles.agent]
name = "客服"
headcount = 10
[roles.cashier]
name = "出纳"
headcount = 1
[[step]]
id = "apply"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记"
role = "agent"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "cashier"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
volume = "100 / week"
[roles.agent]
name = "客服"
headcount = 10
[roles.cashier]
name = "出纳"
headcount = 2
[[step]]
id = "apply"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记"
role = "agent"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "cashier"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::staffing}},
    .check = check};

}  // namespace gemba::inline audit
