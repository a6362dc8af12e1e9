#include "core/replay/periods.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/replay/cases.h"

namespace gemba {
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
    : periods_(std::move(periods)),
      find_begin_(periods_),
      find_end_(periods_),
      find_instance_(periods_),
      bins_(periods_.size()) {
  series_.unit = unit;
  series_.period_of_case.assign(case_count, no_group);
}

void PeriodCollector::add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
                          std::span<const InstanceTiming> timings) {
  const auto own = extent(instances);
  if (!own) return;
  const std::size_t arrival = find_begin_.find(own->first);
  series_.period_of_case[id.index()] = static_cast<std::uint32_t>(arrival);
  ++bins_[arrival].cases;
  bins_[arrival].durations.push_back(own->second - own->first);
  ++bins_[find_end_.find(own->second)].ended;
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const auto step = map.step_of[instances[at].activity.index()];
    if (step && instances[at].moment() != no_time)
      add_instance(id, *step, instances[at], timings[at]);
  }
}

void PeriodCollector::add_instance(CaseId id, StepId step, const Instance& instance,
                                   const InstanceTiming& timing) {
  Samples& samples = bins_[find_instance_.find(instance.moment())].steps[step.value];
  ++samples.instances;
  if (samples.last_case != id.value) ++samples.cases;
  samples.last_case = id.value;
  if (const auto service = instance.service()) samples.service.push_back(*service);
  if (timing.sla_met) ++(*timing.sla_met ? samples.met : samples.breached);
  if (timing.enabled == no_time) return;
  if (instance.end != no_time) samples.sojourn.push_back(instance.end - timing.enabled);
  if (instance.start != no_time) samples.waiting.push_back(instance.start - timing.enabled);
}

PeriodProfile PeriodCollector::summarise_bin(Bin& bin,
                                             const std::vector<StepProfile>& totals) const {
  PeriodProfile profile;
  profile.cases = bin.cases;
  profile.ended = bin.ended;
  profile.case_duration = summarise(bin.durations);
  for (auto& [number, samples] : bin.steps) {
    StepProfile figures{.cases = samples.cases,
                        .instances = samples.instances,
                        .service = summarise(samples.service),
                        .waiting = summarise(samples.waiting),
                        .sojourn = summarise(samples.sojourn),
                        .sla = totals[number].sla};
    if (figures.sla) {
      figures.sla->met = samples.met;
      figures.sla->breached = samples.breached;
    }
    profile.instances += samples.instances;
    profile.steps.push_back({StepId(number), std::move(figures)});
  }
  return profile;
}

PeriodSeries PeriodCollector::result(const std::vector<StepProfile>& totals) {
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    series_.periods.push_back(summarise_bin(bins_[i], totals));
    series_.periods.back().period = std::move(periods_[i]);
    bins_[i] = {};
  }
  return std::move(series_);
}

}  // namespace gemba
