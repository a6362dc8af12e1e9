#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/groups/group_collector.h"
#include "core/time/period.h"

namespace gemba::inline replay {

/// The periods of a log's zone from its first moment to its last; none without times. `mode` is
/// resolved. Throws `UsageError` when there would be too many to look at.
std::vector<Period> log_periods(const EventLog& log, LifecycleMode mode, PeriodUnit unit);

/// Collects the figures of each period, case by case.
class PeriodCollector {
 public:
  /// `periods` hold every moment of the log.
  PeriodCollector(PeriodUnit unit, std::vector<Period> periods, std::size_t case_count);

  /// Adds a case; `timings` are by position in `instances`.
  void add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
           std::span<const InstanceTiming> timings);

  /// To be called once. `totals`, by StepId, have the limits of the SLAs.
  PeriodSeries result(const std::vector<StepProfile>& totals);

 private:
  PeriodUnit unit_;
  std::vector<Period> periods_;
  PeriodFinder find_begin_, find_end_, find_instance_;
  GroupCollector groups_;
};

}  // namespace gemba::inline replay
