#pragma once
#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Asks of papers that people write anew in every case, of what is known by then, whether a
/// template would do (A503). `visits`: least per case.
void report_template_papers(const AuditInput& input, double visits, AuditReport& report);

}  // namespace gemba::inline audit
