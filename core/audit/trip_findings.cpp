#include "core/audit/trip_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/customer_trips.h"
#include "core/audit/customer_way.h"
#include "core/audit/data_origin.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/things.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

constexpr std::string_view why_on_the_spot =
    "Some things need the person on the spot: an original, an identity, goods. Ask which, and "
    "whether that can be done where the person is.";

/// All places where somebody outside goes and queues.
void report_queue(const AuditInput& input, const std::vector<StepId>& queues, bool is_certain,
                  AuditReport& report) {
  const Process& process = input.process;
  Finding& finding = report.add(
      queues.front(),
      fmt::format("{} has to come to us{}: {}", quoted_role(process, process[queues.front()]),
                  is_certain ? " and queue" : "", listed(quoted_names(process, queues), 4)));
  finding.improvement = Improvement::decentralise;
  finding.steps = queues;
  add_evidence_of(input, queues, finding);
  finding.against = why_on_the_spot;
  finding.change.summary =
      "Bring it to where people are: on the phone, at home or at the bedside, in a branch, or at "
      "more windows.";
  for (const StepId step : queues) {
    if (input.expected.steps[step.index()].waiting > 0)
      finding.change.edit.unwaited.push_back(step);
  }
  if (finding.change.edit.unwaited.empty() || !is_certain) only_ask(finding);
}

/// Whether the step works on papers alone, which could come without the person.
bool takes_papers(const Process& process, StepId id) {
  const Step& step = process[id];
  const std::vector<bool> brought = brought_from_outside(process);
  return step.kind == StepKind::task && !works_on_things(process, step) &&
         std::any_of(step.needs.begin(), step.needs.end(),
                     [&](const DataUse& use) { return brought[use.data.index()]; });
}

/// A step of ours of which somebody outside says that they queue for it.
void report_said_queue(const AuditInput& input, const CustomerTrip& trip, AuditReport& report) {
  const StepId at = trip.steps.front();
  const std::string name = quoted(input.process[at]);
  const bool online = trip.in_a_queue && takes_papers(input.process, at);
  Finding& finding = report.add(
      at, trip.in_a_queue ? fmt::format("people outside say that they queue for {}", name)
                          : fmt::format("people outside complain of the window of {}", name));
  finding.improvement = online ? Improvement::self_service : Improvement::decentralise;
  add_evidence_of(input, {at}, finding);
  finding.against = why_on_the_spot;
  finding.change.summary =
      online ? fmt::format(
                   "{} works on papers: ask whether they can be handed in online, checked "
                   "as they are entered, and who still needs a window.",
                   name)
             : fmt::format(
                   "Ask what {} needs a window for, and bring it to where people are: on "
                   "the phone, in the branch, or at more windows.",
                   name);
  only_ask(finding);
}

/// Several queues of one case: each is for another window.
void report_queues(const AuditInput& input, const std::vector<StepId>& queues,
                   AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> served;
  for (const StepId queue : queues) {
    for (const StepId next : steps_after(process, input.graph, queue)) {
      if (is_own_work(process, next)) served.push_back(next);
    }
  }
  if (role_names(process, served).size() < 2) return;
  Finding& finding = report.add(
      queues.front(),
      fmt::format("{} queues {} times, for {}", quoted_role(process, process[queues.front()]),
                  queues.size(), listed(role_names(process, served), 5)));
  finding.steps = queues;
  finding.steps.insert(finding.steps.end(), served.begin(), served.end());
  std::sort(finding.steps.begin(), finding.steps.end());
  finding.steps.erase(std::unique(finding.steps.begin(), finding.steps.end()), finding.steps.end());
  add_evidence_of(input, queues, finding);
  finding.against =
      "A window may need people, cash or a device of its own: ask which of them can stand behind "
      "one window, and which need no window at all.";
  finding.change.summary =
      "Ask whether one window, or one page, can do what several do, so that people queue once.";
  finding.change.edit.kept = served;
  only_ask(finding);
}

