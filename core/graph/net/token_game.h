#pragma once
#include <vector>

#include "core/conditions/expression.h"
#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// What came of playing an example case.
struct Played {
  std::size_t taken = 0;     ///< so many of its steps could be taken, from the first on
  bool finished = false;     ///< all were, and nothing of the case is left over
  std::vector<StepId> next;  ///< what could have come after those, in document order
};

/// Plays steps on a process as tokens move over a BPMN diagram: a case begins at one start, a fork
/// begins all its branches, a join waits for all of its own, an end ends its branch, any other step
/// goes on over one exit whose condition is not false. Gateways may be left out of `steps`;
/// conditions are decided by `given`, and are open where it does not know a name.
Played play(const Process& process, const FlowGraph& graph, const std::vector<StepId>& steps,
            const ExprLookup& given);

}  // namespace gemba::inline graph
