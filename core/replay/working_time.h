#pragma once
#include "core/base/time.h"
#include "core/model/definitions.h"

namespace gemba {

/// How much a calendar is open between two moments.
struct WorkingSpan {
  Micros micros = 0;
  double days =
      0;  ///< business days: each open day counts as the share of its hours that lies between
};

/// Measures time in the opening hours of a calendar. Public holidays count nothing, make-up working
/// days have the hours of a Monday; changes to daylight saving follow the zone database.
class WorkingClock {
 public:
  /// Keeps a pointer to the calendar. Throws `UsageError` when its zone does not exist.
  explicit WorkingClock(const Calendar& calendar);

  /// Open time from `begin` to `end`; nothing when `end` is not later.
  WorkingSpan between(Micros begin, Micros end);

 private:
  const std::vector<Shift>& shifts_on(std::int64_t day) const;

  const Calendar* calendar_;
  TimeZone zone_;
};

}  // namespace gemba
