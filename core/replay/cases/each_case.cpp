#include "core/replay/cases/each_case.h"

#include <algorithm>

namespace gemba::inline replay {

std::optional<std::pair<Micros, Micros>> extent(const std::vector<Instance>& instances) {
  std::optional<std::pair<Micros, Micros>> extent;
  for (const Instance& each : instances) {
    const Micros moment = each.moment();
    if (moment == no_time) continue;
    const Micros begin = each.start == no_time ? moment : std::min(each.start, moment);
    if (!extent) extent.emplace(begin, moment);
    extent->first = std::min(extent->first, begin);
    extent->second = std::max(extent->second, moment);
  }
  return extent;
}

}  // namespace gemba::inline replay
