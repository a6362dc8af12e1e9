#pragma once
#include <set>
#include <string>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Reports the trips of people outside: that they queue, come again, or come for a paper. Steps at
/// a desk of which is asked whether it could be done from afar are given.
void report_trips(const AuditInput& input, const std::set<StepId>& at_desks, AuditReport& report);

/// The roles of the steps in single quotes, each once.
std::vector<std::string> role_names(const Process& process, const std::vector<StepId>& steps);

/// Adds what is known and said of the steps.
void add_evidence_of(const AuditInput& input, const std::vector<StepId>& steps, Finding& finding);

}  // namespace gemba::inline audit
