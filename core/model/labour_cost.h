#pragma once
#include <optional>

#include "core/model/process.h"

namespace gemba::inline model {

/// The money that so many seconds of work of a step cost by the hourly price of its role; none
/// without one.
std::optional<double> labour_cost(const Process& process, StepId step, double seconds);

}  // namespace gemba::inline model
