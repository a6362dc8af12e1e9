#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/eventlog/instances.h"
#include "core/replay/activity_map.h"
#include "core/replay/flow_paths.h"
#include "core/replay/sla.h"
#include "core/replay/waiting_causes.h"
#include "core/replay/week_hours.h"
#include "core/replay/working_time.h"

namespace gemba {

/// Durations of one step, before they are summarised.
struct StepSamples {
  std::int64_t cases = 0;
  std::int64_t instances = 0;
  std::int64_t repeats = 0;  ///< instances that are not the first of their case
  std::int64_t repeated_cases = 0;
  Micros repeat_service = 0;
  std::vector<Micros> service, waiting, sojourn;
  std::optional<WorkingClock> clock;  ///< of a step that has a calendar
  std::vector<Micros> business_service, business_waiting, business_sojourn;
};

/// Durations from one step to the next.
struct EdgeSamples {
  std::int64_t count = 0;
  std::int64_t cases = 0;
  std::uint32_t last_case = std::numeric_limits<std::uint32_t>::max();
  std::vector<Micros> times;  ///< as many as have both times
};

/// Walks the cases of a log one after the other and collects what happens to each step and flow.
class CaseWalk {
 public:
  struct Options {
    bool interval = false;                    ///< edge times run from end to start
    bool collects_work = false;               ///< for `work`
    std::optional<CalendarId> calendar = {};  ///< the one for all steps, instead of their roles'
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
  std::vector<StepSamples>& steps() { return steps_; }
  /// By StepId: none for steps whose SLA is not judged.
  std::vector<std::optional<SlaAttainment>>& sla() { return sla_.results(); }
  /// By `from << 32 | to`, in no order.
  std::unordered_map<std::uint64_t, EdgeSamples>& edges() { return edges_; }
  /// By FlowId: how often a case went along the flow.
  const std::vector<std::int64_t>& flow_passes() const { return flow_passes_; }
  /// By position in the instances of the last case: the first flow by which it went on from there;
  /// none where the log does not show it.
  std::span<const std::optional<FlowId>> exits() const { return exits_; }
  /// By position in the instances of the last case: the instances that it enabled.
  const std::vector<std::size_t>& enabled_from(std::size_t position) const {
    return leads_to_[position];
  }
  /// By position in the instances of the last case; of those no step claims nothing is known.
  std::span<const InstanceTiming> timings() const { return timings_; }
  /// What can tell causes of waiting: started instances that waited or kept somebody busy.
  LargeVector<WorkItem>& work() { return work_; }

 private:
  std::optional<StepId> step_of(const Instance& instance) const {
    return map_.step_of[instance.activity.index()];
  }
  std::size_t find_enabling(StepId step, const std::vector<std::size_t>& positions) const;
  std::size_t add_instance(CaseId id, StepId step, std::size_t at,
                           const std::vector<Instance>& instances);
  void count_instance(StepId step, const Instance& instance);
  void add_work(std::size_t at, std::size_t before, const std::vector<Instance>& instances);
  void add_edge(CaseId id, const Instance& before, const Instance& after);
  void count_flows(const std::vector<Instance>& instances);
  std::span<const FlowId> flows_taken(std::size_t at, StepId from,
                                      const std::vector<Instance>& instances);

  const ActivityMap& map_;
  FlowPaths paths_;
  SlaJudge sla_;
  Options options_;
  std::vector<StepSamples> steps_;
  std::unordered_map<std::uint64_t, EdgeSamples> edges_;
  std::vector<std::int64_t> flow_passes_;
  std::vector<StepId> flow_from_;  ///< by FlowId
  LargeVector<WorkItem> work_;

  // Of the current case; kept to be used again.
  std::vector<std::uint32_t> times_done_;   ///< by StepId
  std::vector<std::size_t> last_at_;        ///< by StepId: position of its last occurrence
  std::vector<std::size_t> last_ended_at_;  ///< by StepId: of its last one that is not open
  std::vector<std::size_t>
      enabled_by_;  ///< by position: the instance that the model says enabled it
  std::vector<std::optional<FlowId>> exits_;
  std::vector<FlowId> taken_;
  std::vector<InstanceTiming> timings_;
  std::vector<std::vector<std::size_t>> leads_to_;  ///< by position: the instances that it enabled
};

}  // namespace gemba
