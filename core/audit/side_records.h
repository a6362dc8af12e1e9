#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Whether a text speaks of a list that people keep by themselves: Excel, 台账, 登记本, spreadsheet
/// …
bool names_a_list(std::string_view text);

/// Tasks of ours that write into such a list by hand, although others of the process work in a
/// system; of `known` steps it has been said that they enter something twice.
std::vector<StepId> side_records(const AuditInput& input, const std::vector<StepId>& known);

/// Asks of all of them together what the list is for (A206).
void report_side_records(const AuditInput& input, const std::vector<StepId>& known,
                         AuditReport& report);

}  // namespace gemba::inline audit
