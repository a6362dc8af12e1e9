#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// By StepId, the step that most cases come to next, forwards: the only one, or behind a decision
/// the one to which more than half of them go. None behind a fork, where no exit has the most, and
/// where most go back. Nobody comes to a step a second time on these ways.
std::vector<std::optional<StepId>> main_next(const AuditInput& input);

}  // namespace gemba::inline audit
