#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace gemba {

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
/// strptime(3), `%Y %y %m %b %B %h %d %e %F %D` for the date (whole: year, month and day; `%y` is
/// 1969 to 2068), `%H %I %M %S %p %R %T %r` for the clock (seconds with their decimals, at most
/// six), `%a %A` for the weekday, `%z` (`+0800`), `%Ez` (`+08:00`) or `%Z` (`UTC`, an abbreviation
/// of the log's own zone, a zone of RFC 2822 or a name such as Europe/Berlin) for the zone, `%n %t`
/// and spaces for white space and `%%` for the sign. Throws `UsageError` for anything else.
TimeFormat parse_time_format(std::string_view text);

}  // namespace gemba
