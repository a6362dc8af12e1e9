#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline replay {

/// How cases get from one step that a log shows to the next: through steps that it does not show
/// (starts, ends, gateways, work that nobody records).
struct FlowPaths {
  /// By StepId, for steps that are shown: the shown steps that may directly precede it.
  std::vector<std::vector<StepId>> predecessors;
  /// By StepId, for steps that are shown: what it can lead to without another shown step in
  /// between, each with the flows of a shortest way. The list is in order of `to`.
  struct Way {
    StepId to;
    std::vector<FlowId> flows;
  };
  std::vector<std::vector<Way>> ways;
  /// By StepId: the flows of a shortest way to an end through steps that are not shown; none when
  /// there is no such way.
  std::vector<std::optional<std::vector<FlowId>>> way_to_end;

  const Way* find_way(StepId from, StepId to) const;
};

/// `shown` is by StepId. Breadth-first search from every shown step.
FlowPaths find_paths(const Process& process, const FlowGraph& graph,
                     const std::vector<bool>& shown);

}  // namespace gemba::inline replay
