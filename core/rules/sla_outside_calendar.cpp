#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

constexpr int minutes_per_day = 24 * 60;
constexpr int minutes_per_week = 7 * minutes_per_day;

/// Opening times of a usual week in minutes from Monday 0:00, those that touch joined.
std::vector<Shift> week_of(const Calendar& calendar) {
  std::vector<Shift> week;
  for (int day = 0; day < 7; ++day) {
    for (const Shift& shift : calendar.hours[day]) {
      const int begin = day * minutes_per_day + shift.begin;
      const int end = day * minutes_per_day + shift.end;
      if (!week.empty() && week.back().end >= begin) {
        week.back().end = std::max(week.back().end, end);
      } else {
        week.push_back({begin, end});
      }
    }
  }
  // Sunday night may go on into Monday.
  if (week.size() > 1 && week.front().begin == 0 && week.back().end == minutes_per_week) {
    week.back().end += week.front().end;
    week.erase(week.begin());
  }
  return week;
}

/// What an SLA and a calendar say about each other.
struct Cut {
  double share = 0;  ///< of the opening time: a case that comes then is due before it opens again
  int closes = 0;    ///< minute of the week before the longest break that cuts it
  int opens = 0;     ///< … and when it ends
};

Cut cut_of(const std::vector<Shift>& week, double sla_minutes) {
  Cut cut;
  double cut_minutes = 0;
  double open_minutes = 0;
  for (std::size_t at = 0; at < week.size(); ++at) {
    const Shift& shift = week[at];
    const int opens = at + 1 < week.size() ? week[at + 1].begin : week[0].begin + minutes_per_week;
    open_minutes += shift.end - shift.begin;
    const double first = std::max<double>(shift.begin, shift.end - sla_minutes);
    const double last = std::min<double>(shift.end, opens - sla_minutes);
    if (last <= first) continue;
    cut_minutes += last - first;
    if (opens - shift.end > cut.opens - cut.closes) {
      cut.closes = shift.end;
      cut.opens = opens;
    }
  }
  if (open_minutes > 0) cut.share = cut_minutes / open_minutes;
  return cut;
}

/// `Friday 17:30`.
std::string moment(int minute_of_week) {
  constexpr std::array days = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                               "Friday", "Saturday", "Sunday"};
  const int minute = (minute_of_week % minutes_per_week + minutes_per_week) % minutes_per_week;
  return fmt::format("{} {:02}:{:02}", days[static_cast<std::size_t>(minute / minutes_per_day)],
                     minute % minutes_per_day / 60, minute % 60);
}

std::string message(const Step& step, const Calendar& calendar, const Cut& cut, int sla_minutes) {
  const int early = std::clamp(sla_minutes / 4, 1, 30);
  return fmt::format(
      "'{}' is to be done within {}, but a case that comes on {} is due on {}, while "
      "calendar '{}' is closed until {}; say it in business time, such as 4bh",
      step.id, humane_seconds(sla_minutes * 60.0), moment(cut.closes - early),
      moment(cut.closes - early + sla_minutes), calendar.id, moment(cut.opens));
}

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  const double most = report.parameter("share");
  for (const Step& step : input.process.steps) {
    if (!step.sla || step.sla->value.kind != Duration::Kind::elapsed || !step.role) continue;
    const std::optional<CalendarId> calendar = all[*step.role].calendar;
    if (!calendar) continue;
    const double minutes = working_seconds(step.sla->value) / 60;
    const Cut cut = cut_of(week_of(all[*calendar]), minutes);
    if (cut.share <= most) continue;
    report.add(step.sla->span, step.id,
               message(step, all[*calendar], cut, static_cast<int>(minutes)));
  }
}

constexpr Parameter parameters[] = {
    {"share", 0.1, "the share of the opening time in which a case may come too late"}};

}  // namespace

constinit const Rule sla_outside_calendar{
    .about = {.code = "T403",
              .name = "sla-outside-calendar",
              .level = Level::warning,
              .summary = "an SLA that the role's calendar cannot meet",
              .what = "An `sla` in elapsed time at a role with a calendar, where a case that comes "
                      "in opening hours is often due after they end and before they begin again, "
                      "as 2 h on Friday at 17:30. A usual week counts, without holidays and "
                      "make-up days. An SLA in business time (`4bh`, `1bd`) stands still while the "
                      "calendar is closed.",
              .why = "The promise is broken every evening by people who have gone home, and the "
                     "report of broken promises is soon read by nobody.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
calendar = "office"
[calendars.office]
timezone = "Asia/Shanghai"
hours = { mon-fri = "09:00-18:00" }
[[step]]
id = "intake"
kind = "start"
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
sla = "2h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
calendar = "office"
[calendars.office]
timezone = "Asia/Shanghai"
hours = { mon-fri = "09:00-18:00" }
[[step]]
id = "intake"
kind = "start"
next = "answer"
[[step]]
id = "answer"
name = "答复顾客"
role = "agent"
sla = "2bh"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters},
    .check = check};

}  // namespace gemba::inline rules
