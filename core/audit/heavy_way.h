#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// The heavy part of a way that all cases go.
struct HeavyWay {
  std::vector<StepId> steps;
  double waiting = 0;            ///< seconds per case
  std::optional<DataId> mark;    ///< what tells light cases from heavy ones, known before
  std::optional<StepId> marker;  ///< the step of ours that finds it out; none at the start
};

/// The way to ask about: approvals of one amount, specialists along whom a case is passed, or what
/// is behind a class by which nobody decides. Of `least_cases` of the cases or more, who wait for
/// it `least_waiting` of the cycle time or more.
std::optional<HeavyWay> heavy_way(const AuditInput& input, double least_cases,
                                  double least_waiting);

}  // namespace gemba::inline audit
