#pragma once
#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Whether only cases come to the step that somebody disputes or that are out of the ordinary, by
/// the words of the way there: 争议, 申诉, 例外; dispute, appeal, exception …
bool is_for_disputes(const AuditInput& input, StepId step);

}  // namespace gemba::inline audit
