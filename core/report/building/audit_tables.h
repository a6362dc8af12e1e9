#pragma once
#include <vector>

#include "core/audit/audit.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Figures of each process as it is, and after the changes that go together: two rows each.
Table plan_table(const std::vector<AuditedProcess>& audited);

/// Who has to do with each step: who does it, who decides about it, who is told next (after the
/// RACI matrix of responsible, accountable, consulted and informed roles).
Table responsibility_table(const std::vector<AuditedProcess>& audited);

/// How often work goes from one role of ours to another, per case; most often first.
Table handover_table(const std::vector<AuditedProcess>& audited);

/// What each role approves, over all documents: who approves everything soon reads nothing.
Table approver_table(const std::vector<AuditedProcess>& audited);

}  // namespace gemba::inline report
