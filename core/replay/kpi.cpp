#include "core/replay/kpi.h"

#include <array>
#include <tuple>

#include "core/base/parallel.h"
#include "core/replay/activity_map.h"
#include "core/replay/case_data.h"
#include "core/replay/cases.h"
#include "core/replay/kpi_measurement.h"

namespace gemba {
namespace {

/// Measures all KPIs, for each group of cases, over a part of the log.
class KpiWalk {
 public:
  KpiWalk(const KpiSubject& subject, const ActivityMap& map, const CaseGroups& groups)
      : subject_(subject), map_(map), groups_(groups) {
    for (const Kpi& kpi : subject.process.kpis) {
      measurements_.emplace_back(kpi, subject);
      tallies_.emplace_back(groups.count, measurements_.back().start());
    }
  }

  void walk(LifecycleMode mode, std::size_t first, std::size_t last) {
    std::vector<std::optional<StepId>> steps;
    const auto use = [&](std::uint32_t number, const std::vector<Instance>& instances) {
      const std::uint32_t group = groups_.of_case[number];
      if (group == no_group) return;
      steps.clear();
      for (const Instance& each : instances) steps.push_back(map_.step_of[each.activity.index()]);
      KpiCase seen{CaseId(number), instances, steps};
      if (const auto times = extent(instances)) std::tie(seen.begin, seen.end) = *times;
      for (std::size_t i = 0; i < measurements_.size(); ++i)
        measurements_[i].add(seen, tallies_[i][group]);
    };
    for_each_case(subject_.log, mode, first, last, use);
  }

  /// Adds a walk over later cases.
  void join(const KpiWalk& later) {
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      for (std::size_t group = 0; group < groups_.count; ++group)
        tallies_[i][group].join(later.tallies_[i][group]);
    }
  }

  std::vector<KpiResult> results_of(std::size_t group) {
    std::vector<KpiResult> results;
    for (std::size_t i = 0; i < measurements_.size(); ++i)
      results.push_back(measurements_[i].finish(std::move(tallies_[i][group])));
    return results;
  }

 private:
  const KpiSubject& subject_;
  const ActivityMap& map_;
  const CaseGroups& groups_;
  std::vector<KpiMeasurement> measurements_;
  std::vector<std::vector<KpiTally>> tallies_;  ///< by KPI and group
};

}  // namespace

std::string_view to_string(KpiUnit unit) {
  constexpr std::array<std::string_view, 5> words = {"seconds", "business_seconds", "business_days",
                                                     "fraction", "number"};
  return words[static_cast<std::size_t>(unit)];
}

std::vector<std::string> kpi_columns(const Process& process) {
  std::vector<std::string> names;
  for (const Kpi& kpi : process.kpis) {
    if (!kpi.mean_column.empty()) add_column(kpi.mean_column, names);
  }
  return names;
}

std::vector<KpiResult> measure_kpis(const Process& process, const EventLog& log, LifecycleMode mode,
                                    std::size_t threads) {
  const std::vector<std::uint32_t> all(log.case_count(), 0);
  return std::move(measure_kpis(process, log, mode, {all, 1}, threads).front());
}

std::vector<std::vector<KpiResult>> measure_kpis(const Process& process, const EventLog& log,
                                                 LifecycleMode mode, const CaseGroups& groups,
                                                 std::size_t threads) {
  std::vector<std::vector<KpiResult>> results(groups.count);
  if (process.kpis.empty()) return results;
  mode = resolve(mode, log);
  const ActivityMap map = map_activities(process, log);
  const std::vector<std::size_t> instances = instances_by_step(process, map, log, mode);
  const std::vector<bool> shown(instances.begin(), instances.end());
  const KpiSubject subject{process, log, shown};
  std::vector<KpiWalk> walks;
  threads = threads_for(log.size(), threads);
  for (std::size_t part = 0; part < threads; ++part) walks.emplace_back(subject, map, groups);
  in_parallel(threads, [&](std::size_t part) {
    walks[part].walk(mode, share_begin(log.case_count(), part, threads),
                     share_begin(log.case_count(), part + 1, threads));
  });
  for (std::size_t part = 1; part < threads; ++part) walks.front().join(walks[part]);
  for (std::size_t group = 0; group < groups.count; ++group)
    results[group] = walks.front().results_of(group);
  return results;
}

}  // namespace gemba
