#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

std::optional<std::int64_t> clock_jumps(const LogQuality& quality) {
  constexpr std::int64_t few = 100;  // one in so many
  if (quality.steps_back * few > quality.rows) return std::nullopt;
  return quality.steps_back;
}

}  // namespace gemba::inline eventlog
