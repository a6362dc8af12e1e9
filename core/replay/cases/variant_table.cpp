#include "core/replay/cases/variant_table.h"

#include "core/replay/cases/each_case.h"

namespace gemba::inline replay {

VariantTable::VariantTable(const EventLog& log, LifecycleMode mode) {
  for_each_case(log, mode, [&](std::uint32_t number, const std::vector<Instance>& instances) {
    add(CaseId(number), number_of(instances), extent(instances));
  });
}

std::uint32_t VariantTable::number_of(const std::vector<Instance>& instances) {
  sequence_.clear();
  for (const Instance& each : instances) sequence_.push_back(each.activity);
  return index_.number_of(sequence_);
}

void VariantTable::add(CaseId id, std::uint32_t variant,
                       const std::optional<std::pair<Micros, Micros>>& extent) {
  index_.count_cases(variant, 1);
  all_.push_back({id, variant, extent ? extent->second - extent->first : no_time});
}

void VariantTable::join(const VariantTable& later) {
  std::vector<std::uint32_t> number;
  for (std::size_t i = 0; i < later.size(); ++i) {
    number.push_back(index_.number_of(later.activities(i)));
    index_.count_cases(number.back(), later.cases(i));
  }
  all_.reserve(all_.size() + later.all_.size());
  for (const Case& each : later.all_)
    all_.push_back({each.id, number[each.variant], each.duration});
}

}  // namespace gemba::inline replay
