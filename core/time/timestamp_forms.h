#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/time_cursor.h"
#include "core/time/timestamp.h"

namespace gemba::inline time {

// The forms of `TimestampReader`, each read without a zone and without a memory.

/// What may follow a date depends on how it is written.
enum class DateStyle : std::uint8_t {
  year_first,  ///< `2026-01-05`: `T` or spaces, a Chinese weekday, an offset without a clock
  chinese,     ///< `2026年1月5日`: the clock may follow at once
  numeric,     ///< `5.1.2026`, `1/5/2026`: a comma
  named        ///< `5 Jan 2026`: a comma, the zones of RFC 2822
};

/// A date: days since 1970-01-01.
struct WrittenDate {
  std::int64_t day = 0;
  std::int64_t day_first = 0;  ///< the other reading, if `ambiguous`; `day` is then month first
  bool ambiguous = false;
  DateOrder decides = DateOrder::undecided;  ///< the order that the date shows to be used
  DateStyle style = DateStyle::year_first;
};

/// A time on the clocks of its place.
struct WrittenTime {
  Micros local = 0;
  Micros day_first = no_moment;  ///< the other reading, as in `Timestamp`, but local
  DateOrder decides = DateOrder::undecided;
  bool has_offset = false;
  Micros offset = 0;  ///< to subtract from `local`, if `has_offset`
};

/// What a pattern finds in a text.
struct PatternTime {
  Micros local = 0;
  std::optional<Micros> offset;  ///< of `%z`
  std::string zone;              ///< of `%Z`; empty without
};

/// Days since 1970-01-01 in the Gregorian calendar, also before it was introduced; none for a date
/// that does not exist.
std::optional<std::int64_t> days_of(std::int64_t year, int month, int day);

/// 1 to 12 for an English name or its first three letters (`Sept` too), in any case; else −1.
int month_of(std::string_view word);

/// 0 (Monday) to 6 for an English name or its first three letters, in any case; else −1.
int english_weekday(std::string_view word);

/// Takes a date of any form that is not a number of days or seconds, which begins with so many
/// digits.
std::optional<WrittenDate> take_date(TimeCursor& cursor, std::size_t digits, DateOrder order);

/// Takes the weekday `星期一` or `周一`; 0 is Monday.
std::optional<int> take_chinese_weekday(TimeCursor& cursor);

/// Takes a time of the day: from midnight to 24:00, or 23:59:60 and its fraction.
std::optional<Micros> take_clock(TimeCursor& cursor);

/// `AM`, `p.m.`, with spaces before it; takes nothing when there is none.
enum class DayHalf : std::uint8_t { none, am, pm };
DayHalf take_day_half(TimeCursor& cursor);

/// What a clock shows, since midnight: 24:00:00 is the end of the day, second 60 a leap second.
/// None for hands that no clock has.
std::optional<Micros> time_of_day(int hour, int minute, int second, Micros fraction);

/// The hour of the day of an hour from 1 to 12, else −1.
int hour_of_half(int hour, DayHalf half);

/// Whether a clock begins with a part of the day (`上午`).
bool at_day_part(const TimeCursor& cursor);

/// Takes the clock of digits alone that may follow eight of a date: `0903`, `090307`, `090307123`.
std::optional<Micros> take_digit_clock(TimeCursor& cursor);

/// Takes an offset from UTC, and spaces before it.
std::optional<Micros> take_offset(TimeCursor& cursor);

/// The same with the zones of RFC 2822 and, after it, a comment in parentheses.
std::optional<Micros> take_rfc_offset(TimeCursor& cursor);

/// The offset of a zone of RFC 2822 by name (`GMT`, `EST`), in any case, or none.
std::optional<Micros> rfc_zone(std::string_view name);

/// Takes the digits after a decimal mark as microseconds, cut after the sixth; none without digits.
std::optional<Micros> take_fraction(TimeCursor& cursor);

/// Epoch time of a whole text of 10, 13, 16 or 19 digits.
std::optional<Micros> read_epoch(std::string_view text);

/// A number of units since the epoch, negative too and with decimals; none when it overflows.
/// `unit` is 1, 1000 or 1000000 microseconds.
std::optional<Micros> read_units(std::string_view text, Micros unit);

/// An Excel serial number from `least` to `most`, local.
std::optional<Micros> read_serial(std::string_view text, int least, int most);

/// Any form of `TimeFormat::Kind::automatic`, without white space around it. An `order` that is
/// decided is kept to.
std::optional<WrittenTime> read_written_time(std::string_view text, DateOrder order);

/// Reads a whole text with a pattern that `parse_time_format` found good.
std::optional<PatternTime> read_pattern_time(std::string_view pattern, std::string_view text);

}  // namespace gemba::inline time
