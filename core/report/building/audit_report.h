#pragma once
#include <vector>

#include "core/audit/audit.h"
#include "core/audit/audit_tables.h"
#include "core/base/source.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// What an audit's report holds besides findings.
struct AuditView {
  bool plan = false;  ///< which findings to act on together, and the figures before and after
  RankBy by = RankBy::gain;
  const AuditedProcess* to_be = nullptr;  ///< to take the place of the only one that was audited
  const AuditTables* tables = nullptr;    ///< of what was audited; null: not to be told
};

/// What `gemba audit` says: the figures of each process, and all findings, the most useful first.
/// In `data`, `process` is the only process, or null when there are several; `processes` holds them
/// all. `unread` are documents that could not be audited.
Report audit_report(const std::vector<AuditedProcess>& audited, const Sources& sources,
                    std::vector<Unread> unread = {}, const AuditView& view = {});

/// Findings as diagnostics, in the order of the report: for exit codes and for formats that know no
/// savings.
Diagnostics audit_diagnostics(const std::vector<AuditedProcess>& audited);

}  // namespace gemba::inline report
