#pragma once
#include "core/model/process.h"

namespace gemba::inline audit {

/// Whether the role leads others: somebody reports to it, or its name says so (经理, head of …).
/// Who only manages cases or accounts does not.
bool is_leader(const Definitions& definitions, RoleId role);

/// Whether two approvals are levels of one review: of one role, of a role and its superior, of two
/// limits of the authority table, or of people who look at the same and whose names show no two
/// fields (财务, legal …) side by side.
bool are_levels(const Process& process, const Step& first, const Step& second);

}  // namespace gemba::inline audit
