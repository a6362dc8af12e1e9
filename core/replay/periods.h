#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/base/period.h"
#include "core/eventlog/instances.h"
#include "core/replay/activity_map.h"
#include "core/replay/profile.h"

namespace gemba {

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
  struct Samples {
    std::int64_t cases = 0;
    std::int64_t instances = 0;
    std::int64_t met = 0, breached = 0;
    std::uint32_t last_case = 0xFFFF'FFFF;
    std::vector<Micros> service, waiting, sojourn;
  };
  struct Bin {
    std::int64_t cases = 0;
    std::int64_t ended = 0;
    std::vector<Micros> durations;
    std::map<std::uint32_t, Samples> steps;  ///< by StepId; most hours see few of the steps
  };

  void add_instance(CaseId id, StepId step, const Instance& instance, const InstanceTiming& timing);
  PeriodProfile summarise_bin(Bin& bin, const std::vector<StepProfile>& totals) const;

  PeriodSeries series_;
  std::vector<Period> periods_;
  PeriodFinder find_begin_, find_end_, find_instance_;
  std::vector<Bin> bins_;
};

}  // namespace gemba
