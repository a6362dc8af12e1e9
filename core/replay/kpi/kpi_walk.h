#pragma once
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/replay/kpi/kpi.h"
#include "core/replay/kpi/kpi_measurement.h"

namespace gemba::inline replay {

/// Measures all KPIs of a document, for each group of cases, case by case.
class KpiWalk {
 public:
  /// Keeps what the subject refers to.
  KpiWalk(const KpiSubject& subject, std::size_t groups);

  /// Adds a case to a group. `steps` are by position in `instances`; `extent` is as the function of
  /// that name has it.
  void add(std::size_t group, CaseId id, const std::vector<Instance>& instances,
           std::span<const std::optional<StepId>> steps,
           const std::optional<std::pair<Micros, Micros>>& extent);

  /// Adds a walk over later cases.
  void join(const KpiWalk& later);

  /// To be called once for each group: by position in `Process::kpis`.
  std::vector<KpiResult> results_of(std::size_t group);

 private:
  std::vector<KpiMeasurement> measurements_;
  std::vector<std::vector<KpiTally>> tallies_;  ///< by KPI and group
};

}  // namespace gemba::inline replay
