#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/model/process.h"

namespace gemba::inline graph {

/// The flow of a process as a directed multigraph: steps are nodes, flows are edges. A plain value
/// that keeps ids only; it does not refer to the process after construction.
struct FlowGraph {
  struct Edge {
    StepId from, to;
  };
  std::vector<Edge> edges;               ///< by FlowId
  std::vector<std::vector<FlowId>> out;  ///< by StepId, in document order
  std::vector<std::vector<FlowId>> in;   ///< by StepId, in document order
  std::vector<StepId> starts;            ///< steps of kind start
  std::vector<StepId> ends;              ///< steps of kind end

  explicit FlowGraph(const Process& process);

  std::size_t step_count() const { return out.size(); }
  StepId from(FlowId flow) const { return edges[flow.index()].from; }
  StepId to(FlowId flow) const { return edges[flow.index()].to; }
};

/// By StepId: whether a start reaches the step.
std::vector<bool> reachable_from_starts(const FlowGraph& graph);

/// By StepId: whether the step reaches an end.
std::vector<bool> reaches_end(const FlowGraph& graph);

/// By FlowId: whether the flow closes a cycle in a depth-first search from the starts (then from
/// steps not yet seen), taking flows in document order. Without these flows the graph has no cycle.
std::vector<bool> back_flows(const FlowGraph& graph);

/// By StepId: number of the strongly connected component (Tarjan 1972). Components are numbered in
/// reverse topological order: a flow between components leads to a lower number.
struct Components {
  std::vector<std::uint32_t> of;
  std::uint32_t count = 0;
};
Components strong_components(const FlowGraph& graph);

/// The same without the flows out of some steps, given by StepId: each of those is a component of
/// its own.
Components strong_components(const FlowGraph& graph, const std::vector<bool>& stopped);

/// The steps of each component, in document order.
class ComponentSteps {
 public:
  explicit ComponentSteps(const Components& components);

  std::span<const StepId> operator[](std::uint32_t component) const {
    return std::span(steps_).subspan(begin_[component], begin_[component + 1] - begin_[component]);
  }

 private:
  std::vector<StepId> steps_;         ///< grouped by component
  std::vector<std::uint32_t> begin_;  ///< by component: position of its first step; then the count
};

}  // namespace gemba::inline graph
