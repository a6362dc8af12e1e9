#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// Which steps every path to a step has passed (dominators), or every path from it will pass
/// (post-dominators).
struct DominatorTree {
  /// By StepId: the nearest step that dominates it; none for a step without one, and for one not
  /// reached.
  std::vector<std::optional<StepId>> idom;
  std::vector<bool> reached;                ///< by StepId: whether the tree knows the step
  std::vector<std::uint32_t> enter, leave;  ///< by StepId: interval of the step's subtree

  /// Whether every path to `b` passes `a`. A step that is reached dominates itself; one that is not
  /// neither dominates nor is dominated.
  bool dominates(StepId a, StepId b) const {
    return reached[a.index()] && reached[b.index()] && enter[a.index()] <= enter[b.index()] &&
           leave[b.index()] <= leave[a.index()];
  }
};

/// Over the paths from any start (Lengauer and Tarjan 1979). Steps that no start reaches are not
/// reached. Paths are those of a token: that a fork takes all its branches at once is not
/// considered (see `certainty.h`).
DominatorTree dominators(const FlowGraph& graph);

/// The same over the paths to any end, read backwards. Steps that reach no end are not reached.
DominatorTree post_dominators(const FlowGraph& graph);

}  // namespace gemba::inline graph
