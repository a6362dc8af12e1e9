#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/time/period.h"

namespace gemba::inline replay {

/// The hours of a week on the clocks of a zone: 0 is Monday from 0:00 to 1:00, 24 is Tuesday's.
inline constexpr std::size_t hours_per_week = std::size_t{7} * 24;

/// A figure for each hour of a week.
template <class Figure>
using WeekTable = std::array<Figure, hours_per_week>;

/// When in the week cases arrive, SLAs are breached and work is done.
struct WeekHours {
  WeekTable<std::int64_t> arrivals = {};  ///< cases whose first moment lies in the hour
  /// Instances that an SLA was judged for, and those that breached it, by the moment when the step
  /// was enabled: then the clock began to run.
  WeekTable<std::int64_t> sla_judged = {}, sla_breached = {};
  /// Instances of all activities, also those no step claims. In logs with start and end times, the
  /// mean number of them at work (from start to end, suspensions included) in the hours that the
  /// log spans, from its first moment to its last; none for an hour of the week that lies outside.
  /// In logs with one time per event, how many lie in the hour.
  WeekTable<std::optional<double>> load = {};
  bool at_work = false;                    ///< which of the two
  Micros first = no_time, last = no_time;  ///< of the log's moments
};

/// When the model says an instance could begin, and whether it met its SLA.
struct InstanceTiming {
  Micros enabled = no_time;     ///< unknown for the first of a case
  std::optional<bool> sla_met;  ///< none where no SLA is judged
};

/// How much of a number of stretches of time lies in each hour of a week. A stretch takes the same
/// time however long it is, but for the changes of the clocks in it.
class WeekTime {
 public:
  explicit WeekTime(TimeZone zone) : clock_(std::move(zone)) {}

  /// Adds the time from `begin` up to `end`; nothing when `end` is not later.
  void add(Micros begin, Micros end);

  /// Adds what was added to another one.
  void join(const WeekTime& other);

  /// Seconds in each hour of the week, of all that was added.
  WeekTable<double> seconds() const;

 private:
  void add_until(Micros local, int sign);

  // The time of an hour of the week before a moment is that of the whole weeks, then a whole hour
  // where it lies before the moment in its week, then the part of the hour that holds the moment.
  LocalClock clock_;
  std::int64_t weeks_ = 0;
  WeekTable<std::int64_t> ends_in_ = {};  ///< moments by the hour that holds them, signed
  WeekTable<std::int64_t> parts_ = {};    ///< microseconds
};

/// Collects the week's hours of a log, case by case.
class WeekCollector {
 public:
  WeekCollector(const TimeZone& zone, bool interval)
      : clock_(zone), work_(zone), span_(zone), interval_(interval) {}

  /// Adds a case; `timings` are by position in `instances`.
  void add(const std::vector<Instance>& instances, std::span<const InstanceTiming> timings);

  /// Adds the cases of another one.
  void join(const WeekCollector& other);

  WeekHours result();

 private:
  std::size_t hour_of(Micros moment);

  LocalClock clock_;
  WeekTime work_, span_;
  bool interval_;
  WeekHours hours_;
  WeekTable<std::int64_t> events_ = {};
};

}  // namespace gemba::inline replay
