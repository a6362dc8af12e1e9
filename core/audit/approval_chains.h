#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Approvals of one subject that follow each other, in the order of the flow: of the same action
/// and amount, or, where none of them names an action, with a datum that lies before both. Nothing
/// but gateways, waiting and notices is between them, and what passes one always comes to the next.
std::vector<std::vector<StepId>> approval_chains(const AuditInput& input);

/// By StepId: whether the step is an approval of such a chain.
std::vector<bool> in_approval_chains(const AuditInput& input);

}  // namespace gemba::inline audit
