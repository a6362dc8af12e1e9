#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/audit/customer_trips.h"
#include "core/audit/customer_way.h"
#include "core/audit/heuristic.h"
#include "core/audit/main_way.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/self_service.h"
#include "core/audit/things.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

constexpr std::string_view why_on_the_spot =
    "Some things need the person on the spot: an original, an identity, goods. Ask which, and "
    "whether that can be done where the person is.";

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

/// Starts at which somebody outside comes to us.
void add_outside_starts(const AuditInput& input, std::vector<StepId>& steps) {
  for (const StepId start : input.graph.starts) {
    if (input.process.is_external(input.process[start])) steps.push_back(start);
  }
  std::sort(steps.begin(), steps.end());
}

void report_windows(const AuditInput& input, const Windows& windows, AuditReport& report) {
  const Process& process = input.process;
  std::vector<std::string> papers;
  for (const DataId each : windows.data)
    papers.push_back("'" + process.definitions[each].name + "'");
  const std::string data = listed(papers, 4);
  const std::vector<std::string> roles = role_names(process, windows.steps);
  Finding& finding = report.add(windows.steps.front(),
                                fmt::format("{} {} taken in by {} roles, one after the other", data,
                                            papers.size() == 1 ? "is" : "are", roles.size()));
  finding.steps = windows.steps;
  add_outside_starts(input, finding.steps);
  finding.evidence.push_back(
      {fmt::format("{} each take {} in at {}", listed(roles, 5), papers.size() == 1 ? "it" : "them",
                   listed(quoted_names(process, windows.steps), 5)),
       Basis::structure});
  add_evidence_of(input, windows.steps, finding);
  finding.against =
      "Each role may want the papers in a form of its own, and a law may name who takes them in: "
      "compare the lists of papers first.";
  finding.change.summary = fmt::format(
      "Take {} in once, at one window or page, check {} there for all, and let every role work on "
      "that one file (一窗受理).",
      data, papers.size() == 1 ? "it" : "them");
  finding.change.edit.kept = windows.steps;
  if (!windows.named) only_ask(finding);
}

/// All places where somebody outside goes and queues.
void report_queue(const AuditInput& input, const std::vector<StepId>& queues, bool is_certain,
                  AuditReport& report) {
  const Process& process = input.process;
  Finding& finding =
      report.add(queues.front(), fmt::format("{} has to come to us and queue: {}",
                                             quoted_role(process, process[queues.front()]),
                                             listed(quoted_names(process, queues), 4)));
  finding.improvement = Improvement::decentralise;
  finding.steps = queues;
  add_evidence_of(input, queues, finding);
  finding.against = why_on_the_spot;
  finding.change.summary =
      "Bring it to where people are: on the phone, at the bed, in the branch, or at more windows.";
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
  for (const CustomerTrip& trip : trips) {
    steps.insert(steps.end(), trip.steps.begin(), trip.steps.end());
    reasons.push_back(trip.steps.back());
    if (!trip.outside) continue;
    edit.removed.push_back(*trip.outside);
    edit.kept.insert(edit.kept.end(), trip.steps.begin() + 1, trip.steps.end());
  }
  const std::string what = listed(quoted_names(process, reasons), 4);
  Finding& finding =
      report.add(steps.front(), fmt::format("people outside have to come once more for {}", what));
  finding.improvement = Improvement::eliminate_step;
  finding.steps = steps;
  add_evidence_of(input, steps, finding);
  finding.against =
      "Something may not be ready at the first visit: find out what it waits for, and whether it "
      "can be had at once, or sent.";
  finding.change.summary =
      fmt::format("Finish {} at the first visit, or send it: nobody comes for it again.", what);
  finding.change.edit = std::move(edit);
  if (finding.change.edit.removed.empty()) only_ask(finding);
}

