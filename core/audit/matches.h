#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// A step that compares what several people wrote down about one thing.
struct Match {
  StepId step;
  std::vector<DataId> compared;
  std::vector<StepId> makers;          ///< of what is compared, ours and others
  std::vector<StepId> investigations;  ///< of what does not agree
  std::vector<DataId> common_origin;   ///< what more than one of the makers need
  bool with_strangers = false;         ///< some of it is brought from outside at the start
};

/// All of them, in document order: work of ours, by hand, on two data or more that steps of
/// different roles make.
std::vector<Match> matches(const AuditInput& input);

}  // namespace gemba::inline audit
