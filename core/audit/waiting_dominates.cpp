#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"

namespace gemba {
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
    const bool external = step.role && input.process.definitions[*step.role].external;
    if (step.kind == StepKind::wait || external) continue;
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

void add_queue_evidence(const AuditInput& input, const Queue& queue, Finding& finding) {
  const Expected& before = input.expected;
  const double share = queue.seconds / before.waiting_seconds;
  Edit edit;
  edit.unwaited = {queue.step};
  const double cycle =
      expected(input.process, input.graph, input.profile, edit, &before).cycle_seconds;
  finding.evidence.push_back(
      {fmt::format("{} waits {} per case, {} of all waiting; without, a case would take {}",
                   quoted(input.process[queue.step]), humane_seconds(queue.seconds), percent(share),
                   humane_seconds(cycle)),
       basis_of(input, queue.step)});
}

void check(const AuditInput& input, AuditReport& report) {
  const Expected& before = input.expected;
  const double limit = report.parameter("flow_efficiency");
  const std::vector<Queue> queues = own_queues(input);
  const double touched = before.work_seconds + before.processing_seconds;
  double waiting = 0;
  for (const Queue& queue : queues) waiting += queue.seconds;
  // Both must be low: waiting for the customer or the parcel alone is no waste of ours.
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
  finding.against =
      "Waiting is the price of people who are always busy: shorter queues need spare capacity "
      "or fewer arrivals. See first whether the step is needed at all.";
  const Step& worst = input.process[queues.front().step];
  finding.change.summary = fmt::format(
      "Begin with {}: find out whether cases wait there for a person, for a batch or for "
      "opening hours, and remove that cause.",
      quoted(worst));
}

constexpr Parameter parameters[] = {
    {"flow_efficiency", 0.25, "share of the cycle time that must be work, 0 to 1"},
    {"steps", 3, "how many steps are named"},
};

}  // namespace

constinit const Heuristic heuristics::waiting_dominates{
    .about = {.code = "A501",
              .name = "waiting-dominates",
              .level = Level::info,
              .summary = "cases wait far longer than they are worked on",
              .what = "Flow efficiency, which is work divided by cycle time, is below a "
                      "quarter; and it would be even if nobody had to wait for customers, "
                      "carriers or steps of kind wait. Named are the steps before which most of "
                      "the waiting happens.",
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
              .parameters = parameters},
    .check = check};

}  // namespace gemba
