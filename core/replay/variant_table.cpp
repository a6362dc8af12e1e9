#include "core/replay/variant_table.h"

#include <algorithm>

namespace gemba {
namespace {

/// From the first start to the last end; none when no time is known.
std::optional<Micros> duration_of(const std::vector<Instance>& instances) {
  std::optional<Micros> begin;
  Micros end = 0;
  for (const Instance& each : instances) {
    const Micros moment = each.moment();
    if (moment == no_time) continue;
    const Micros from = each.start == no_time ? moment : std::min(each.start, moment);
    end = begin ? std::max(end, moment) : moment;
    begin = begin ? std::min(*begin, from) : from;
  }
  if (!begin) return std::nullopt;
  return end - *begin;
}

}  // namespace

VariantTable::VariantTable(const EventLog& log, LifecycleMode mode) {
  CaseInstances buffer;
  Sequence sequence;
  for (std::size_t i = 0; i < log.case_count(); ++i) {
    instances_of(log, log.events_of(CaseId(i)), mode, buffer);
    if (buffer.instances.empty()) continue;
    sequence.clear();
    for (const Instance& each : buffer.instances) sequence.push_back(each.activity);
    const auto [place, added] =
        numbers_.emplace(sequence, static_cast<std::uint32_t>(cases_.size()));
    if (added) {
      sequences_.push_back(&place->first);
      cases_.push_back(0);
    }
    ++cases_[place->second];
    all_.push_back({place->second, duration_of(buffer.instances)});
  }
}

}  // namespace gemba
