#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Approvals of ours that have to be asked for before the application itself, which is judged later
/// on: 名称预先核准, preliminary approval.
std::vector<StepId> pre_approvals(const AuditInput& input);

/// Asks of each whether what it judges could be declared by those outside (A101).
void report_pre_approvals(const AuditInput& input, const std::vector<StepId>& approvals,
                          AuditReport& report);

}  // namespace gemba::inline audit
