#pragma once
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// Where the step says that it makes a datum; null when it does not.
const DataUse* made_at(const Step& step, DataId data);

/// Whether the step makes a datum.
inline bool makes(const Step& step, DataId data) { return made_at(step, data) != nullptr; }

/// Whether the step needs a datum, or judges an amount by it.
bool uses(const Step& step, DataId data);

/// Whether the condition of an exit of the step speaks of a datum.
bool decides_by(const Process& process, const FlowGraph& graph, StepId step, DataId data);

/// The steps that make each datum, by DataId.
std::vector<std::vector<StepId>> makers_of_data(const Process& process);

/// Where a datum may be missing: an analysis of definite availability ("must" data flow, Nielson,
/// Nielson and Hankin 1999, section 2.1, over forks and joins).
struct MissingData {
  std::vector<bool> after;   ///< by StepId: whether a case can be done there and nobody has made it
  std::vector<bool> before;  ///< by StepId: whether a case can come there and nobody has made it
};

/// For a datum that `makers` make and that nobody brings at the start.
MissingData missing_data(const Process& process, const FlowGraph& graph,
                         const std::vector<StepId>& makers);

/// A shortest path from a start to a step at which the datum may be missing, on which nobody makes
/// it; empty when there is none.
std::vector<StepId> path_without(const FlowGraph& graph, const MissingData& missing, StepId step);

/// By StepId: whether a case that has been at the step can come there later on.
std::vector<bool> reachable_after(const FlowGraph& graph, StepId step);

}  // namespace gemba::inline graph
