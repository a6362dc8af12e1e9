#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/rhythm.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/estimate/capacity.h"
#include "core/graph/certainty.h"

namespace gemba::inline audit {
namespace {

/// What a case waits before a step, on average over all cases.
double queue_seconds(const AuditInput& input, StepId step) {
  return input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].waiting;
}

/// Waiting before steps of our own, of all of them together and of the worst.
struct Queues {
  double all = 0;
  std::optional<StepId> longest;
};

Queues own_queues(const AuditInput& input) {
  Queues queues;
  double longest = 0;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind == StepKind::wait || input.process.is_external(step)) continue;
    const double seconds = queue_seconds(input, StepId(i));
    queues.all += seconds;
    if (seconds > longest) queues.longest = StepId(i);
    longest = std::max(longest, seconds);
  }
  return queues;
}

/// How much earlier cases would end if nobody waited for the step.
double held_up_seconds(const AuditInput& input, StepId step) {
  Edit edit;
  edit.unwaited = {step};
  return input.expected.cycle_seconds -
         expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

/// Steps that no case comes to but through the approval.
std::size_t steps_behind(const AuditInput& input, StepId approval) {
  const std::vector<bool> without = reached_without(input.process, input.graph, approval);
  const std::vector<bool> reached = reachable_from_starts(input.graph);
  std::size_t count = 0;
  for (std::size_t i = 0; i < without.size(); ++i) {
    const bool holds = !is_routing(input.process.steps[i].kind);
    if (holds && reached[i] && !without[i] && StepId(i) != approval) ++count;
  }
  return count;
}

void add_gate_evidence(const AuditInput& input, StepId id, Finding& finding) {
  const double visits = input.expected.visits.steps[id.index()];
  std::string text = fmt::format("{} of 100 cases pass it", decimal(std::min(visits, 1.0) * 100));
  const std::size_t behind = steps_behind(input, id);
  if (behind > 0) {
    text += fmt::format("; {} behind it can be reached in no other way",
                        counted(behind, "step", "steps"));
  }
  finding.evidence.push_back({std::move(text), Basis::structure});
}

void finish(const AuditInput& input, StepId id, Finding& finding) {
  add_gate_evidence(input, id, finding);
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "A second approver costs a second judgement: agree on one standard first. If most cases are "
      "approved anyway, less approving helps more than more approvers.";
  finding.change.summary = fmt::format(
      "Give {} a stand-in, fixed times of the day or a higher limit for those who ask, so that "
      "cases are decided as they come.",
      quoted(input.process[id]));
  finding.change.edit.unwaited = {id};
  finding.change.edit.kept = {id};
}

void report_queue(const AuditInput& input, StepId id, const Queues& queues, AuditReport& report) {
  const double share = queue_seconds(input, id) / queues.all;
  Finding& finding =
      report.add(id, fmt::format("cases wait longest for {}: {} of all waiting for us",
                                 quoted(input.process[id]), percent(share)));
  const bool measured = input.expected.steps[id.index()].waiting_origin == Origin::measured;
  // What somebody has guessed may be the queue or the rest of the approver's work.
  if (!measured) finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {fmt::format("{} of waiting per case, out of {}", humane_seconds(queue_seconds(input, id)),
                   humane_seconds(queues.all)),
       measured ? Basis::log : Basis::declared});
  finish(input, id, finding);
}

/// The approval that gives the role most of its work, when approvals are at least half of it.
std::optional<StepId> main_approval(const AuditInput& input, RoleId role, double all_hours) {
  std::optional<StepId> most;
  double hours = 0;
  double highest = 0;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind != StepKind::approval || step.role != role) continue;
    const double own = input.expected.visits.steps[i] * input.expected.steps[i].work / 3600 *
                       input.expected.cases_per_month.value_or(0);
    hours += own;
    if (own > highest) most = StepId(i);
    highest = std::max(highest, own);
  }
  return hours >= all_hours / 2 ? most : std::nullopt;
}

