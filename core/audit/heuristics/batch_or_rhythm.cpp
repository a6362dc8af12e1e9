#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/rhythm.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/estimate/capacity.h"
#include "core/model/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr double hour = 3600;
constexpr double day = 24 * hour;

constexpr std::array chinese_bookings = {"预约"sv, "排期"sv, "约时间"sv, "约定时间"sv, "挂号"sv};
constexpr std::array english_bookings = {"book "sv, "schedule "sv, "make an appointment"sv,
                                         "arrange an appointment"sv, "arrange a meeting"sv};

double waiting_at(const AuditInput& input, StepId id) {
  return input.expected.steps[id.index()].waiting;
}

std::string said_of(const Step& step, const Rhythm& rhythm) {
  if (rhythm.where == Rhythm::Where::key && step.every)
    return fmt::format("it is done once in {}", readable_duration(step.every->value, false));
  if (rhythm.where == Rhythm::Where::key) return "cases wait until enough of them have come";
  return fmt::format("its {} says '{}': it is done for many cases at once",
                     rhythm.where == Rhythm::Where::name ? "name" : "note", trimmed(rhythm.word));
}

void report_rhythm(const AuditInput& input, StepId id, const Rhythm& rhythm, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  const double waiting = waiting_at(input, id);
  Finding& finding = report.add(
      id, fmt::format("cases wait {} for the next time of {}", humane_seconds(waiting), name));
  if (rhythm.where == Rhythm::Where::note || waiting < day)
    finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back({said_of(input.process[id], rhythm), Basis::declared});
  add_oftener(input, id, finding);
  finding.against =
      "Several cases at once may be cheaper, or take people who rarely meet. A case waits half of "
      "the interval: that much of the new one is still in the figure.";
  const bool meets = rhythm.word.ends_with("会") ||
                     rhythm.word.find("meeting") != rhythm.word.npos || rhythm.word == "committee";
  finding.change.summary = fmt::format(
      "Do {} for each case as it comes{}; where it must be at set times, at least once {}.", name,
      meets ? ", or let one of those who meet decide alone" : "",
      waiting > 2 * day ? "a day" : "an hour");
}

/// What the log finds to be a batch, though no word says so.
void report_batch(const AuditInput& input, StepId id, double share, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding =
      report.add(id, fmt::format("of the {} that cases wait for {}, {} is for a batch to fill",
                                 humane_seconds(waiting_at(input, id)), name, percent(share)));
  finding.level = std::min(finding.level, Level::info);
  add_oftener(input, id, finding);
  finding.against =
      "See first whether the batch is only the queue of closed hours, worked off in one go.";
  finding.change.summary =
      fmt::format("Ask why {} is done for several cases at once; begin them as they come.", name);
}

/// The step before which a case waits for the time that is agreed on here.
std::optional<StepId> waits_for_booking(const AuditInput& input, StepId booking) {
  constexpr int nearby = 3;
  std::optional<StepId> at = booking;
  for (int i = 0; i <= nearby && at; ++i) {
    if (waiting_at(input, *at) >= day) return at;
    at = only_next(input.graph, *at);
  }
  return std::nullopt;
}

void report_booking(const AuditInput& input, StepId booking, StepId waits, AuditReport& report) {
  const std::string name = quoted(input.process[booking]);
  Finding& finding =
      report.add(booking, fmt::format("after {} cases wait {} for the time that is agreed on", name,
                                      humane_seconds(waiting_at(input, waits))));
  finding.level = std::min(finding.level, Level::info);
  if (waits != booking) finding.steps.push_back(waits);
  finding.evidence.push_back({"its name says that a time is agreed on", Basis::declared});
  add_shorter_wait(
      input, waits, day / 2 / waiting_at(input, waits),
      fmt::format("a time were free for {} within a day", quoted(input.process[waits])), finding);
  finding.against =
      "Times are agreed on so that nobody comes in vain, and so that people can plan. Half a day "
      "of "
      "waiting stays in the figure.";
  finding.change.summary = fmt::format(
      "Measure how many come in each day, and keep as many times free for the same day instead of "
      "{}; ask which cases need an appointment at all.",
      name);
}

/// The interval of which the waiting is half; empty when it is not about half of any.
std::string_view interval_of(double waiting) {
  struct Interval {
    double half;
    const char* name;
  };
  constexpr double tolerance = 0.05;
  for (const Interval& each :
       {Interval{day / 2, "a day"}, Interval{3.5 * day, "a week"}, Interval{15 * day, "a month"}}) {
    if (std::abs(waiting - each.half) <= tolerance * each.half) return each.name;
  }
  return {};
}

/// How much of the time of its role is taken by this process; none when nobody knows.
std::optional<double> utilisation_of(const AuditInput& input, const std::vector<Load>& loads,
                                     StepId id) {
  const Step& step = input.process[id];
  if (!step.role || !input.expected.cases_per_month) return std::nullopt;
  const auto capacity = capacity_of(input.process.definitions, *step.role);
  if (!capacity || capacity->hours_per_month <= 0) return std::nullopt;
  return loads[step.role->index()].hours_per_month / capacity->hours_per_month;
}