void report_desk(const AuditInput& input, const Desk& desk, AuditReport& report) {
  const Process& process = input.process;
  const std::string who = quoted_role(process, process[desk.outside]);
  Finding& finding = report.add(
      desk.steps.front(), fmt::format("{} comes in person for what may be done from afar: {}", who,
                                      listed(quoted_names(process, desk.steps), 4)));
  finding.improvement = Improvement::self_service;
  finding.steps = desk.steps;
  finding.evidence.push_back(
      {fmt::format("{} follows {} directly, and works on what was brought, not on things",
                   quoted(process[desk.steps.front()]), quoted(process[desk.outside])),
       Basis::structure});
  add_evidence_of(input, desk.steps, finding);
  finding.against =
      "Not everybody can or wants to do it alone: keep the desk for those, and for originals that "
      "have to be seen.";
  finding.change.summary = fmt::format(
      "Ask whether {} can do it alone, online or at a machine: a form that takes only what is "
      "complete, with the data that we have already filled in.",
      who);
  finding.change.edit.kept = desk.steps;
  only_ask(finding);
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

void check_trips(const AuditInput& input, const std::set<StepId>& spoken_of, AuditReport& report) {
  const std::vector<CustomerTrip> second = customer_trips(input, Trip::second);
  std::set<StepId> again;
  for (const CustomerTrip& trip : second) again.insert(trip.steps.begin(), trip.steps.end());
  if (!second.empty()) report_second(input, second, report);
  const std::vector<CustomerTrip> collect = customer_trips(input, Trip::collect);
  if (!collect.empty()) report_collecting(input, collect, report);
  std::vector<StepId> queues;
  bool is_certain = false;
  for (const CustomerTrip& trip : customer_trips(input, Trip::queue)) {
    // Who need not come a second time need not queue for it.
    if (again.contains(trip.steps.front())) continue;
    if (trip.outside) {
      queues.push_back(*trip.outside);
      is_certain = is_certain || trip.in_a_queue;
    } else if (!spoken_of.contains(trip.steps.front())) {
      report_said_queue(input, trip, report);
    }
  }
  if (!queues.empty()) report_queue(input, queues, is_certain, report);
  if (queues.size() > 1) report_queues(input, queues, report);
}

void check(const AuditInput& input, AuditReport& report) {
  for (const Windows& windows : windows_of(input)) report_windows(input, windows, report);
  std::set<StepId> spoken_of;
  for (const Desk& desk : desks(input)) {
    if (!desk.comes) continue;
    report_desk(input, desk, report);
    spoken_of.insert(desk.steps.begin(), desk.steps.end());
  }
  check_trips(input, spoken_of, report);
}

}  // namespace

constinit const Heuristic heuristics::many_windows{
    .about = {.code = "A308",
              .name = "many-windows",
              .level = Level::warning,
              .summary = "somebody outside goes from window to window, queues, comes again, or "
                         "comes for what could be done from afar",
              .what =
                  "Five things on the way of an external role. (1) What it brings is needed by "
                  "tasks of two roles of ours or more, one after the other, whose names say that "
                  "papers are taken in there, or (info) of three that each give it a result; or "
                  "(info) it queues for several roles. (2) Its step says that it goes somewhere or "
                  "queues (info unless it is a queue or a window with a known waiting time), or it "
                  "says so of a step. (3) Its step says that it comes once more, or it complains "
                  "of several trips. (4) As a question (info): it comes in person, and right "
                  "behind that a desk of ours takes in, enters, books or settles what it has "
                  "brought. (5) As a question (info): it comes for a paper that is ready, or with "
                  "one. Approvals, automatic steps, windows of which a case comes to one only, "
                  "desks that talk to people (a script, value = \"customer\"), work on things "
                  "and what is done by telephone or online are left out.",
              .why = "People outside pay with their time for a border between our departments. "
                     "Contact reduction, control relocation and customer teams (Reijers and Liman "
                     "Mansar 2005).",
              .example = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.entry]
name = "入驻窗口"
[roles.deposit]
name = "保证金窗口"
[data.papers]
name = "资质材料"
from = "shop"
[data.entry]
name = "入驻档案"
[data.receipt]
name = "保证金收据"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "entry"
[[step]]
id = "entry"
name = "受理入驻材料"
role = "entry"
needs = ["papers"]
makes = ["entry"]
time = "20m"
wait = "1d"
next = "deposit"
[[step]]
id = "deposit"
name = "受理保证金材料"
role = "deposit"
needs = ["papers", "entry"]
makes = ["receipt"]
time = "20m"
wait = "1d"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["receipt"]
)",
              .instead = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.window]
name = "综合窗口"
[roles.deposit]
name = "结算"
[data.papers]
name = "资质材料"
from = "shop"
[data.file]
name = "入驻档案"
[data.receipt]
name = "保证金收据"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "take"
[[step]]
id = "take"
name = "一次受理全部材料"
role = "window"
needs = ["papers"]
makes = ["file"]
time = "25m"
wait = "1d"
next = "deposit"
[[step]]
id = "deposit"
name = "开保证金收据"
role = "deposit"
needs = ["file"]
makes = ["receipt"]
time = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["receipt"]
)",
              .improvements = {Improvement::single_window, Improvement::self_service,
                               Improvement::decentralise, Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
