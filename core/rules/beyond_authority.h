#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline rules {

/// The least amount that comes to an approval and that none of `deciders` may decide by the
/// authority table, nor anybody who approves the same action later. None when there is no such
/// amount, or when the approval does not say what it approves or by which amount.
std::optional<double> amount_beyond(const Process& process, const FlowGraph& graph, StepId approval,
                                    const std::vector<RoleId>& deciders);

}  // namespace gemba::inline rules
