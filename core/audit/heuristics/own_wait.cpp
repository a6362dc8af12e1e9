#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/rhythm.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

constexpr double day = 24 * 3600;

double waiting_at(const AuditInput& input, StepId id) {
  return input.expected.steps[id.index()].waiting;
}

/// The steps of ours for which it waits, behind it.
void add_steps_behind(const AuditInput& input, StepId id, Finding& finding) {
  for (const StepId next : steps_after(input.process, input.graph, id)) {
    if (is_ours(input.process, next) && next != id) finding.steps.push_back(next);
  }
}

/// A wait of our own for a set time.
void report_set_time(const AuditInput& input, StepId id, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  const double waiting = waiting_at(input, id);
  Finding& finding = report.add(id, fmt::format("cases stand still for {} at {}, which is for us "
                                                "to end",
                                                humane_seconds(waiting), name));
  const bool names_time = input.process[id].name.find_first_of("0123456789") != std::string::npos;
  // Who writes a number means a wait of that length.
  if (waiting < day || names_time) finding.level = std::min(finding.level, Level::info);
  add_steps_behind(input, id, finding);
  finding.evidence.push_back(
      {"its name says that it is for a set time, and nothing comes in meanwhile", Basis::declared});
  add_oftener(input, id, finding);
  finding.against =
      "Set times may gather what is cheaper together, or follow those of somebody else: ask what "
      "would go wrong if a case went on at once.";
  finding.change.summary = fmt::format(
      "Let cases go on as they come instead of {}; measure how many come in each hour, and plan "
      "the people by that.",
      name);
}

/// A wait of our own for a room, a bed or the like.
void report_place(const AuditInput& input, StepId id, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding =
      report.add(id, fmt::format("cases stand still for {} at {}, until a place is free",
                                 humane_seconds(waiting_at(input, id)), name));
  finding.level = std::min(finding.level, Level::info);
  finding.improvement = Improvement::eliminate_step;
  add_steps_behind(input, id, finding);
  finding.evidence.push_back({"its name says that a place is waited for", Basis::declared});
  add_shorter_wait(input, id, 0, fmt::format("nobody had to wait at {}", name), finding);
  finding.against = "Some cases need the place. The figure is that of no waiting at all.";
  finding.change.summary = fmt::format(
      "Ask which cases need a place of their own, and do not let the others stand at {}; measure "
      "how "
      "long "
      "places stand empty or are kept by those who wait for something else.",
      name);
}

/// A wait of our own of which nobody says what ends it.
void report_open_wait(const AuditInput& input, StepId id, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding = report.add(id, fmt::format("cases stand still for {} at {}, and nothing says "
                                                "what ends it",
                                                humane_seconds(waiting_at(input, id)), name));
  finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {"nobody outside is named, and nothing comes in meanwhile", Basis::structure});
  add_shorter_wait(input, id, 0, fmt::format("{} were not there", name), finding);
  finding.against = "It may be for somebody outside, or asked for by law: then say so.";
  finding.change.summary = fmt::format(
      "Ask what ends {}: if it is a set time or a full batch, let cases go on as they come.", name);
}

/// Whether the waiting is a large part of the time of a case, though it may be short.
bool is_large_part(const AuditInput& input, StepId id, const AuditReport& report) {
  const double waiting = waiting_at(input, id);
  return waiting >= report.parameter("minutes") * 60 &&
         input.expected.visits.steps[id.index()] * waiting >=
             report.parameter("part") * input.expected.cycle_seconds;
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("hours") * 3600;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    const double waiting = waiting_at(input, id);
    if (!is_own_wait(input, id) || !step.makes.empty() || input.expected.visits.steps[i] <= 0)
      continue;
    if (waiting < least && !is_large_part(input, id, report)) continue;
    const WaitsFor what = waits_for(input.process, step);
    if (what == WaitsFor::set_time) report_set_time(input, id, report);
    if (what == WaitsFor::place) report_place(input, id, report);
    // Nobody in particular may wait for anything.
    if (what == WaitsFor::nothing_named && step.role) report_open_wait(input, id, report);
  }
}

constexpr Parameter parameters[] = {
    {"hours", 4, "waiting of a case that is always asked about"},
    {"part", 0.08, "or part of the time of a case, 0 to 1, from which it is"},
    {"minutes", 10, "least waiting then"},
};

}  // namespace

constinit const Heuristic heuristics::own_wait{
    .about = {.code = "A507",
              .name = "own-wait",
              .level = Level::warning,
              .summary = "cases stand still for a time or a place that is for us to set",
              .what = "A wait step that is not outside, or a task of ours or of a machine that is "
                      "hardly any work and says that it waits, of 4 hours or more, or of 8 % of "
                      "the time of a case and 10 minutes, that makes nothing and is for a set "
                      "time by its name (整点, 时段, 次日; slot, hour, window, next day). As a "
                      "question (info): when it is less than a day; when it is for a place (床位, "
                      "诊室; room, bed); and when the wait is of a role of ours and says no more "
                      "(搁置; hold). "
                      "Not what waits for somebody outside, for things on their way, or is asked "
                      "for by law (回复, 到货, 公示; reply, delivery, notice).",
              .why = "Nobody works on a case that stands still, and nothing comes in that would be "
                     "needed: only our own plan holds it (order-based work, Reijers and Liman "
                     "Mansar 2005).",
              .example = R"([map]
[roles.agent]
name = "药房"
[[step]]
id = "drop"
name = "收处方"
kind = "start"
next = "slot"
[[step]]
id = "slot"
name = "等下一个整点"
kind = "wait"
role = "agent"
wait = "1d"
next = "enter"
[[step]]
id = "enter"
name = "录处方"
role = "agent"
time = "3m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "药房"
[[step]]
id = "drop"
name = "收处方"
kind = "start"
next = "enter"
[[step]]
id = "enter"
name = "录处方"
role = "agent"
time = "3m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::remove_batch, Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
