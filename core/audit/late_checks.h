#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// A check that turns cases away.
struct KnockOut {
  StepId check;
  double refused = 0;  ///< of the cases at the check
  bool measured = false;
  std::vector<bool> after_refusal;  ///< by StepId: where refused cases come to
};

/// A check that comes late: what is done in vain before it, and what it takes itself.
struct Late {
  KnockOut found;
  std::vector<StepId> tasks;   ///< that make what it looks at
  std::vector<StepId> wasted;  ///< steps before it
  std::vector<double> spared;  ///< of each: the part of its cases that it need not be done for
  std::vector<StepId> moved;   ///< its tasks that come after something wasted
  double work = 0;             ///< of the check and its tasks, per case
};

/// All checks that turn away `least` of their cases or more and that something is done in vain
/// before.
std::vector<Late> late_checks(const AuditInput& input, double least);

}  // namespace gemba::inline audit