void report_interval(const AuditInput& input, StepId id, std::string_view interval, double busy,
                     AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding =
      report.add(id, fmt::format("cases wait {} for {}, as if it were done once in {}",
                                 humane_seconds(waiting_at(input, id)), name, interval));
  finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {fmt::format("{} is busy with this process for {} of the time: a queue does not explain it",
                   quoted_role(input.process, input.process[id]), percent(busy)),
       Basis::declared});
  add_oftener(input, id, finding);
  finding.against =
      "The people may have other work than this process. A case waits half of the interval: that "
      "much of a shorter one is still in the figure.";
  finding.change.summary = fmt::format(
      "Ask when {} is done; if it is at set times or when enough has come together, do it more "
      "often.",
      name);
}

bool says_booking(const Step& step) {
  const std::string name = ascii_lower(step.name);
  const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  const auto begins = [&](std::string_view verb) { return name.starts_with(verb); };
  return std::any_of(chinese_bookings.begin(), chinese_bookings.end(), has) ||
         std::any_of(english_bookings.begin(), english_bookings.end(), begins);
}

/// Reports a step, and gives back the step whose waiting it is about.
std::optional<StepId> check_step(const AuditInput& input, const std::vector<Load>& loads, StepId id,
                                 AuditReport& report) {
  const Step& step = input.process[id];
  const double waiting = waiting_at(input, id);
  const double least = report.parameter("hours") * hour;
  if (!is_ours(input.process, id) || input.expected.visits.steps[id.index()] <= 0)
    return std::nullopt;
  const auto waits = says_booking(step) ? waits_for_booking(input, id) : std::nullopt;
  if (waits) {
    report_booking(input, id, *waits, report);
    return waits;
  }
  // What only stands still is for A507.
  if (waiting < least || is_own_wait(input, id)) return std::nullopt;
  const auto batching = batching_share(input, id);
  const auto rhythm = rhythm_of(step);
  // What the log finds to be waiting for other causes is for A501.
  if (batching && *batching < report.parameter("batching")) return std::nullopt;
  if (rhythm) {
    report_rhythm(input, id, *rhythm, report);
    return id;
  }
  if (batching) {
    report_batch(input, id, *batching, report);
    return id;
  }
  if (step.wait_for != WaitCause::unset) return std::nullopt;
  const std::string_view interval = interval_of(waiting);
  const auto busy = utilisation_of(input, loads, id);
  const bool long_wait = input.expected.steps[id.index()].work * 20 <= waiting;
  // Nights and weekends keep a case as long as a run once in a day does.
  const bool is_closed = interval == "a day" && step.role &&
                         input.process.definitions[*step.role].calendar.has_value();
  if (interval.empty() || is_closed || !busy || *busy >= report.parameter("busy") || !long_wait)
    return std::nullopt;
  report_interval(input, id, interval, *busy, report);
  return id;
}

void check(const AuditInput& input, AuditReport& report) {
  const std::vector<Load> loads = loads_of(input.process, input.expected);
  std::vector<bool> told(input.process.steps.size(), false);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (told[i]) continue;
    if (const auto about = check_step(input, loads, StepId(i), report)) told[about->index()] = true;
  }
}

constexpr Parameter parameters[] = {
    {"hours", 4, "least waiting before a step that is reported"},
    {"batching", 0.5, "least part of the waiting that a log finds to be for a batch, 0 to 1"},
    {"busy", 0.5, "share of a role's time, 0 to 1, from which a queue may explain the waiting"},
};

}  // namespace

constinit const Heuristic heuristics::batch_or_rhythm{
    .about = {.code = "A504",
              .name = "batch-or-rhythm",
              .level = Level::warning,
              .summary = "cases wait for the next meeting, run or batch",
              .what = "A step of ours, or a wait, before which cases wait 4 hours or more, and "
                      "whose name says that it is done at set times or for many at once (每周, "
                      "例会, 批量, 攒; weekly, meeting, committee, batch). As a question (info): "
                      "where cases wait less than a day, or only its note says so; where a time is "
                      "agreed on (预约, 排期; book, "
                      "schedule) and cases wait a day or more there or at one of the three steps "
                      "that follow; and where the waiting is about half a day, half a week or "
                      "half a month, twenty times the work or more, and its role is known to be "
                      "busy with this process for less than half of its time (and, for half a "
                      "day, has no opening hours). Where a log tells why cases wait, at least "
                      "half must be for a batch to fill. What is done more often still makes a "
                      "case wait half of "
                      "the new interval, a day or an hour.",
              .why = "What is done once in a while makes each case wait half of that while, "
                     "however little work it is (order-based work, Reijers and Liman Mansar "
                     "2005).",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[[step]]
id = "apply"
name = "投诉升级"
kind = "start"
next = "agree"
[[step]]
id = "agree"
name = "每周例会定赔付方案"
role = "lead"
time = "10m"
wait = "84h"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "agent"
time = "3m"
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
name = "投诉升级"
kind = "start"
next = "agree"
[[step]]
id = "agree"
name = "定赔付方案"
role = "lead"
time = "10m"
wait = "2h"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "agent"
time = "3m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::remove_batch, Improvement::staffing}},
    .check = check};

}  // namespace gemba::inline audit