/// An approver without time to spare.
void report_load(const AuditInput& input, StepId id, const Capacity& capacity, const Load& load,
                 AuditReport& report) {
  const Process& process = input.process;
  const std::string role = quoted_role(process, process[id]);
  const double use = load.hours_per_month / capacity.hours_per_month;
  Finding& finding = report.add(
      id,
      fmt::format("work, most of it approvals, takes {} of the time of {}", percent(use), role));
  // Declared headcounts, times and volumes may have been guessed apart from each other.
  if (input.expected.steps[id.index()].work_origin != Origin::measured) only_ask(finding);
  finding.evidence.push_back(
      {fmt::format("{} h of work a month for {}, out of {} h{}", decimal(load.hours_per_month),
                   role, decimal(capacity.hours_per_month),
                   capacity.assumed ? " (weeks of 40 hours assumed)" : ""),
       input.profile == nullptr ? Basis::declared : Basis::log});
  const auto queue = queueing_seconds(capacity, load);
  finding.evidence.push_back(
      {queue ? fmt::format("work that comes at random waits {} for somebody to be free (Erlang C)",
                           humane_seconds(*queue))
             : "more work comes in than can be done: the queue grows without end",
       Basis::declared});
  finish(input, id, finding);
}

void check(const AuditInput& input, AuditReport& report) {
  const Queues queues = own_queues(input);
  const double least_share = report.parameter("share");
  std::optional<StepId> reported;
  // What waits for a meeting waits for no free approver.
  if (queues.longest && input.process[*queues.longest].kind == StepKind::approval &&
      !rhythm_of(input.process[*queues.longest]) &&
      held_up_seconds(input, *queues.longest) >= report.parameter("minutes") * 60 &&
      queue_seconds(input, *queues.longest) >= least_share * queues.all &&
      input.expected.visits.steps[queues.longest->index()] >= report.parameter("visits") &&
      input.expected.steps[queues.longest->index()].waiting >= report.parameter("minutes") * 60) {
    reported = queues.longest;
    report_queue(input, *reported, queues, report);
  }
  const std::vector<Load> loads = loads_of(input.process, input.expected);
  for (std::size_t i = 0; i < loads.size(); ++i) {
    const RoleId role(i);
    const auto capacity = capacity_of(input.process.definitions, role);
    if (!capacity || loads[i].hours_per_month < report.parameter("use") * capacity->hours_per_month)
      continue;
    const auto approval = main_approval(input, role, loads[i].hours_per_month);
    if (approval && approval != reported)
      report_load(input, *approval, *capacity, loads[i], report);
  }
}

constexpr Parameter parameters[] = {
    {"share", 0.5, "least part of all waiting for us that is before the approval, 0 to 1"},
    {"minutes", 15, "least time by which the waiting delays a case"},
    {"visits", 0.5, "least visits of the approval per case"},
    {"minutes", 30, "least waiting of a case at the approval"},
    {"use", 0.85, "least part of the approver's time that is taken, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::approval_bottleneck{
    .about =
        {.code = "A105",
         .name = "approval-bottleneck",
         .level = Level::warning,
         .summary = "an approval that cases wait for more than for anything else, or an "
                    "approver without time to spare",
         .what =
             "The approval before which cases wait longest of all our steps, when that "
             "is at least half of the waiting for us, makes cases 15 minutes longer, and "
             "every second case passes it (not what is done at set times, such as a "
             "meeting); or a role whose work of this "
             "process, at least half of it approvals, fills 85 % of its time (its "
             "headcount times the hours of its calendar, at most 40 a week). What waiting "
             "follows from the load is computed by Erlang's C formula. Left out where it "
             "can be taken out (A101) or get a limit (A104); a question (info) where no log has "
             "measured the waiting, or the work.",
         .why = "Everything behind the approval runs at its pace: whoever speeds up other "
                "steps only makes this queue longer.",
         .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款"
role = "agent"
time = "5m"
wait = "1h"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
time = "2m"
wait = "9h"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
wait = "2h"
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
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款"
role = "agent"
time = "5m"
wait = "1h"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
time = "2m"
wait = "30m"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
wait = "2h"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .parameters = parameters,
         .improvements = {Improvement::staffing}},
    .check = check};

}  // namespace gemba::inline audit
