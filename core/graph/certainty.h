#pragma once
#include <span>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// Dominance that knows forks and joins: what a case certainly does, though it walks several
/// branches at once.

/// By StepId: whether a case can arrive at the step without having passed `avoided`. A join is
/// reached when all its incoming flows that any case reaches are; other steps when one is.
std::vector<bool> reached_without(const Process& process, const FlowGraph& graph, StepId avoided);

/// The same for several steps, given by StepId.
std::vector<bool> reached_without(const Process& process, const FlowGraph& graph,
                                  const std::vector<bool>& avoided);

/// By StepId: whether a case at the step can be completed without (further) passing `avoided`,
/// taking none of the flows in `closed`. A fork is completed when all its branches are; other steps
/// when one is. False for steps that reach no end.
std::vector<bool> completed_without(const Process& process, const FlowGraph& graph, StepId avoided,
                                    std::span<const FlowId> closed = {});

/// Whether every case that can be completed without the flows in `closed` passes the step. False
/// when no case can be.
bool in_every_case(const Process& process, const FlowGraph& graph, StepId step,
                   std::span<const FlowId> closed = {});

}  // namespace gemba::inline graph
