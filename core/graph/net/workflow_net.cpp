#include "core/graph/net/workflow_net.h"

#include <utility>

namespace gemba::inline graph {
namespace {

/// Builds the net of the part of a process that is reached and that reaches an end.
class Builder {
 public:
  Builder(const Process& process, const FlowGraph& graph)
      : process_(process),
        graph_(graph),
        live_(reachable_from_starts(graph)),
        components_(strong_components(graph)),
        entry_(graph.step_count()),
        arrival_(graph.edges.size()) {
    const std::vector<bool> finishes = reaches_end(graph);
    for (std::size_t i = 0; i < live_.size(); ++i) live_[i] = live_[i] && finishes[i];
  }

  WorkflowNet build() {
    net_.steps.push_back(graph_.starts.empty() ? StepId() : graph_.starts.front());
    for (std::size_t i = 0; i < live_.size(); ++i) {
      if (live_[i]) add_places(StepId(i));
    }
    for (const StepId start : graph_.starts) {
      if (!live_[start.index()]) continue;
      net_.transitions.push_back({{PlaceId(0)}, {entry_[start.index()]}, start, {}, false});
    }
    for (std::size_t i = 0; i < live_.size(); ++i) {
      if (live_[i]) add_transitions(StepId(i));
    }
    return std::move(net_);
  }

 private:
  PlaceId add_place(StepId step) {
    net_.steps.push_back(step);
    return PlaceId(net_.steps.size() - 1);
  }

  void add_places(StepId step) {
    const StepKind kind = process_[step].kind;
    const bool by_flow = kind == StepKind::join || kind == StepKind::end;
    if (!by_flow) entry_[step.index()] = add_place(step);
    for (const FlowId flow : graph_.in[step.index()]) {
      arrival_[flow.index()] = by_flow ? add_place(step) : entry_[step.index()];
    }
  }

  void add_transitions(StepId step) {
    const auto& in = graph_.in[step.index()];
    switch (process_[step].kind) {
      case StepKind::end:
        for (const FlowId flow : in) {
          net_.transitions.push_back({{arrival_[flow.index()]}, {}, step, {}, false});
        }
        return;
      case StepKind::fork:
        return add_exits(step, {entry_[step.index()]}, true);
      case StepKind::join: {
        std::vector<PlaceId> pre;
        for (const FlowId flow : in) pre.push_back(arrival_[flow.index()]);
        return add_exits(step, pre, false);
      }
      default:
        return add_exits(step, {entry_[step.index()]}, false);
    }
  }

  void add_exits(StepId step, const std::vector<PlaceId>& pre, bool all_at_once) {
    WorkflowNet::Transition next{pre, {}, step, {}, false};
    for (const FlowId flow : graph_.out[step.index()]) {
      const StepId to = graph_.to(flow);
      if (!live_[to.index()]) continue;
      next.post.push_back(arrival_[flow.index()]);
      next.flows.push_back(flow);
      next.cyclic = next.cyclic || components_.of[step.index()] == components_.of[to.index()];
      if (all_at_once) continue;
      net_.transitions.push_back(std::exchange(next, {pre, {}, step, {}, false}));
    }
    if (all_at_once) net_.transitions.push_back(std::move(next));
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<bool> live_;  ///< by StepId: reached, and reaches an end
  Components components_;
  std::vector<PlaceId> entry_;    ///< by StepId
  std::vector<PlaceId> arrival_;  ///< by FlowId
  WorkflowNet net_;
};

}  // namespace

WorkflowNet workflow_net(const Process& process, const FlowGraph& graph) {
  return Builder(process, graph).build();
}

}  // namespace gemba::inline graph
