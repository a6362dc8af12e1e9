#pragma once
#include <string>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// TOML that lets the branches, which together are one piece of the stretch, begin at a fork and
/// end at a join. Empty where the way in or out of them, or a way within, is not plain.
std::string fork_patch(const AuditInput& input, const std::vector<StepId>& stretch,
                       const std::vector<std::vector<StepId>>& branches);

}  // namespace gemba::inline audit
