#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gemba::inline time {

/// Microseconds: of a duration, or since 1970-01-01T00:00:00Z.
using Micros = std::int64_t;

inline constexpr Micros micros_per_second = 1'000'000;
inline constexpr Micros micros_per_minute = 60 * micros_per_second;
inline constexpr Micros micros_per_hour = 60 * micros_per_minute;
inline constexpr Micros micros_per_day = 24 * micros_per_hour;

/// A twelfth of a Julian year.
inline constexpr double seconds_per_month = 365.25 / 12 * 86'400;

/// A length of time as a document states it. Elapsed time runs day and night; business days and
/// business hours only count while a calendar is open. A written duration uses one of the three.
struct Duration {
  enum class Kind : std::uint8_t { elapsed, business_hours, business_days };
  Kind kind = Kind::elapsed;
  Micros micros = 0;  ///< elapsed and business_hours
  double days = 0;    ///< business_days

  friend bool operator==(const Duration&, const Duration&) = default;
};

/// Reads `90s`, `15m`, `1h30m`, `2d`, `1w`, `1.5h`, ISO 8601 (`PT15M`, `P1DT2H`), `2bd`, `8bh`;
/// units `ms s m h d w`. A day is 24 hours. None for anything else: years, months, signs, spaces
/// inside, overflow, mixed kinds.
std::optional<Duration> parse_duration(std::string_view text);

/// Seconds that a duration takes in working time: a business day counts as `hours_per_business_day`
/// hours.
double working_seconds(const Duration& duration, double hours_per_business_day = 8.0);

/// For people: at most two units, `2h 14m`, `3d 4h`, `45s`, `0.5s`, `-3m`; `0s` for zero.
std::string humane_seconds(double seconds);

}  // namespace gemba::inline time
