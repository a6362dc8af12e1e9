#pragma once
#include <span>
#include <string>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// What limits would save by which half, four fifths and nineteen twentieths of the cases no longer
/// come to the approvals: `with 50% of the cases below the limit 1.2 h of work per 100 cases and 3h
/// per case less, with 80% …`. For where nobody knows the amounts.
std::string limit_savings(const AuditInput& input, std::span<const StepId> approvals);

}  // namespace gemba::inline audit
