#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/timings.h"
#include "core/columns/summary.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/query/instances.h"
#include "core/eventlog/query/variants.h"

namespace gemba::inline eventlog {

/// What a log says about one activity. Times that the log cannot give have count 0.
struct ActivityStatistics {
  ActivityId activity;
  std::int64_t events = 0;        ///< instances in the lifecycle mode used
  std::int64_t cases = 0;         ///< cases in which it occurs
  std::int64_t starts = 0;        ///< cases that begin with it
  std::int64_t ends = 0;          ///< cases that end with it
  std::int64_t rework_cases = 0;  ///< cases in which it occurs twice or more
  Summary service;                ///< end − start − suspensions
  Summary waiting;                ///< start − end of the preceding instance; not clamped
  Summary sojourn;  ///< end − end of the preceding instance; a case's first instance has none
};

/// Two activities whose instances directly follow each other in a case.
struct EdgeStatistics {
  ActivityId source, target;
  std::int64_t count = 0;
  std::int64_t cases = 0;
  Summary seconds =
      {};  ///< start of the target, else its one time, − end of the source; not clamped
};

/// How often work of `from` is directly followed by work of `to` in a case. Both may be the same,
/// or unknown.
struct Handover {
  ResourceId from, to;
  std::int64_t count = 0;
};

/// Exact statistics of a log, in the terms of its lifecycle mode. Lists are ranked by count, then
/// by name.
struct LogStatistics {
  LifecycleMode mode = LifecycleMode::events;  ///< never `automatic`
  bool interval = false;  ///< start times are known: service and waiting times exist
  bool has_times = false;
  std::int64_t cases = 0;   ///< cases with at least one instance
  std::int64_t events = 0;  ///< instances in all
  std::int64_t resources = 0;
  std::optional<Micros> first, last;       ///< first and last moment of the log
  std::optional<double> arrivals_per_day;  ///< between the first and the last case's beginning
  std::vector<ActivityStatistics> activities;
  std::vector<EdgeStatistics> edges;
  std::vector<Handover> handovers;
  Summary case_duration;  ///< last end − first start
  std::int64_t variants = 0;
  std::vector<Variant> top_variants;

  std::int64_t empty_cases = 0;     ///< cases without an instance in this mode
  std::int64_t unusual_starts = 0;  ///< cases that begin with what begins under 5% of its cases …
  std::int64_t unusual_ends = 0;    ///< … or end with what ends under 5%: they may be cut off
  std::int64_t open_instances = 0;  ///< started and never completed
  std::int64_t completes_unpaired = 0;  ///< instances of unknown service time in an interval log
  std::int64_t other_events = 0;        ///< events of transitions that are no steps of their own
  std::int64_t equal_times = 0;  ///< events with the same time as the one before in their case
  std::int64_t duplicates = 0;   ///< of these, equal in activity, resource and transition as well
};

/// The statistics of the events that share a value of a column.
struct LogGroup {
  std::optional<std::string> value;  ///< none: of the events without a value
  LogStatistics statistics;
};

/// A log split by a column. Ids are those of the whole log.
struct LogBreakdown {
  std::string column;
  bool by_case = false;  ///< the column has one value per case, so that cases are split as a whole
  std::vector<LogGroup> groups;
};

struct StatisticsOptions {
  LifecycleMode lifecycle = LifecycleMode::automatic;
  std::size_t top_variants = 20;
  std::size_t threads = 0;     ///< at most so many; 0 stands for the processors there are
  Timings* timings = nullptr;  ///< where to note how long the stages take
};

/// Computes the statistics. Works for a log without times (counts only) and without events. The
/// result does not depend on the number of threads.
LogStatistics statistics_of(const EventLog& log, const StatisticsOptions& options = {});

}  // namespace gemba::inline eventlog
