#pragma once
#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Asks of checks by people of what has known limits (credit, eligibility, price, cover), of which
/// nearly all pass, whether a system could pass those (A503). `visits`: least per case.
void report_rule_checks(const AuditInput& input, double visits, AuditReport& report);

}  // namespace gemba::inline audit
