#pragma once
#include <vector>

#include "core/audit/finding.h"

namespace gemba::inline audit {

/// Leaves one word on each approval, of those that say how to approve less: take it out (A101), set
/// a limit (A104), decide sooner (A105). What is certain goes before questions, then taking out
/// before limits, but limits that a log tells before all; deciding sooner is only said where
/// neither is.
void settle_approvals(std::vector<Finding>& found);

}  // namespace gemba::inline audit
