#pragma once
#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Asks whether somebody outside, who is here in person and waits for one of us after the other, is
/// told how long (A506). Whoever comes for some hours only waits; whoever goes home hears nothing.
void report_queues_in_person(const AuditInput& input, AuditReport& report);

}  // namespace gemba::inline audit
