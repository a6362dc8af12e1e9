#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time/time_zone.h"

namespace gemba::inline time {

/// What a calendar divides time into.
enum class PeriodUnit : std::uint8_t { hour, day, week, month };

/// The word for a unit: `hour`, `day`, `week`, `month`.
std::string_view to_string(PeriodUnit unit);

/// The unit a word stands for, or none.
std::optional<PeriodUnit> period_unit(std::string_view word);

/// A calendar period: from `begin` up to `end`.
struct Period {
  /// `2026-03-02 14:00`, `2026-03-02`, `2026-W10`, `2026-03`. An hour that the clocks show twice,
  /// or a part of it twice, has its offset: `2026-10-25 02:00 +01:00`.
  std::string name;
  Micros begin = 0;
  Micros end = 0;
};

/// More periods than this nobody looks at; an hourly year has room.
inline constexpr std::size_t most_periods = 10'000;

/// The periods of a zone's calendar from the one that holds `first` to the one that holds `last`
/// (not before it), without a gap. Weeks are those of ISO 8601: they begin on Monday and belong to
/// the year of their Thursday. A day on which the clocks change has 23 or 25 hours. None when there
/// would be more than `most_periods`.
std::optional<std::vector<Period>> periods_between(PeriodUnit unit, const TimeZone& zone,
                                                   Micros first, Micros last);

/// Finds the period of a moment, again and again.
class PeriodFinder {
 public:
  /// Keeps a reference to the periods, which follow each other without a gap.
  explicit PeriodFinder(const std::vector<Period>& periods) : periods_(periods) {}

  /// Position of the period that holds a moment, which one of them does.
  std::size_t find(Micros moment);

 private:
  const std::vector<Period>& periods_;
  std::size_t last_ = 0;  ///< moments that follow each other mostly share their period
};

/// Local times of a zone, fast where moments that follow each other share an offset.
class LocalClock {
 public:
  explicit LocalClock(TimeZone zone) : zone_(std::move(zone)) {}

  /// The offset at a moment, and how long the clocks have it.
  const ZoneOffset& offset_at(Micros utc) {
    if (utc < known_.begin || utc >= known_.end) known_ = zone_.offset_at(utc);
    return known_;
  }

  Micros to_local(Micros utc) { return utc + offset_at(utc).offset; }

 private:
  TimeZone zone_;
  ZoneOffset known_ = {.offset = 0, .begin = 0, .end = 0};
};

}  // namespace gemba::inline time
