#include "core/base/time.h"

#include <fmt/format.h>

#include <chrono>

namespace gemba {

std::string format_utc(Micros utc) {
  using namespace std::chrono;
  std::int64_t day = utc / micros_per_day;
  Micros since_midnight = utc % micros_per_day;
  if (since_midnight < 0) {
    since_midnight += micros_per_day;
    --day;
  }
  const hh_mm_ss<microseconds> clock{microseconds(since_midnight)};
  // The calendar repeats every 400 years, and <chrono> ends with the year 32767.
  constexpr std::int64_t days_per_cycle = 146'097;
  const std::int64_t cycle = (day - (day < 0 ? days_per_cycle - 1 : 0)) / days_per_cycle;
  const year_month_day date{sys_days{days{day - cycle * days_per_cycle}}};
  const std::int64_t year = static_cast<int>(date.year()) + 400 * cycle;
  std::string text =
      year >= 0 && year <= 9999 ? fmt::format("{:04}", year) : fmt::format("{:+07}", year);
  text += fmt::format("-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), clock.hours().count(),
                      clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  if (fraction % 1000 != 0) {
    text += fmt::format(".{:06}", fraction);
  } else if (fraction != 0) {
    text += fmt::format(".{:03}", fraction / 1000);
  }
  return text + 'Z';
}

}  // namespace gemba
