#include "core/replay/kpi/kpi_walk.h"

#include <tuple>

namespace gemba::inline replay {

KpiWalk::KpiWalk(const KpiSubject& subject, std::size_t groups) {
  for (const Kpi& kpi : subject.process.kpis) {
    measurements_.emplace_back(kpi, subject);
    tallies_.emplace_back(groups, measurements_.back().start());
  }
}

void KpiWalk::add(std::size_t group, CaseId id, const std::vector<Instance>& instances,
                  std::span<const std::optional<StepId>> steps,
                  const std::optional<std::pair<Micros, Micros>>& extent) {
  KpiCase seen{id, instances, steps};
  if (extent) std::tie(seen.begin, seen.end) = *extent;
  for (std::size_t i = 0; i < measurements_.size(); ++i)
    measurements_[i].add(seen, tallies_[i][group]);
}

void KpiWalk::join(const KpiWalk& later) {
  for (std::size_t i = 0; i < tallies_.size(); ++i) {
    for (std::size_t group = 0; group < tallies_[i].size(); ++group)
      tallies_[i][group].join(later.tallies_[i][group]);
  }
}

std::vector<KpiResult> KpiWalk::results_of(std::size_t group) {
  std::vector<KpiResult> results;
  for (std::size_t i = 0; i < measurements_.size(); ++i)
    results.push_back(measurements_[i].finish(std::move(tallies_[i][group])));
  return results;
}

}  // namespace gemba::inline replay
