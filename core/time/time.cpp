#include "core/time/time.h"

#include <fmt/format.h>

#include <chrono>

namespace gemba::inline time {

namespace {

// The calendar repeats every 400 years, and <chrono> ends with the year 32767.
constexpr std::int64_t years_per_cycle = 400;
constexpr std::int64_t days_per_cycle = 146'097;

std::int64_t floor_of(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

}  // namespace

CivilDate civil_date(std::int64_t day) {
  using namespace std::chrono;
  const std::int64_t cycle = floor_of(day, days_per_cycle);
  const year_month_day date{sys_days{days{day - cycle * days_per_cycle}}};
  return {static_cast<int>(date.year()) + years_per_cycle * cycle,
          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

std::int64_t day_number(const CivilDate& date) {
  using namespace std::chrono;
  const std::int64_t cycle = floor_of(date.year, years_per_cycle);
  const year_month_day within{year{static_cast<int>(date.year - years_per_cycle * cycle)},
                              month{date.month}, day{date.day}};
  return sys_days{within}.time_since_epoch().count() + cycle * days_per_cycle;
}

std::int64_t day_of_local(Micros local) { return floor_of(local, micros_per_day); }

// Day 0 was a Thursday.
int weekday_of(std::int64_t day) { return static_cast<int>(day + 3 - 7 * floor_of(day + 3, 7)); }

std::string format_year(std::int64_t year) {
  return year >= 0 && year <= 9999 ? fmt::format("{:04}", year) : fmt::format("{:+07}", year);
}

std::string format_date(const CivilDate& date) {
  return fmt::format("{}-{:02}-{:02}", format_year(date.year), date.month, date.day);
}

std::string format_utc(Micros utc) {
  using namespace std::chrono;
  const std::int64_t day = day_of_local(utc);
  const Micros rest = utc % micros_per_day;
  const hh_mm_ss<microseconds> clock{microseconds(rest < 0 ? rest + micros_per_day : rest)};
  std::string text = format_date(civil_date(day));
  text += fmt::format("T{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                      clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  if (fraction % 1000 != 0) {
    text += fmt::format(".{:06}", fraction);
  } else if (fraction != 0) {
    text += fmt::format(".{:03}", fraction / 1000);
  }
  return text + 'Z';
}

std::string format_offset(Micros offset) {
  const std::int64_t minutes = offset / (60 * micros_per_second);
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

std::string format_local(Micros utc, const TimeZone& zone) {
  const Micros offset = zone.offset_at(utc).offset;
  std::string text = format_utc(utc + offset);
  if (offset == 0) return text;
  text.pop_back();
  return text + format_offset(offset);
}

}  // namespace gemba::inline time
