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

/// Which part of the cases comes to a step.
class PassedBy {
 public:
  explicit PassedBy(const AuditInput& input)
      : input_(input), loops_(strong_components(input.graph)), sizes_(loops_.count, 0) {
    for (const std::uint32_t component : loops_.of) ++sizes_[component];
  }

  double share(StepId step) {
    const double visits = input_.expected.visits.steps[step.index()];
    if (visits <= 0 || sizes_[loops_.of[step.index()]] == 1) return visits;
    constexpr int most_tries = 50;  // each solves the chain anew
    if (++tries_ > most_tries) return 0;
    Edit edit;
    edit.closed = input_.graph.out[step.index()];
    return visits_after(input_.process, input_.graph, input_.profile, edit).steps[step.index()];
  }

 private:
  const AuditInput& input_;
  Components loops_;
  std::vector<std::size_t> sizes_;  ///< by component
  int tries_ = 0;
};

/// What one person stops who is away.
struct LoneSteps {
  std::vector<StepId> steps;
  double cases = 1;  ///< the part of the cases that comes to the most frequent of them
};

/// The steps that more than `least` of the cases come to and that only one person of the role can
/// do; all its steps when every case passes one or the other.
LoneSteps lone_steps(const AuditInput& input, RoleId role, double least, PassedBy& passed) {
  std::vector<StepId> steps;
  std::vector<StepId> all;
  double most = 0;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.role != role || !is_own_work(input.process, StepId(i))) continue;
    if (step.automation == Automation::automatic) continue;
    all.push_back(StepId(i));
    const bool every = in_every_case(input.process, input.graph, StepId(i));
    const double cases = every ? 1 : passed.share(StepId(i));
    if (!every && cases <= least + 1e-9) continue;
    steps.push_back(StepId(i));
    most = std::max(most, cases);
  }
  if (most < 1 && all.size() > 1 && stop_everything(input, all)) return {all, 1};
  return {steps, most};
}

void report_role(const AuditInput& input, RoleId id, const LoneSteps& lone, AuditReport& report) {
  const Process& process = input.process;
  const std::vector<StepId>& steps = lone.steps;
  const std::string role = "'" + process.definitions[id].name + "'";
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  Finding& finding = report.add(
      steps.front(), fmt::format("{} stands still when {} is away: {} {} by one person",
                                 lone.cases < 1 ? "nearly everything" : "everything", role,
                                 listed(names, 3), names.size() == 1 ? "is done" : "are done"));
  finding.steps = steps;
  if (lone.cases < 1) {
    finding.evidence.push_back({fmt::format("{} of the cases come to it", percent(lone.cases)),
                                input.profile == nullptr ? Basis::declared : Basis::log});
  } else {
    finding.evidence.push_back({steps.size() == 1 ? "no case is completed without it"
                                                  : "no case is completed without them",
                                Basis::structure});
  }
  finding.evidence.push_back(
      {fmt::format("the headcount of {} is {}", role, decimal(*process.definitions[id].headcount)),
       Basis::declared});
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "A second person needs training and rights. Somebody may stand in already without being "
      "named: then say so in the headcount.";
  finding.change.summary = fmt::format(
      "Ask who stands in for {} and when they last did. If it is nobody, name one and let them do "
      "it once a month.",
      role);
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_cases = report.parameter("cases_per_month");
  if (input.expected.cases_per_month.value_or(least_cases) < least_cases) return;
  const double least_part = report.parameter("cases");
  PassedBy passed(input);
  for (std::size_t i = 0; i < input.process.definitions.roles.size(); ++i) {
    const Role& role = input.process.definitions.roles[i];
    // Nobody at all is no single person: people of other roles do it then.
    if (role.external || !role.headcount || *role.headcount > 1 || *role.headcount <= 0) continue;
    const LoneSteps lone = lone_steps(input, RoleId(i), least_part, passed);
    if (!lone.steps.empty()) report_role(input, RoleId(i), lone, report);
  }
}

constexpr Parameter parameters[] = {
    {"cases_per_month", 60, "a process with fewer cases can wait for a person who is away"},
    {"cases", 0.8, "part of the cases above which a step that not all of them pass is reported"},
};

}  // namespace

constinit const Heuristic heuristics::single_point_of_failure{
    .about = {.code = "A304",
              .name = "single-point-of-failure",
              .level = Level::info,
              .summary = "every case, or nearly, needs a step that only one person can do",
              .what = "A task, approval or notice that every case passes, or more than 80% of "
                      "them, of a role with a headcount of 1 or less; or several of them, when "
                      "every case passes one or the other; in a process with at least 60 cases a "
                      "month or an unknown "
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
