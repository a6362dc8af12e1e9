#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/process.h"
#include "core/time/period.h"
#include "core/time/time.h"

namespace gemba::inline replay {

/// How much a calendar is open between two moments.
struct WorkingSpan {
  Micros micros = 0;
  double days =
      0;  ///< business days: each open day counts as the share of its hours that lies between
};

/// A moment, and how long a calendar was open up to it: as `WorkingClock::open_until` says; 0 where
/// no calendar counts.
struct ClockedMoment {
  Micros time = 0;
  Micros open = 0;
};

/// Open time from one moment to another; nothing when that is not later.
inline Micros open_between(const ClockedMoment& begin, const ClockedMoment& end) {
  return begin.time < end.time ? end.open - begin.open : 0;
}

/// The calendar by which the time of a step counts: `instead` where it is given, else that of the
/// step's role, if it has one.
std::optional<CalendarId> calendar_of(const Process& process, const Step& step,
                                      std::optional<CalendarId> instead);

/// Measures time in the opening hours of a calendar. Public holidays count nothing, make-up working
/// days have the hours of a Monday; changes to daylight saving follow the zone database.
class WorkingClock {
 public:
  /// Keeps a pointer to the calendar. Throws `UsageError` when its zone does not exist.
  explicit WorkingClock(const Calendar& calendar);

  /// Open time from `begin` to `end`; nothing when `end` is not later.
  WorkingSpan between(Micros begin, Micros end);

  /// Open time up to a moment, counted from one that stays the same: two of them differ by the open
  /// time between their moments.
  Micros open_until(Micros moment);

 private:
  /// What whole days add up to.
  struct Total {
    Micros micros = 0;
    std::int64_t days = 0;  ///< with any opening hours
  };

  /// When a calendar is open on a local day, in UTC.
  struct OpenDay {
    std::int64_t day = std::numeric_limits<std::int64_t>::min();
    Micros open = 0;  ///< in all
    std::optional<Micros>
        before;  ///< open time of the days from the anchor up to it, once asked for
    std::vector<std::pair<Micros, Micros>> shifts;
  };

  const std::vector<Shift>& shifts_on(std::int64_t day) const;
  OpenDay& open_day(std::int64_t day);
  OpenDay& count_up_to(std::int64_t day);
  WorkingSpan part_of(std::int64_t day, Micros begin, Micros end);
  Total whole(std::int64_t day);
  void set_anchor(std::int64_t day);
  Total up_to(std::int64_t day);

  // The end of an instance is mostly asked for again: it enables the next.
  std::optional<ClockedMoment> last_;
  const Calendar* calendar_;
  TimeZone zone_;
  LocalClock clock_;
  // Looking up when a day begins on the clocks of a zone takes long, and cases share their days.
  std::vector<OpenDay> days_;
  // Sums of whole days from an anchor on, both ways: `later_[n]` of the n days from it,
  // `earlier_[n]` of the n days before it. A log whose open ends are written as year 9999 asks for
  // millions of days, over and over.
  std::int64_t anchor_ = 0;
  std::vector<Total> later_, earlier_;
};

}  // namespace gemba::inline replay
