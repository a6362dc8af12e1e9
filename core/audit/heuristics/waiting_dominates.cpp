#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// Waiting before one of our steps, per case.
struct Queue {
  StepId step;
  double seconds = 0;
};

/// Longest first. Waits that the process means to have, and those of external roles, are not ours
/// to shorten.
std::vector<Queue> own_queues(const AuditInput& input) {
  std::vector<Queue> queues;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind == StepKind::wait || input.process.is_external(step)) continue;
    const double seconds = input.expected.visits.steps[i] * input.expected.steps[i].waiting;
    if (seconds > 0) queues.push_back({StepId(i), seconds});
  }
  std::stable_sort(queues.begin(), queues.end(),
                   [](const Queue& a, const Queue& b) { return a.seconds > b.seconds; });
  return queues;
}

Basis basis_of(const AuditInput& input, StepId step) {
  const bool measured = input.expected.steps[step.index()].waiting_origin == Origin::measured;
  return measured ? Basis::log : Basis::declared;
}

/// One cause of waiting: its share, how evidence says it, and what to do when it is the largest.
struct Cause {
  double share;
  const char* evidence;
  const char* change;
};

/// Why cases wait before a step, the largest cause first; empty when nothing says it.
std::vector<Cause> causes_of(const AuditInput& input, StepId step) {
  if (basis_of(input, step) != Basis::log || input.profile->waiting_causes.empty()) return {};
  const WaitingCauses& found = input.profile->waiting_causes[step.index()];
  const double total = found.total();
  if (total <= 0) return {};
  std::vector<Cause> causes = {
      {found.batching / total, "for a batch to fill (batching)",
       "the largest part of its waiting is for a batch to fill. Start cases as they come, or in "
       "smaller batches; see first whether the batch is only the queue of closed hours, worked off "
       "in one go."},
      {found.contention / total, "behind earlier cases (contention)",
       "the largest part of its waiting is behind earlier cases. Give it more capacity at the "
       "hours when cases queue."},
      {found.prioritisation / total, "behind later cases (prioritisation)",
       "the largest part of its waiting is behind cases that came later. Agree on a rule for the "
       "order, such as first come, first served."},
      {found.unavailability / total, "outside working hours",
       "the largest part of its waiting is outside working hours. Let its opening hours follow the "
       "cases, or name a stand-in."},
      {found.extraneous / total, "without a cause in the log",
       "for the largest part of its waiting the log shows no cause. Ask the people who do it what "
       "they wait for."},
  };
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& a, const Cause& b) { return a.share > b.share; });
  return causes;
}

/// `; of it 62% outside working hours, 20% behind earlier cases (contention)`, or nothing.
std::string causes_text(const AuditInput& input, StepId step) {
  constexpr double least = 0.05;
  std::string text;
  for (const Cause& cause : causes_of(input, step)) {
    if (cause.share < least) continue;
    text += fmt::format("{}{}% {}", text.empty() ? "; of it " : ", ", decimal(cause.share * 100, 0),
                        cause.evidence);
  }
  return text;
}

/// What to do about what the document says that cases wait for; null when it says nothing.
const char* declared_change(const Step& step) {
  switch (step.wait_for) {
    case WaitCause::batch:
      return "cases wait there until enough have come. Start them as they come, or in smaller "
             "batches.";
    case WaitCause::hours:
      return "cases wait there for working hours. Let its opening hours follow the cases, or name "
             "a stand-in.";
    case WaitCause::person:
      return "cases wait there until somebody has time. Give it more capacity at the hours when "
             "cases queue, or let others do the simple ones.";
    default:
      return nullptr;
  }
}

std::string change_at(const AuditInput& input, StepId step) {
  const std::vector<Cause> causes = causes_of(input, step);
  if (const char* declared = declared_change(input.process[step]); causes.empty() && declared) {
    return fmt::format("Begin with {}: {}", quoted(input.process[step]), declared);
  }
  return fmt::format("Begin with {}: {}", quoted(input.process[step]),
                     causes.empty()
                         ? "find out whether cases wait there for a person, for a batch or for "
                           "opening hours, and remove that cause."
                         : causes.front().change);
}

void add_queue_evidence(const AuditInput& input, const Queue& queue, Finding& finding) {
  const Expected& before = input.expected;
  const double share = queue.seconds / before.waiting_seconds;
  Edit edit;
  edit.unwaited = {queue.step};
  const double cycle =
      expected(input.process, input.graph, input.profile, edit, &before).cycle_seconds;
  const double abandon = input.process[queue.step].abandon;
  const std::string leavers =
      abandon > 0 ? fmt::format("; {} of those who come give up", percent(abandon)) : "";
  finding.evidence.push_back(
      {fmt::format("{} waits {} per case, {} of all waiting{}{}; without, a case would take {}",
                   quoted(input.process[queue.step]), humane_seconds(queue.seconds), percent(share),
                   causes_text(input, queue.step), leavers, humane_seconds(cycle)),
       basis_of(input, queue.step)});
}

