#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/time/time_zone.h"
#include "core/time/timestamp.h"

namespace gemba::inline time {

/// A day of the Gregorian calendar, of any year; the year before 1 is 0.
struct CivilDate {
  std::int64_t year = 1970;
  unsigned month = 1;  ///< 1 to 12
  unsigned day = 1;    ///< 1 to 31
};

/// The date of a day, counted from 1970-01-01, which is 0.
CivilDate civil_date(std::int64_t day);

/// The day of a date, counted likewise.
std::int64_t day_number(const CivilDate& date);

/// Day on which a time on local clocks (microseconds since 1970-01-01T00:00:00) lies.
std::int64_t day_of_local(Micros local);

/// The weekday of a day; 0 is Monday.
int weekday_of(std::int64_t day);

/// `2026-03-02`; years as in `format_utc`.
std::string format_date(const CivilDate& date);

/// `2026`; of a year outside of 0 to 9999 a sign and six digits.
std::string format_year(std::int64_t year);

/// `2012-01-01T05:00:00Z`, with milliseconds or microseconds where they are not zero. Years outside
/// of 0 to 9999 have a sign and six digits: `-000044-03-15T12:00:00Z`, `+012026-01-05T09:03:00Z`.
std::string format_utc(Micros utc);

/// `+08:00`: what clocks are ahead of UTC.
std::string format_offset(Micros offset);

/// A moment on the clocks of a zone, with their offset: `2012-01-01T13:00:00+08:00`; in UTC with
/// `Z`.
std::string format_local(Micros utc, const TimeZone& zone);

}  // namespace gemba::inline time
