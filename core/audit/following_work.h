#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

using Makers = std::vector<std::vector<StepId>>;  ///< by DataId

/// The system in which a datum is made, by those who make it; none when somebody makes it
/// elsewhere.
std::optional<SystemId> system_of(const Process& process, const std::vector<StepId>& makers);

/// Whether what the step yields follows from its inputs, as far as its name tells.
bool follows_from_inputs(const AuditInput& input, const Makers& makers, StepId id);

/// By StepId: whether another finding says that the step is to go altogether (A203, A206).
std::vector<bool> going_anyway(const AuditInput& input);

/// The candidates that flows link, over decisions by rule and what is to go as well; those of one
/// stretch together.
std::vector<std::vector<StepId>> stretches_of(const AuditInput& input,
                                              const std::vector<bool>& candidate,
                                              const std::vector<bool>& ruled);

}  // namespace gemba::inline audit