/// Nobody has said how long anything may take, though nearly all of the time is waiting for us.
void report_no_limits(const AuditInput& input, const std::vector<Queue>& queues, double waiting,
                      AuditReport& report) {
  constexpr double matters = 0.1;
  Finding& finding = report.add(
      fmt::format("no step says how long a case may stay there, and cases wait {} for us",
                  humane_seconds(waiting)));
  finding.level = std::min(finding.level, Level::info);
  finding.improvement = Improvement::standardise;
  for (const Queue& queue : queues) {
    if (queue.seconds < matters * waiting) continue;
    finding.steps.push_back(queue.step);
    finding.evidence.push_back(
        {fmt::format("{} waits {} per case", quoted(input.process[queue.step]),
                     humane_seconds(queue.seconds)),
         basis_of(input, queue.step)});
  }
  finding.against =
      "A limit that nobody looks at, or that people cannot keep, teaches them to close cases "
      "early.";
  finding.change.summary =
      "Measure how long nine of ten cases stay at each of these steps, agree on a limit for each "
      "(sla), and look every week at those that are over it.";
}

void check(const AuditInput& input, AuditReport& report) {
  const Expected& before = input.expected;
  const double limit = report.parameter("flow_efficiency");
  const std::vector<Queue> queues = own_queues(input);
  const double touched = before.work_seconds + before.processing_seconds;
  double waiting = 0;
  for (const Queue& queue : queues) waiting += queue.seconds;
  // Waiting for the customer or the parcel is no waste of ours.
  if (waiting < before.waiting_seconds / 2) return;
  const double own_efficiency = touched + waiting > 0 ? touched / (touched + waiting) : 1;
  if (touched <= 0 || before.flow_efficiency >= limit || own_efficiency >= limit) return;

  Finding& finding = report.add(
      fmt::format("a case takes {}, of which {} are work: {}", humane_seconds(before.cycle_seconds),
                  humane_seconds(touched), percent(before.flow_efficiency)));
  const auto shown = static_cast<std::size_t>(std::max(1.0, report.parameter("steps")));
  for (std::size_t i = 0; i < std::min(shown, queues.size()); ++i) {
    finding.steps.push_back(queues[i].step);
    add_queue_evidence(input, queues[i], finding);
  }
  const auto measured = [&](StepId step) { return basis_of(input, step) == Basis::log; };
  if (input.profile != nullptr && !input.profile->interval &&
      std::any_of(finding.steps.begin(), finding.steps.end(), measured)) {
    finding.evidence.push_back(
        {"the log has one time per event: only the time from enabled to ended is known, not what "
         "cases wait for",
         Basis::log});
  }
  finding.against =
      "Waiting is the price of people who are always busy: shorter queues need spare capacity "
      "or fewer arrivals. See first whether the step is needed at all.";
  finding.change.summary = change_at(input, queues.front().step);

  const bool has_limits = std::any_of(input.process.steps.begin(), input.process.steps.end(),
                                      [](const Step& step) { return step.sla.has_value(); }) ||
                          std::any_of(input.process.kpis.begin(), input.process.kpis.end(),
                                      [](const Kpi& kpi) { return kpi.target.has_value(); });
  const bool is_slow = waiting >= report.parameter("limit_hours") * 3600 && queues.size() >= 3;
  if (is_slow && !has_limits) report_no_limits(input, queues, waiting, report);
}

constexpr Parameter parameters[] = {
    {"flow_efficiency", 0.05, "share of the cycle time that must be work, 0 to 1"},
    {"steps", 3, "how many steps are named"},
    {"limit_hours", 48, "least waiting for us from which limits are asked for"},
};

}  // namespace

constinit const Heuristic heuristics::waiting_dominates{
    .about = {.code = "A501",
              .name = "waiting-dominates",
              .level = Level::info,
              .summary = "cases wait far longer than they are worked on",
              .what = "Flow efficiency, which is work divided by cycle time, is below a "
                      "twentieth; it would be even if nobody had to wait for customers, carriers "
                      "or steps of kind wait; and at least half of the waiting is for us. Named "
                      "are the steps before which most of "
                      "the waiting happens and, where a log has start and end times, why. A "
                      "second question is asked where cases wait for two days or more before three "
                      "steps or more, and neither a step (sla) nor a target of a figure says how "
                      "long anything may take.",
              .why = "Working faster hardly shortens a case that waits nine tenths of its time. "
                     "The queues are where the time is.",
              .example = R"([map]
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
time = "5m"
wait = "6h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
time = "5m"
wait = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::staffing, Improvement::remove_batch,
                               Improvement::standardise}},
    .check = check};

}  // namespace gemba::inline audit
