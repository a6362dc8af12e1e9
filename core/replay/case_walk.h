#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/columns/duration_list.h"
#include "core/eventlog/query/instances.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/cases/case_shape.h"
#include "core/replay/times/sla.h"
#include "core/replay/times/waiting_causes.h"
#include "core/replay/times/week_hours.h"
#include "core/replay/times/working_time.h"

namespace gemba::inline replay {

/// Durations of one step, before they are summarised.
struct StepSamples {
  std::int64_t cases = 0;
  std::int64_t instances = 0;
  std::int64_t repeats = 0;  ///< instances that are not the first of their case
  std::int64_t repeated_cases = 0;
  Micros repeat_service = 0;
  DurationList service, waiting, sojourn;
  WorkingClock* clock = nullptr;  ///< null for a step without a calendar
  DurationList business_service, business_waiting, business_sojourn;
};

/// Durations from one step to the next.
struct EdgeSamples {
  std::int64_t count = 0;
  std::int64_t cases = 0;
  std::uint32_t last_case = std::numeric_limits<std::uint32_t>::max();
  DurationList times;  ///< as many as have both times
};

/// Walks the cases of a log one after the other and collects what happens to each step and flow.
class CaseWalk {
 public:
  struct Options {
    bool interval = false;                    ///< edge times run from end to start
    bool collects_work = false;               ///< for `work`
    std::optional<CalendarId> calendar = {};  ///< the one for all steps, instead of their roles'
    std::size_t most_breaches = SIZE_MAX;     ///< of each step: the longest are listed
  };

  /// `shown`, by StepId: steps that occur in the log.
  CaseWalk(const Process& process, const ActivityMap& map, const std::vector<bool>& shown,
           Options options);

  /// Makes room for so many instances of a step.
  void reserve(StepId step, std::size_t instances);

  /// Adds a case. `instances` are in order of their moments; each case is added once.
  void add(CaseId id, const std::vector<Instance>& instances);

  /// Adds counts, SLAs and work of a walk over later cases; the samples of durations stay there.
  void join(const CaseWalk& later);

  /// By StepId.
  const std::vector<StepSamples>& steps() const { return steps_; }
  /// By StepId: none for steps whose SLA is not judged.
  std::vector<std::optional<SlaAttainment>>& sla() { return sla_.results(); }
  /// Which steps followed each other, each pair once.
  const std::vector<CaseShapes::Edge>& edges() const { return shapes_.edges(); }
  /// By position in `edges`.
  const std::vector<EdgeSamples>& edge_samples() const { return edges_; }
  /// By FlowId: how often a case went along the flow.
  const std::vector<std::int64_t>& flow_passes() const { return flow_passes_; }
  /// Of the last case.
  const CaseShape& shape() const { return *shape_; }
  /// By position in the instances of the last case; of those no step claims nothing is known.
  std::span<const InstanceTiming> timings() const { return timings_; }
  /// What can tell causes of waiting: started instances that waited or kept somebody busy.
  LargeVector<WorkItem>& work() { return work_; }

 private:
  using Place = CaseShape::Place;

  static void count_instance(const Place& place, const Instance& instance, StepSamples& samples);
  void time_instance(CaseId id, StepId step, std::size_t at,
                     const std::vector<Instance>& instances);
  void add_work(std::size_t at, const std::vector<Instance>& instances);
  void add_edge(CaseId id, std::uint32_t edge, const Instance& before, const Instance& after);

  CaseShapes shapes_;
  SlaJudge sla_;
  Options options_;
  std::vector<StepSamples> steps_;
  std::vector<std::optional<WorkingClock>> clocks_;  ///< by CalendarId: of those that count
  std::vector<EdgeSamples> edges_;
  std::vector<std::int64_t> flow_passes_;
  LargeVector<WorkItem> work_;
  const CaseShape* shape_ = nullptr;
  std::vector<InstanceTiming> timings_;  ///< of the current case; kept to be used again
};

}  // namespace gemba::inline replay
