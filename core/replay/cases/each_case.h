#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/eventlog/query/instances.h"

namespace gemba::inline replay {

/// First start and last end of a case's instances; none when it has no times.
std::optional<std::pair<Micros, Micros>> extent(const std::vector<Instance>& instances);

/// Calls `use(number, instances)` for the cases from `first` up to `last` that have instances, in
/// the order of the log; `mode` is resolved.
template <class Use>
void for_each_case(const EventLog& log, LifecycleMode mode, std::size_t first, std::size_t last,
                   Use use) {
  CaseInstances buffer;
  for (std::size_t i = first; i < last; ++i) {
    instances_of(log, log.events_of(CaseId(i)), mode, buffer);
    if (!buffer.instances.empty()) use(static_cast<std::uint32_t>(i), buffer.instances);
  }
}

/// The same for all cases.
template <class Use>
void for_each_case(const EventLog& log, LifecycleMode mode, Use use) {
  for_each_case(log, mode, 0, log.case_count(), use);
}

}  // namespace gemba::inline replay
