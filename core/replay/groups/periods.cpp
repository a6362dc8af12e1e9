#include "core/replay/groups/periods.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/replay/cases/each_case.h"
#include "core/time/time.h"

namespace gemba::inline replay {
namespace {

[[noreturn]] void fail_too_many(PeriodUnit unit, const TimeZone& zone, Micros first, Micros last) {
  constexpr std::array<std::string_view, 4> advice = {"take --over day, or look",
                                                      "take --over week, or look",
                                                      "take --over month, or look", "look"};
  const auto date = [&](Micros moment) {
    return format_date(civil_date(day_of_local(zone.to_local(moment))));
  };
  throw UsageError(
      fmt::format("--over {} would list more than {} periods, as the log goes from {} to {}; {} "
                  "with gemba stats whether these times are right and leave out with --where what "
                  "is not",
                  to_string(unit), most_periods, date(first), date(last),
                  advice[static_cast<std::size_t>(unit)]));
}

}  // namespace

std::vector<Period> log_periods(const EventLog& log, LifecycleMode mode, PeriodUnit unit) {
  std::optional<std::pair<Micros, Micros>> span;
  for_each_case(log, mode, [&](std::uint32_t, const std::vector<Instance>& instances) {
    const auto own = extent(instances);
    if (!own) return;
    if (!span) span = own;
    span = {std::min(span->first, own->first), std::max(span->second, own->second)};
  });
  if (!span) return {};
  const TimeZone zone(log.timezone);
  auto periods = periods_between(unit, zone, span->first, span->second);
  if (!periods) fail_too_many(unit, zone, span->first, span->second);
  return std::move(*periods);
}

PeriodCollector::PeriodCollector(PeriodUnit unit, std::vector<Period> periods,
                                 std::size_t case_count)
    : unit_(unit),
      periods_(std::move(periods)),
      find_begin_(periods_),
      find_end_(periods_),
      find_instance_(periods_),
      groups_(periods_.size(), case_count) {}

void PeriodCollector::add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
                          std::span<const InstanceTiming> timings) {
  const auto own = extent(instances);
  if (!own) return;
  groups_.add_case(find_begin_.find(own->first), id, own->second - own->first);
  groups_.add_end(find_end_.find(own->second));
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const auto step = map.step_of[instances[at].activity.index()];
    const Micros moment = instances[at].moment();
    if (!step || moment == no_time) continue;
    groups_.add_instance(find_instance_.find(moment), id, *step, instances[at], timings[at]);
  }
}

PeriodSeries PeriodCollector::result(const std::vector<StepProfile>& totals) {
  PeriodSeries series{unit_, {}, groups_.result(totals)};
  for (std::size_t i = 0; i < periods_.size(); ++i) series.split.groups[i].name = periods_[i].name;
  series.periods = std::move(periods_);
  return series;
}

}  // namespace gemba::inline replay
