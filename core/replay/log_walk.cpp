#include "core/replay/log_walk.h"

#include <algorithm>

#include "core/replay/cases/each_case.h"

namespace gemba::inline replay {
namespace {

using Span = std::optional<std::pair<Micros, Micros>>;

void widen(Span& span, const Span& other) {
  if (!other) return;
  if (!span) span = other;
  span = {std::min(span->first, other->first), std::max(span->second, other->second)};
}

}  // namespace

void ActivityCounts::join(const ActivityCounts& later) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i] += later.events[i];
    cases[i] += later.cases[i];
  }
}

LogWalk::LogWalk(const WalkSubject& subject, const WalkParts& parts)
    : cases(subject.process, subject.map, subject.shown, parts.cases),
      counts(subject.log.activities.size()) {
  if (parts.amounts) amounts.emplace(subject.process, subject.log);
  if (parts.week_hours && subject.log.has_times())
    week.emplace(TimeZone(subject.log.timezone), parts.cases.interval);
  if (parts.kpis) kpis.emplace(KpiSubject{subject.process, subject.log, subject.shown}, 1);
  if (!parts.aligns) return;
  data.emplace(subject.process, subject.graph, subject.log, subject.visible);
  variants.emplace();
}

// Parts differ a little. Room that is not used takes no memory; to move what has outgrown its room
// takes as long as to collect it.
void LogWalk::reserve(const std::vector<std::size_t>& instances, std::size_t case_count_of_all,
                      std::size_t parts) {
  const auto share = [&](std::size_t count) { return count / parts + count / parts / 16 + 16; };
  for (std::size_t i = 0; i < instances.size(); ++i) {
    if (instances[i] > 0) cases.reserve(StepId(i), share(instances[i]));
  }
  durations.reserve(share(case_count_of_all));
  if (variants) variants->reserve(share(case_count_of_all));
}

void LogWalk::add(CaseId id, const std::vector<Instance>& instances) {
  ++case_count;
  for (const Instance& each : instances) counts.add(id, each.activity);
  cases.add(id, instances);
  if (amounts) amounts->add(id, instances, cases.shape());
  if (data) data->add(id, instances, cases.shape());
  if (week) week->add(instances, cases.timings());
  const Span own = extent(instances);
  if (variants) variants->add(id, variant_of(instances), own);
  if (kpis) kpis->add(0, id, instances, cases.shape().steps, own);
  if (!own) return;
  durations.push_back(own->second - own->first);
  widen(span, own);
}

/// Cases of one shape are of one variant.
std::uint32_t LogWalk::variant_of(const std::vector<Instance>& instances) {
  const std::uint32_t shape = cases.shape().number;
  if (shape == CaseShape::none) return variants->number_of(instances);
  if (shape == variant_of_shape_.size())
    variant_of_shape_.push_back(variants->number_of(instances));
  return variant_of_shape_[shape];
}

void LogWalk::join(const LogWalk& later) {
  cases.join(later.cases);
  if (amounts) amounts->join(*later.amounts);
  counts.join(later.counts);
  if (data) data->join(*later.data);
  if (variants) variants->join(*later.variants);
  if (week) week->join(*later.week);
  if (kpis) kpis->join(*later.kpis);
  case_count += later.case_count;
  widen(span, later.span);
}

}  // namespace gemba::inline replay
