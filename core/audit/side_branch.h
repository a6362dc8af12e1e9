#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// What is done for some cases beside the usual way, which they come back to further on.
struct SideBranch {
  StepId choice;
  FlowId exit;
  double share = 0;  ///< of the cases at the choice
  bool measured = false;
  std::vector<StepId> steps;  ///< in document order; reached over the exit only
};

/// The usual exit of a choice: the one that most cases take; none where nobody says how many, at a
/// fork, and where there is one way on.
std::optional<FlowId> usual_exit(const AuditInput& input, StepId choice);

/// The exits of choices, other than the usual one, that lead over some steps of their own forward
/// to a step of the usual way that is not the end.
std::vector<SideBranch> side_branches(const AuditInput& input);

/// Whether the words of the exit, or the name of its choice, tell of something wrong: 有误, 缺,
/// 异常; problem, missing, rejected …
bool says_wrong(const AuditInput& input, FlowId exit);

}  // namespace gemba::inline audit
