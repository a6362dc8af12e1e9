#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Asks of papers that desks of several roles take in or work by whether they could share a file
/// (A206): each keeps what it learns for itself.
void report_desk_files(const AuditInput& input, const std::vector<DataId>& data,
                       std::vector<StepId> steps, AuditReport& report);

/// The same of windows, unless they share a system, or something has been said of one of them:
/// `known`.
void report_window_files(const AuditInput& input, const std::vector<StepId>& known,
                         AuditReport& report);

}  // namespace gemba::inline audit
