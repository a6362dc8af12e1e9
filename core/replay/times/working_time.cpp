#include "core/replay/times/working_time.h"

#include <algorithm>

namespace gemba::inline replay {
namespace {

constexpr std::size_t kept_days = 128;

Date date_of(std::int64_t day) {
  const CivilDate date = civil_date(day);
  return {static_cast<int>(date.year), static_cast<int>(date.month), static_cast<int>(date.day)};
}

bool contains(const std::vector<Date>& dates, const Date& date) {
  return std::find(dates.begin(), dates.end(), date) != dates.end();
}

}  // namespace

std::optional<CalendarId> calendar_of(const Process& process, const Step& step,
                                      std::optional<CalendarId> instead) {
  if (instead || !step.role) return instead;
  return process.definitions[*step.role].calendar;
}

WorkingClock::WorkingClock(const Calendar& calendar)
    : calendar_(&calendar), zone_(calendar.timezone), clock_(zone_), days_(kept_days) {}

const std::vector<Shift>& WorkingClock::shifts_on(std::int64_t day) const {
  static const std::vector<Shift> closed;
  const Date date = date_of(day);
  if (contains(calendar_->off, date)) return closed;
  if (contains(calendar_->work, date)) return calendar_->hours[0];
  return calendar_->hours[weekday_of(day)];
}

WorkingClock::OpenDay& WorkingClock::open_day(std::int64_t day) {
  OpenDay& kept = days_[static_cast<std::uint64_t>(day) % kept_days];
  if (kept.day == day) return kept;
  kept = {day, 0, std::nullopt, {}};
  for (const Shift& shift : shifts_on(day)) {
    const Micros opens = zone_.to_utc(day * micros_per_day + shift.begin * micros_per_minute);
    const Micros closes = zone_.to_utc(day * micros_per_day + shift.end * micros_per_minute);
    kept.open += closes - opens;
    kept.shifts.emplace_back(opens, closes);
  }
  return kept;
}

/// Open time of a local day between two moments.
WorkingSpan WorkingClock::part_of(std::int64_t day, Micros begin, Micros end) {
  const OpenDay& kept = open_day(day);
  WorkingSpan span;
  for (const auto& [opens, closes] : kept.shifts)
    span.micros += std::max<Micros>(0, std::min(end, closes) - std::max(begin, opens));
  if (kept.open > 0) span.days = static_cast<double>(span.micros) / static_cast<double>(kept.open);
  return span;
}

WorkingClock::Total WorkingClock::whole(std::int64_t day) {
  Total total;
  total.micros = open_day(day).open;
  total.days = total.micros > 0 ? 1 : 0;
  return total;
}

/// Sum of the whole days from the anchor up to a day, that day not included; negative before the
/// anchor.
WorkingClock::Total WorkingClock::up_to(std::int64_t day) {
  const bool is_later = day >= anchor_;
  std::vector<Total>& sums = is_later ? later_ : earlier_;
  const auto count = static_cast<std::size_t>(is_later ? day - anchor_ : anchor_ - day);
  while (sums.size() <= count) {
    const auto done = static_cast<std::int64_t>(sums.size()) - 1;
    const Total next = whole(is_later ? anchor_ + done : anchor_ - done - 1);
    sums.push_back({sums.back().micros + next.micros, sums.back().days + next.days});
  }
  const Total& sum = sums[count];
  return is_later ? sum : Total{-sum.micros, -sum.days};
}

/// Once; the first day that is asked for is near the others.
void WorkingClock::set_anchor(std::int64_t day) {
  if (!later_.empty()) return;
  anchor_ = day;
  later_.emplace_back();
  earlier_.emplace_back();
}

WorkingClock::OpenDay& WorkingClock::count_up_to(std::int64_t day) {
  set_anchor(day);
  const Micros before = up_to(day).micros;  // may take the place of the day
  OpenDay& found = open_day(day);
  found.before = before;
  return found;
}

Micros WorkingClock::open_until(Micros moment) {
  if (last_ && last_->time == moment) return last_->open;
  const std::int64_t day = day_of_local(clock_.to_local(moment));
  const OpenDay& kept = days_[static_cast<std::uint64_t>(day) % kept_days];
  const OpenDay& found = kept.day == day && kept.before ? kept : count_up_to(day);
  Micros open = *found.before;
  for (const auto& [opens, closes] : found.shifts)
    open += std::max<Micros>(0, std::min(moment, closes) - opens);
  last_ = {moment, open};
  return open;
}

WorkingSpan WorkingClock::between(Micros begin, Micros end) {
  if (end <= begin) return {};
  const std::int64_t first = day_of_local(clock_.to_local(begin));
  const std::int64_t last = day_of_local(clock_.to_local(end));
  WorkingSpan span = part_of(first, begin, end);
  if (last <= first) return span;
  const WorkingSpan rest = part_of(last, begin, end);
  set_anchor(first);
  const Total until_last = up_to(last);
  const Total until_first = up_to(first + 1);
  span.micros += rest.micros + until_last.micros - until_first.micros;
  span.days += rest.days + static_cast<double>(until_last.days - until_first.days);
  return span;
}

}  // namespace gemba::inline replay
