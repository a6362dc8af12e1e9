#pragma once
#include <vector>

#include "core/audit/audit.h"
#include "core/audit/audit_tables.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Figures of each process as it is, and after the changes that go together: two rows each.
Table plan_table(const std::vector<AuditedProcess>& audited);

/// Figures of a process as it is, of the one that is to take its place, and what that changes.
Table comparison_table(const AuditedProcess& as_is, const AuditedProcess& to_be);

/// Who has to do with each step. `tables` of this and what follows are those of `audited`.
Table responsibility_table(const std::vector<AuditedProcess>& audited, const AuditTables& tables);

/// How often work goes from one role of ours to another, per case.
Table handover_table(const std::vector<AuditedProcess>& audited, const AuditTables& tables);

/// What each role approves, over all documents: who approves everything soon reads nothing.
Table approver_table(const AuditTables& tables);

}  // namespace gemba::inline report
