#include "core/replay/variant_table.h"

#include "core/replay/cases.h"

namespace gemba {

VariantTable::VariantTable(const EventLog& log, LifecycleMode mode) {
  Sequence sequence;
  for_each_case(log, mode, [&](std::uint32_t number, const std::vector<Instance>& instances) {
    sequence.clear();
    for (const Instance& each : instances) sequence.push_back(each.activity);
    const auto [place, added] =
        numbers_.emplace(sequence, static_cast<std::uint32_t>(cases_.size()));
    if (added) {
      sequences_.push_back(&place->first);
      cases_.push_back(0);
    }
    ++cases_[place->second];
    const auto times = extent(instances);
    all_.push_back({CaseId(number), place->second,
                    times ? std::optional(times->second - times->first) : std::nullopt});
  });
}

}  // namespace gemba
