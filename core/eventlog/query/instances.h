#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// What counts as a step of a case.
enum class LifecycleMode : std::uint8_t {
  automatic,  ///< `instances` when the log has start times or both start and complete events, else
              ///< `events`
  events,     ///< every row, with its one time; transitions and start times are ignored
  instances,  ///< start and complete events are paired; start and end columns are used
  complete    ///< only complete events (and those that name no transition), with their one time
};

/// The word for a mode: `auto`, `events`, `instances`, `complete`.
std::string_view to_string(LifecycleMode mode);

/// The mode a word stands for, or none.
std::optional<LifecycleMode> lifecycle_mode(std::string_view word);

/// One execution of an activity in a case. Times that are not known are `no_time`.
struct Instance {
  ActivityId activity;
  ResourceId resource = no_resource;  ///< of the completing event, else of the starting one
  Micros start = no_time;             ///< unknown when the log has only one time for it
  Micros end = no_time;               ///< unknown when it is open, or the log has no times
  Micros scheduled = no_time;         ///< first `schedule` or `assign` event before it
  Micros suspended = 0;               ///< time between `suspend` and `resume`
  std::uint32_t event = 0;            ///< the completing event, else the starting one
  bool open = false;                  ///< started and never completed

  /// The moment that places it in its case: its end, or its start while it is open.
  Micros moment() const { return end != no_time ? end : start; }

  /// end − start − suspended; none unless both are known.
  std::optional<Micros> service() const {
    if (start == no_time || end == no_time) return std::nullopt;
    return end - start - suspended;
  }
};

/// The instances of a case and what could not be made part of one. A buffer to use again for each
/// case.
struct CaseInstances {
  std::vector<Instance> instances;  ///< in order of `moment`; ties in the order of the file
  std::int64_t completes_unpaired =
      0;  ///< complete events without a start: instances of unknown service time
  std::int64_t other_events = 0;  ///< events of other transitions, no steps of their own
};

/// The mode that `automatic` stands for in this log; any other mode as it is.
LifecycleMode resolve(LifecycleMode mode, const EventLog& log);

/// Whether instances of a log read in this (resolved) mode have start times: service and waiting
/// times exist.
bool is_interval(LifecycleMode mode, const EventLog& log);

/// By ActivityId: so many instances of it the log has at most, and 0 where it has none; `mode` is
/// resolved.
std::vector<std::size_t> most_instances(const EventLog& log, LifecycleMode mode);

/// The instances of the case whose events `events` are (`EventLog::events_of`); `mode` is resolved.
/// In `instances` mode `start` and `complete` are paired per activity by `concept:instance` where
/// present, else first-in first-out; `suspend`/`resume` belong to the oldest open instance of their
/// activity.
void instances_of(const EventLog& log, EventRange events, LifecycleMode mode, CaseInstances& out);

}  // namespace gemba::inline eventlog
