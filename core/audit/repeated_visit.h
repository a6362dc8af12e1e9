#pragma once
#include <span>
#include <vector>

#include "core/audit/repeated_entry.h"

namespace gemba::inline audit {

/// What people outside hand in or say more than once, as the steps of the flow have it. Steps that
/// are `known` to enter the same facts are left out.
std::vector<RepeatedEntry> repeated_visits(const AuditInput& input,
                                           std::span<const RepeatedEntry> known);

}  // namespace gemba::inline audit
