#pragma once
#include <optional>
#include <vector>

#include "core/estimate/expected.h"

namespace gemba::inline estimate {

/// Which exits of an approval let a case pass.
struct Outcome {
  std::vector<FlowId> pass;
  std::vector<FlowId> refuse;
  /// Fraction of the visits that pass; none when neither the document nor a log says it.
  std::optional<double> pass_share;
  bool measured = false;  ///< the share is from a log
  bool told = false;      ///< words tell which exits refuse
};

/// Reads the exits of an approval, or of a decision. The words of a condition or label decide:
/// "rejected", "not approved", 驳回, 不同意 … refuse, "approved", 同意, 通过 … pass; where words
/// only tell one of the two, the other exits are the other one. Where no words tell, the exit with
/// the highest share is the pass; a single exit without a share is a pass of unknown share.
Outcome approval_outcome(const Process& process, const FlowGraph& graph, const Visits& visits,
                         StepId approval);

}  // namespace gemba::inline estimate
