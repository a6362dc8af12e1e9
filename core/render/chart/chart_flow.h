#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// What the drawing of a flow depends on, by FlowId unless said otherwise.
struct ChartFlow {
  std::vector<bool> back;  ///< closes a cycle
  std::vector<std::optional<double>>
      shares;  ///< of the cases at the flow's step, from the log, else the document
  std::vector<double> weights;    ///< expected cases on the flow, 1 for the busiest
  bool weighted = false;          ///< some share is known, so that the weights mean something
  std::vector<FlowId> main_path;  ///< from a start along the most frequent flows, in order
  std::vector<bool> reachable;    ///< by StepId; all true in a document without starts
  std::vector<bool> removed;      ///< is there no more
};

/// What of a process is there no more and drawn all the same.
struct Removed {
  std::vector<bool> steps;  ///< by StepId
  std::vector<bool> flows;  ///< by FlowId
};

/// Shares of a fork are 1, missing shares are equal parts. The main path takes the first of equally
/// frequent flows. What is removed carries no cases, and makes no step reachable.
ChartFlow chart_flow(const Process& process, const FlowGraph& graph, const Profile* profile,
                     const Removed* removed = nullptr);

/// By StepId: the lane of each step, and the names of the lanes in their order from first to last.
struct Lanes {
  std::vector<ChartLane> lanes;
  std::vector<std::size_t> of;
  std::vector<std::optional<std::size_t>>
      keys;  ///< by lane: the role's or system's index; none of the lane of those without
};

/// Lanes in the order of the main path, the others near their neighbours; `options.lane_order`
/// first. Starts, ends and bars that name no role stand in their neighbour's lane; other steps
/// without one have a lane of their own. Roles or systems among `empty` have a lane even where
/// nobody works. Throws `UsageError`.
Lanes assign_lanes(const Process& process, const FlowGraph& graph, const ChartFlow& flow,
                   const ChartOptions& options, const std::vector<std::size_t>& empty = {});

}  // namespace gemba::inline render
