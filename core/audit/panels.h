#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Steps at which several roles of ours each judge or work up the same for themselves:
/// 第一位评委打分, 第二位评委打分; first, second and third reader.
struct Panel {
  std::vector<StepId> steps;  ///< in document order, three or more
  std::vector<DataId> data;   ///< what all of them look at
};

/// All of them, of roles that a case comes to one after the other or at the same time; approvals in
/// a chain (A103) are none, nor are desks that each take papers in.
std::vector<Panel> panels(const AuditInput& input);

/// Asks of each whether fewer would do (A202).
void report_panels(const AuditInput& input, AuditReport& report);

}  // namespace gemba::inline audit
