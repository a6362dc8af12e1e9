#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// A long way that nearly all cases go, with nothing at its beginning that parts them.
struct LongWay {
  StepId start;
  StepId intake;              ///< the first piece of our work
  std::vector<StepId> heavy;  ///< the checks and approvals of it that take longest, in order
  std::size_t steps = 0;      ///< pieces of our work
  std::size_t roles = 0;      ///< of ours
};

/// Of eight pieces of our work or more, by three roles or more, that `least_cases` of the cases or
/// more take on a map; none where a choice in the first third of it leads cases past some of them.
std::optional<LongWay> long_way(const AuditInput& input, double least_cases);

}  // namespace gemba::inline audit