/// The steps of somebody outside who comes once more, and what of ours they come for.
void report_second(const AuditInput& input, const std::vector<CustomerTrip>& trips,
                   AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> steps;
  std::vector<StepId> reasons;
  Edit edit;
  bool certain = true;
  const std::vector<bool> again = on_cycles(input.graph);
  for (const CustomerTrip& trip : trips) {
    steps.insert(steps.end(), trip.steps.begin(), trip.steps.end());
    reasons.push_back(trip.steps.front());
    const bool theirs = process.is_external(process[*trip.outside]);
    // Who was sent away for what was missing comes because of that (A401).
    certain =
        certain && theirs && process[*trip.outside].makes.empty() && !again[trip.outside->index()];
    if (theirs) edit.removed.push_back(*trip.outside);
    edit.kept.insert(edit.kept.end(), trip.steps.begin() + 1, trip.steps.end());
  }
  const std::string what = listed(quoted_names(process, reasons), 4);
  Finding& finding =
      report.add(steps.front(), fmt::format("people outside have to come once more: {}", what));
  finding.improvement = Improvement::eliminate_step;
  finding.steps = steps;
  add_evidence_of(input, steps, finding);
  finding.against =
      "Something may not be ready at the first visit: find out what it waits for, and whether it "
      "can be had at once, or sent.";
  finding.change.summary = fmt::format(
      "Do at the first visit, or from afar, what {} is for: nobody comes for it again.", what);
  finding.change.edit = std::move(edit);
  if (!certain) only_ask(finding);
}

/// Somebody outside comes for a paper that could be sent.
void report_collecting(const AuditInput& input, const std::vector<CustomerTrip>& trips,
                       AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> steps;
  for (const CustomerTrip& trip : trips) steps.push_back(*trip.outside);
  Finding& finding =
      report.add(steps.front(), fmt::format("{} comes for no more than {}",
                                            quoted_role(process, process[steps.front()]),
                                            listed(quoted_names(process, steps), 4)));
  finding.improvement = Improvement::eliminate_step;
  finding.steps = steps;
  add_evidence_of(input, steps, finding);
  finding.against =
      "An original may have to be seen, signed for, or handed to nobody else: ask which, and "
      "whether the post or a signature online would do.";
  finding.change.summary =
      "Ask whether it can be sent both ways, by post or as a file, so that nobody comes for it.";
  finding.change.edit.kept = steps;
  only_ask(finding);
}

/// Those outside complain of several ways for one step.
void report_said_trips(const AuditInput& input, StepId at, AuditReport& report) {
  const std::string name = quoted(input.process[at]);
  Finding& finding =
      report.add(at, fmt::format("people outside complain of several trips for {}", name));
  finding.improvement = Improvement::eliminate_step;
  add_evidence_of(input, {at}, finding);
  finding.against =
      "What they lacked at the first visit may be known to them alone: find out what the other "
      "trips were for.";
  finding.change.summary = fmt::format(
      "Ask what {} takes more than one visit for; finish it at the first one, fetch it, or let it "
      "be sent.",
      name);
  finding.change.edit.kept = {at};
  only_ask(finding);
}

/// Comes once more, as names or complaints have it; returns the steps that may go.
std::set<StepId> check_second(const AuditInput& input, AuditReport& report) {
  std::vector<CustomerTrip> named;
  std::set<StepId> again;
  for (CustomerTrip& trip : customer_trips(input, Trip::second)) {
    if (!trip.outside) {
      report_said_trips(input, trip.steps.front(), report);
      continue;
    }
    again.insert(trip.steps.begin(), trip.steps.end());
    named.push_back(std::move(trip));
  }
  if (!named.empty()) report_second(input, named, report);
  return again;
}

}  // namespace

std::vector<std::string> role_names(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId step : steps) {
    const std::string name = quoted_role(process, process[step]);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

void add_evidence_of(const AuditInput& input, const std::vector<StepId>& steps, Finding& finding) {
  const std::size_t shown = std::min(most_times, steps.size());
  for (std::size_t i = 0; i < shown; ++i) add_time_evidence(input, steps[i], finding);
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
}

void report_trips(const AuditInput& input, const std::set<StepId>& at_desks, AuditReport& report) {
  const std::set<StepId> again = check_second(input, report);
  const std::vector<CustomerTrip> collect = customer_trips(input, Trip::collect);
  if (!collect.empty()) report_collecting(input, collect, report);
  std::vector<StepId> queues;
  bool is_certain = false;
  for (const CustomerTrip& trip : customer_trips(input, Trip::queue)) {
    const StepId step = trip.steps.front();
    // Who need not come a second time need not queue for it.
    if (again.contains(step)) continue;
    const bool waits =
        trip.outside && trip.in_a_queue && input.expected.steps[step.index()].waiting > 0;
    // What may be done from afar has been asked with the desk.
    if (!waits && at_desks.contains(step)) continue;
    if (trip.outside) {
      queues.push_back(step);
      is_certain = is_certain || waits;
    } else {
      report_said_queue(input, trip, report);
    }
  }
  if (!queues.empty()) report_queue(input, queues, is_certain, report);
  if (queues.size() > 1) report_queues(input, queues, report);
}

}  // namespace gemba::inline audit
