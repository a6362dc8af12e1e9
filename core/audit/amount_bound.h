#pragma once
#include <optional>

#include "core/graph/flow_graph.h"

namespace gemba::inline audit {

/// The largest amount with which a case can come to an approval, as far as conditions that every
/// case has met say so
/// (`amount <= 300`, also within `and`). None when the approval has no amount, no condition bounds
/// it, or the amount may have been made anew since.
std::optional<double> upper_bound_at(const Process& process, const FlowGraph& graph,
                                     StepId approval);

}  // namespace gemba::inline audit
