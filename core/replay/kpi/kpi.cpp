#include "core/replay/kpi/kpi.h"

#include <array>
#include <optional>
#include <vector>

#include "core/base/parallel.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/cases/each_case.h"
#include "core/replay/kpi/kpi_walk.h"

namespace gemba::inline replay {
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

std::vector<std::vector<KpiResult>> measure_kpis(const Process& process, const EventLog& log,
                                                 LifecycleMode mode, const CaseGroups& groups,
                                                 std::size_t threads) {
  std::vector<std::vector<KpiResult>> results(groups.count);
  if (process.kpis.empty()) return results;
  mode = resolve(mode, log);
  const ActivityMap map = map_activities(process, log);
  const std::vector<std::size_t> most = instances_by_step(process, map, log, mode);
  const std::vector<bool> shown(most.begin(), most.end());
  threads = threads_for(log.size(), threads);
  std::vector<KpiWalk> walks(threads, KpiWalk({process, log, shown}, groups.count));
  in_parallel(threads, [&](std::size_t part) {
    std::vector<std::optional<StepId>> steps;
    const auto use = [&](std::uint32_t number, const std::vector<Instance>& instances) {
      const std::uint32_t group = groups.of_case[number];
      if (group == no_group) return;
      steps.clear();
      for (const Instance& each : instances) steps.push_back(map.step_of[each.activity.index()]);
      walks[part].add(group, CaseId(number), instances, steps, extent(instances));
    };
    for_each_case(log, mode, share_begin(log.case_count(), part, threads),
                  share_begin(log.case_count(), part + 1, threads), use);
  });
  for (std::size_t part = 1; part < threads; ++part) walks.front().join(walks[part]);
  for (std::size_t group = 0; group < groups.count; ++group)
    results[group] = walks.front().results_of(group);
  return results;
}

}  // namespace gemba::inline replay
