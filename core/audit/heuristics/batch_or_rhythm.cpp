#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/estimate/capacity.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr double hour = 3600;
constexpr double day = 24 * hour;

// 批 by itself is in 审批.
constexpr std::array names_of_rhythm = {
    "每周"sv,       "每月"sv,        "周会"sv,         "例会"sv,      "周例"sv,
    "月度"sv,       "月底"sv,        "月末"sv,         "定期"sv,      "批量"sv,
    "分批"sv,       "成批"sv,        "整批"sv,         "攒"sv,        "集中处理"sv,
    "集中审"sv,     "委员会"sv,      "weekly"sv,       "monthly"sv,   "nightly"sv,
    "fortnight"sv,  "quarterly"sv,   "meeting"sv,      "committee"sv, "batch"sv,
    "in bulk"sv,    "once a week"sv, "once a month"sv, "month end"sv, "month-end"sv,
    "every week"sv, "every month"sv, "payment run"sv,  "print run"sv};

// A note tells of many things: only what can hardly mean anything else.
constexpr std::array notes_of_rhythm = {
    "每周一次"sv,     "每月一次"sv,   "每周开"sv,         "每月开"sv,
    "例会"sv,         "批量"sv,       "分批"sv,           "成批"sv,
    "攒"sv,           "集中处理"sv,   "weekly meeting"sv, "once a week"sv,
    "once a month"sv, "in batches"sv, "a batch"sv,        "monthly meeting"sv};

constexpr std::array chinese_bookings = {"预约"sv, "排期"sv, "约时间"sv, "约定时间"sv, "挂号"sv};
constexpr std::array english_bookings = {"book "sv, "schedule "sv, "make an appointment"sv,
                                         "arrange an appointment"sv, "arrange a meeting"sv};

template <std::size_t N>
std::string_view first_of(std::string_view text, const std::array<std::string_view, N>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
  return found == words.end() ? std::string_view() : *found;
}

double waiting_at(const AuditInput& input, StepId id) {
  return input.expected.steps[id.index()].waiting;
}

/// Whether it is for us to begin sooner: work of ours, or a wait that we have set.
bool is_ours(const Process& process, StepId id) {
  return is_own_work(process, id) ||
         (process[id].kind == StepKind::wait && !process.is_external(process[id]));
}

/// How much earlier cases would end if the step were begun at once.
void add_gain(const AuditInput& input, StepId waits, Finding& finding) {
  finding.change.edit.unwaited = {waits};
  const Expected after =
      expected(input.process, input.graph, input.profile, finding.change.edit, &input.expected);
  finding.evidence.push_back(
      {fmt::format("a case takes {}, and would take {} if {} were begun at once",
                   humane_seconds(input.expected.cycle_seconds),
                   humane_seconds(after.cycle_seconds), quoted(input.process[waits])),
       input.expected.steps[waits.index()].waiting_origin == Origin::measured ? Basis::log
                                                                              : Basis::declared});
  add_time_evidence(input, waits, finding);
  add_pain_evidence(input, waits, finding);
}

void report_rhythm(const AuditInput& input, StepId id, std::string_view word, bool in_name,
                   AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding = report.add(id, fmt::format("cases wait {} for the next time of {}",
                                                humane_seconds(waiting_at(input, id)), name));
  if (!in_name || waiting_at(input, id) < day) finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back({fmt::format("its {} says '{}': it is done for many cases at once",
                                          in_name ? "name" : "note", trimmed(word)),
                              Basis::declared});
  add_gain(input, id, finding);
  finding.against =
      "Several cases at once may be cheaper, or take people who rarely meet. The figures are those "
      "of no waiting at all; half of the new interval remains.";
  const bool meets =
      word.ends_with("会") || word.find("meeting") != word.npos || word == "committee";
  finding.change.summary = fmt::format(
      "Do {} for each case as it comes{}; where it must be at set times, more often: half of the "
      "interval is what a case waits.",
      name, meets ? ", or let one of those who meet decide alone" : "");
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
  add_gain(input, waits, finding);
  finding.against =
      "Times are agreed on so that nobody comes in vain, and so that people can plan. The figures "
      "are those of no waiting at all.";
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
  add_gain(input, id, finding);
  finding.against =
      "The people may have other work than this process. The figures are those of no waiting at "
      "all.";
  finding.change.summary = fmt::format(
      "Ask when {} is done; if it is at set times or when enough has come together, do it more "
      "often.",
      name);
}

void check_step(const AuditInput& input, const std::vector<Load>& loads, StepId id,
                AuditReport& report) {
  const Step& step = input.process[id];
  const double waiting = waiting_at(input, id);
  if (!is_ours(input.process, id) || input.expected.visits.steps[id.index()] <= 0) return;
  const std::string name = ascii_lower(step.name);
  const bool books = !first_of(name, chinese_bookings).empty() ||
                     std::any_of(english_bookings.begin(), english_bookings.end(),
                                 [&](std::string_view verb) { return name.starts_with(verb); });
  if (const auto waits = books ? waits_for_booking(input, id) : std::nullopt) {
    report_booking(input, id, *waits, report);
    return;
  }
  if (waiting < report.parameter("hours") * hour) return;
  const std::string_view named = first_of(name, names_of_rhythm);
  const std::string_view noted = first_of(ascii_lower(step.note), notes_of_rhythm);
  if (!named.empty() || !noted.empty()) {
    report_rhythm(input, id, named.empty() ? noted : named, !named.empty(), report);
    return;
  }
  const std::string_view interval = interval_of(waiting);
  const auto busy = utilisation_of(input, loads, id);
  const bool long_wait = input.expected.steps[id.index()].work * 20 <= waiting;
  if (!interval.empty() && busy && *busy < report.parameter("busy") && long_wait)
    report_interval(input, id, interval, *busy, report);
}

void check(const AuditInput& input, AuditReport& report) {
  const std::vector<Load> loads = loads_of(input.process, input.expected);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i)
    check_step(input, loads, StepId(i), report);
}

constexpr Parameter parameters[] = {
    {"hours", 4, "least waiting before a step that is reported"},
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
                      "busy with this process for less than half of its time.",
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
