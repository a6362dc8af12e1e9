#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// By StepId, the step that most cases come to next, forwards: the only one, or behind a decision
/// the one to which more than half of them go. None behind a fork, where no exit has the most, and
/// where most go back. Nobody comes to a step a second time on these ways.
std::vector<std::optional<StepId>> main_next(const AuditInput& input);

/// Makes a finding a question to the owner: nothing that must be acted on at once.
void only_ask(Finding& finding);

/// How many of the steps `add_time_evidence` is given for; the rest is in the picture.
inline constexpr std::size_t most_times = 8;

/// Names of steps in single quotes.
std::vector<std::string> quoted_names(const Process& process, const std::vector<StepId>& steps);

}  // namespace gemba::inline audit
