#include "core/time/period.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/time/time.h"

namespace gemba::inline time {
namespace {

constexpr std::array<std::string_view, 4> words = {"hour", "day", "week", "month"};

std::int64_t first_day_of(PeriodUnit unit, std::int64_t day) {
  // Weeks of ISO 8601 begin on Monday.
  if (unit == PeriodUnit::week) return day - weekday_of(day);
  if (unit == PeriodUnit::day) return day;
  const CivilDate date = civil_date(day);
  return day_number({date.year, date.month, 1});
}

/// First day of the period after the one that begins with a day.
std::int64_t next_first_day(PeriodUnit unit, std::int64_t day) {
  if (unit == PeriodUnit::week) return day + 7;
  if (unit == PeriodUnit::day) return day + 1;
  const CivilDate date = civil_date(day);
  return date.month == 12 ? day_number({date.year + 1, 1, 1})
                          : day_number({date.year, date.month + 1, 1});
}

std::string name_of(PeriodUnit unit, std::int64_t first_day) {
  const std::string date = format_date(civil_date(first_day));
  if (unit == PeriodUnit::day) return date;
  if (unit == PeriodUnit::month) return date.substr(0, date.size() - 3);
  const std::int64_t thursday = first_day + 3;
  const std::int64_t year = civil_date(thursday).year;
  const std::int64_t week = (thursday - day_number({year, 1, 1})) / 7 + 1;
  return fmt::format("{}-W{:02}", format_year(year), week);
}

bool is_repeated(TimeZone& zone, Micros local) {
  LocalTime kind = LocalTime::unique;
  zone.to_utc(local, kind);
  return kind == LocalTime::repeated;
}

/// The hour on the clocks that holds a moment: it ends early, or begins late, where they change
/// within it.
Period hour_at(TimeZone zone, Micros moment) {
  const ZoneOffset known = zone.offset_at(moment);
  const Micros local = moment + known.offset;
  const std::int64_t day = day_of_local(local);
  const Micros hour = (local - day * micros_per_day) / micros_per_hour;
  const Micros shown = day * micros_per_day + hour * micros_per_hour;
  Period period;
  period.begin = std::max(shown - known.offset, known.begin);
  period.end = std::min(shown - known.offset + micros_per_hour, known.end);
  period.name = fmt::format("{} {:02}:00", format_date(civil_date(day)), hour);
  if (is_repeated(zone, period.begin + known.offset) ||
      is_repeated(zone, period.end + known.offset - 1)) {
    period.name += " " + format_offset(known.offset);
  }
  return period;
}

/// Far fewer than there could be: no period is longer than 32 days, or a day of 48 hours.
bool are_too_many(PeriodUnit unit, Micros first, Micros last) {
  constexpr std::array<std::uint64_t, 4> longest_hours = {1, 48, 7 * 24 + 24, 32 * 24};
  const auto length = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
  return length / micros_per_hour / longest_hours[static_cast<std::size_t>(unit)] > most_periods;
}

}  // namespace

std::string_view to_string(PeriodUnit unit) { return words[static_cast<std::size_t>(unit)]; }

std::optional<PeriodUnit> period_unit(std::string_view word) {
  const auto* const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<PeriodUnit>(found - words.begin());
}

std::optional<std::vector<Period>> periods_between(PeriodUnit unit, const TimeZone& zone,
                                                   Micros first, Micros last) {
  if (are_too_many(unit, first, last)) return std::nullopt;
  std::vector<Period> periods;
  if (unit == PeriodUnit::hour) {
    for (Micros at = first; at <= last; at = periods.back().end) {
      if (periods.size() == most_periods) return std::nullopt;
      periods.push_back(hour_at(zone, at));
    }
    return periods;
  }
  TimeZone clocks = zone;
  std::int64_t day = first_day_of(unit, day_of_local(zone.to_local(first)));
  for (Micros begin = clocks.to_utc(day * micros_per_day); begin <= last;) {
    if (periods.size() == most_periods) return std::nullopt;
    const std::int64_t next_day = next_first_day(unit, day);
    const Micros end = clocks.to_utc(next_day * micros_per_day);
    // Where a zone changed sides of the date line, a day has no time at all.
    if (end > begin) periods.push_back({name_of(unit, day), begin, end});
    day = next_day;
    begin = end;
  }
  return periods;
}

std::size_t PeriodFinder::find(Micros moment) {
  const Period& near = periods_[last_];
  if (moment >= near.begin && moment < near.end) return last_;
  const auto after =
      std::upper_bound(periods_.begin(), periods_.end(), moment,
                       [](Micros at, const Period& each) { return at < each.begin; });
  last_ = after == periods_.begin() ? 0 : static_cast<std::size_t>(after - periods_.begin()) - 1;
  return last_;
}

}  // namespace gemba::inline time
