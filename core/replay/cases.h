#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/eventlog/instances.h"

namespace gemba {

/// First start and last end of a case's instances; none when it has no times.
std::optional<std::pair<Micros, Micros>> extent(const std::vector<Instance>& instances);

/// Calls `use(number, instances)` for every case that has instances, in the order of the log;
/// `mode` is resolved.
template <class Use>
void for_each_case(const EventLog& log, LifecycleMode mode, Use use) {
  CaseInstances buffer;
  for (std::size_t i = 0; i < log.case_count(); ++i) {
    instances_of(log, log.events_of(CaseId(i)), mode, buffer);
    if (!buffer.instances.empty()) use(static_cast<std::uint32_t>(i), buffer.instances);
  }
}

}  // namespace gemba
