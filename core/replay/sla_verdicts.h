#pragma once
#include <optional>
#include <vector>

#include "core/model/process.h"
#include "core/replay/profile.h"

namespace gemba::inline replay {

/// Whether a step with an SLA keeps it as often as it must.
struct SlaVerdict {
  StepId step;
  std::optional<double> attainment;  ///< share of its times within the limit; none: not judged
  bool met = false;                  ///< of a step that was judged
};

/// Of every step with an SLA, in document order: whether at least a share `target` of its times was
/// within the limit.
std::vector<SlaVerdict> judge_slas(const Process& process, const Profile& profile, double target);

}  // namespace gemba::inline replay
