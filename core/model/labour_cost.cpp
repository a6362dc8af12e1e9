#include "core/model/labour_cost.h"

namespace gemba::inline model {

std::optional<double> labour_cost(const Process& process, StepId step, double seconds) {
  const std::optional<RoleId> role = process[step].role;
  if (!role || !process.definitions[*role].cost_per_hour) return std::nullopt;
  return seconds / 3600 * *process.definitions[*role].cost_per_hour;
}

}  // namespace gemba::inline model
