#include "core/replay/working_time.h"

#include <algorithm>
#include <chrono>

namespace gemba {
namespace {

constexpr Micros micros_per_minute = 60 * micros_per_second;

/// Days since 1970-01-01 of a local time.
std::int64_t day_of(Micros local) {
  const Micros rest = local % micros_per_day;
  return local / micros_per_day - (rest < 0 ? 1 : 0);
}

Date date_of(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

/// 0 is Monday; day 0 was a Thursday.
std::size_t weekday_of(std::int64_t day) {
  return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7);
}

bool contains(const std::vector<Date>& dates, const Date& date) {
  return std::find(dates.begin(), dates.end(), date) != dates.end();
}

}  // namespace

WorkingClock::WorkingClock(const Calendar& calendar)
    : calendar_(&calendar), zone_(calendar.timezone) {}

const std::vector<Shift>& WorkingClock::shifts_on(std::int64_t day) const {
  static const std::vector<Shift> closed;
  const Date date = date_of(day);
  if (contains(calendar_->off, date)) return closed;
  if (contains(calendar_->work, date)) return calendar_->hours[0];
  return calendar_->hours[weekday_of(day)];
}

WorkingSpan WorkingClock::between(Micros begin, Micros end) {
  WorkingSpan span;
  if (end <= begin) return span;
  const std::int64_t last = day_of(zone_.to_local(end));
  for (std::int64_t day = day_of(zone_.to_local(begin)); day <= last; ++day) {
    Micros open = 0;
    Micros inside = 0;
    for (const Shift& shift : shifts_on(day)) {
      const Micros opens = zone_.to_utc(day * micros_per_day + shift.begin * micros_per_minute);
      const Micros closes = zone_.to_utc(day * micros_per_day + shift.end * micros_per_minute);
      open += closes - opens;
      inside += std::max<Micros>(0, std::min(end, closes) - std::max(begin, opens));
    }
    span.micros += inside;
    if (open > 0) span.days += static_cast<double>(inside) / static_cast<double>(open);
  }
  return span;
}

}  // namespace gemba
