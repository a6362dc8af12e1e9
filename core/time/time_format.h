#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace gemba::inline time {

/// How the times of a log are written: what `--time-format` says. A plain value.
struct TimeFormat {
  enum class Kind : std::uint8_t {
    automatic,     ///< `auto`: every form that tells itself
    day_first,     ///< `day-first`: the same, and 1/5/2026 is 1 May
    month_first,   ///< `month-first`: the same, and 1/5/2026 is 5 January
    seconds,       ///< `s`: numbers since 1970-01-01T00:00:00Z
    milliseconds,  ///< `ms`
    microseconds,  ///< `us`
    excel,         ///< `excel`: days since 1899-12-30 on the zone's clocks
    pattern        ///< `%d.%m.%y %H:%M`: see `parse_time_format`
  };
  Kind kind = Kind::automatic;
  std::string pattern;  ///< of `Kind::pattern`, else empty

  friend bool operator==(const TimeFormat&, const TimeFormat&) = default;
};

/// Reads a word of `TimeFormat::Kind` or a pattern: a text with `%`, in which stand, as in
/// strptime(3),
/// - `%Y %y %m %b %B %h %d %e %F %D` for the date, which must be whole (year, month and day): `%Y`
///   has four digits, `%y` two, which are 1969 to 2068; names are English, whatever the locale;
/// - `%H %M %S %R %T` or `%I %M %S %p %r` for the clock: `%S` has decimals too, those after the
///   sixth are cut;
/// - `%a %A` for the weekday, which must be that of the date;
/// - `%z %Ez` (`+0800`, `+08:00`, `Z`) or `%Z` (`UTC`, an abbreviation of the log's own zone, a
/// zone
///   of RFC 2822 or a name such as Europe/Berlin) for the zone;
/// - `%n %t` and white space for any or no white space, `%%` for the sign.
///
/// Throws `UsageError` for anything else.
TimeFormat parse_time_format(std::string_view text);

/// A format in words, for a text that is no time of it: `day first`, `as '%d.%m.%Y'`; empty for
/// `Kind::automatic`.
std::string describe(const TimeFormat& format);

}  // namespace gemba::inline time
