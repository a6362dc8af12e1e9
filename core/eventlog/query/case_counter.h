#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/columns/duration_pieces.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/query/instances.h"
#include "core/eventlog/query/pair_index.h"
#include "core/eventlog/query/variants.h"

namespace gemba::inline eventlog {

/// What some cases of a log say about one activity.
struct ActivityTally {
  std::int64_t events = 0;
  std::int64_t cases = 0;
  std::int64_t starts = 0;
  std::int64_t ends = 0;
  std::int64_t rework_cases = 0;
  std::uint32_t last_case = std::numeric_limits<std::uint32_t>::max();    ///< in which it was seen
  std::uint32_t rework_case = std::numeric_limits<std::uint32_t>::max();  ///< … again
  Durations service, waiting, sojourn;
};

/// What some cases say about two activities that directly follow each other.
struct EdgeTally {
  std::int64_t count = 0;
  std::int64_t cases = 0;
  std::uint32_t last_case = std::numeric_limits<std::uint32_t>::max();
  Durations seconds;
};

/// First and last of some moments.
struct MomentRange {
  std::optional<Micros> first, last;

  void add(Micros moment) {
    first = first ? std::min(*first, moment) : moment;
    last = last ? std::max(*last, moment) : moment;
  }
  void add(const MomentRange& other) {
    if (other.first) add(*other.first);
    if (other.last) add(*other.last);
  }
};

/// Walks over cases and counts. Several counters can share the cases of a log among them; `add`
/// puts their counts together.
class CaseCounter {
 public:
  /// `mode` is resolved; `interval` says whether its instances have start times.
  CaseCounter(const EventLog& log, LifecycleMode mode, bool interval);

  /// Takes a case; each is taken once, by one counter.
  void take(CaseId id);

  std::int64_t cases = 0;                 ///< with at least one instance
  std::int64_t events = 0;                ///< instances
  std::int64_t empty_cases = 0;           ///< without an instance in this mode
  std::int64_t open_instances = 0;        ///< started and never completed
  std::int64_t completes_unpaired = 0;    ///< without a start, in an interval log
  std::int64_t other_events = 0;          ///< of transitions that are no steps of their own
  std::int64_t equal_times = 0;           ///< the same time as the event before in the case
  std::int64_t duplicates = 0;            ///< equal to an event before in all that is counted
  std::vector<ActivityTally> activities;  ///< by ActivityId
  PairIndex edge_index;                   ///< of activities
  std::vector<EdgeTally> edges;           ///< by number in `edge_index`
  PairIndex handover_index;               ///< of resources, each number one higher; 0 is unknown
  std::vector<std::int64_t> handovers;    ///< by number in `handover_index`
  std::vector<char> resources_seen;       ///< by ResourceId; bytes, as bits take longer to set
  VariantIndex variants;
  Durations case_durations;
  MomentRange moments;   ///< of all instances
  MomentRange arrivals;  ///< of the beginnings of cases

 private:
  void take_rows(std::uint32_t number, EventRange rows);
  void take_instances(std::uint32_t number, const std::vector<Instance>& instances);
  void take_pair(std::uint32_t number, const Instance& before, const Instance& after);
  void take_activity(std::uint32_t number, ActivityId id);
  EdgeTally& take_edge(std::uint32_t number, ActivityId before, ActivityId after);
  void take_handover(ResourceId before, ResourceId after);
  void append(Durations& durations, Micros later, Micros earlier);
  void take_span(Micros first, Micros last);
  void take_sequence(std::span<const ActivityId> sequence);
  void count_ties(EventRange events);
  void count_duplicates(EventRange tied);

  const EventLog& log_;
  LifecycleMode mode_;
  bool interval_;
  DurationMemory memory_;
  CaseInstances buffer_;
  std::vector<ActivityId> sequence_;
};

}  // namespace gemba::inline eventlog
