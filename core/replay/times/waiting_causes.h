#pragma once
#include <cstdint>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/eventlog/event_log.h"
#include "core/model/process.h"
#include "core/replay/profile.h"

namespace gemba::inline replay {

/// Stands for a step that there is not.
inline constexpr StepId no_step{0xFFFFFFFFU};

/// One instance of a log: who did what when, and since when it could have been done.
struct WorkItem {
  StepId step = no_step;  ///< none for an activity that no step claims: it keeps its resource busy
  StepId from = no_step;  ///< of the instance that enabled it
  ResourceId resource = no_resource;
  std::uint32_t number = 0;  ///< settles the order of equal times; different for each instance
  Micros enabled = no_time;  ///< `no_time` when not known
  Micros start = no_time;    ///< known
  Micros end = no_time;      ///< `no_time` while it is open
};

/// Whether it is known how long the item waited for somebody to start it.
inline bool has_wait(const WorkItem& item) {
  return item.step != no_step && item.enabled != no_time;
}

/// Causes of waiting, by step and by what enabled it.
struct WaitingProfile {
  std::vector<WaitingCauses> steps;  ///< by StepId
  std::vector<WaitingEdge> edges;    ///< by (from, to)
};

/// A batch may rest so long between two of its instances.
inline constexpr Micros batch_gap = 60 * micros_per_second;

/// Splits the time from enabled to start of every instance by its cause, after Lashkevich, Milani,
/// Chapela-Campa, Suvorau and Dumas, "Why am I waiting? Data-driven analysis of waiting times in
/// business processes" (CAiSE 2023). The five classes do not overlap and add up to the waiting
/// time; of several that would hold at a moment the first in this order does:
///
/// - Batching: up to the moment when the last instance of its batch was enabled. A batch is two or
///   more instances of one step that a resource starts one after the other, with no other start in
///   between; each at the same moment as the one before or when that one ended, at most `gap`
///   later; and all enabled before the first of them started (or at that moment).
/// - Contention: its resource was busy with an instance enabled earlier or at the same moment:
///   first in, first out.
/// - Prioritisation: its resource was busy, and only with instances enabled later. As in the
///   paper, contention goes first where a resource that does several things at once has both.
/// - Unavailability: its resource was not busy, and the calendar of the role of the step is closed.
///   Without a role or calendar there is none. (The paper finds calendars in the log; here the
///   document says them.)
/// - Extraneous: the rest, for which the log has no cause.
///
/// A resource is busy from the start to the end of whatever it does, suspensions and activities
/// that no step claims included; what is still open does not count. An instance whose enabled
/// moment is not known, or is later than its start, counts as enabled when it started; it waits for
/// nothing. An instance without resource, and one of an external role, where a log writes one name
/// for many people, knows unavailability and extraneous only.
///
/// Takes n log n for n items. Throws `UsageError` when the zone of a calendar does not exist.
WaitingProfile waiting_causes(const Process& process, LargeVector<WorkItem> items,
                              Micros gap = batch_gap, std::size_t threads = 1);

}  // namespace gemba::inline replay
