#include "core/graph/flow_graph.h"

#include <utility>

namespace gemba::inline graph {
namespace {

/// Marks everything reachable from `roots`; `next` gives a step's flows and `other` their far ends.
template <class Next, class Other>
std::vector<bool> reach(std::size_t count, const std::vector<StepId>& roots, Next next,
                        Other other) {
  std::vector<bool> seen(count, false);
  std::vector<StepId> stack;
  const auto visit = [&](StepId step) {
    if (!seen[step.index()]) {
      seen[step.index()] = true;
      stack.push_back(step);
    }
  };
  for (const StepId root : roots) visit(root);
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    for (const FlowId flow : next(step)) visit(other(flow));
  }
  return seen;
}

}  // namespace

FlowGraph::FlowGraph(const Process& process) : out(process.steps.size()), in(process.steps.size()) {
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const Flow& flow = process.flows[i];
    edges.push_back({flow.from, flow.to});
    out[flow.from.index()].push_back(FlowId(i));
    in[flow.to.index()].push_back(FlowId(i));
  }
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (process.steps[i].kind == StepKind::start) starts.push_back(StepId(i));
    if (process.steps[i].kind == StepKind::end) ends.push_back(StepId(i));
  }
}

std::vector<bool> reachable_from_starts(const FlowGraph& graph) {
  return reach(
      graph.step_count(),
      graph.starts, [&](StepId step) -> const auto& { return graph.out[step.index()]; },
      [&](FlowId flow) { return graph.to(flow); });
}

std::vector<bool> reaches_end(const FlowGraph& graph) {
  return reach(
      graph.step_count(),
      graph.ends, [&](StepId step) -> const auto& { return graph.in[step.index()]; },
      [&](FlowId flow) { return graph.from(flow); });
}

std::vector<bool> back_flows(const FlowGraph& graph) {
  enum class Colour : std::uint8_t { white, grey, black };
  std::vector<Colour> colour(graph.step_count(), Colour::white);
  std::vector<bool> back(graph.edges.size(), false);
  std::vector<std::pair<StepId, std::size_t>> stack;
  const auto search = [&](StepId root) {
    if (colour[root.index()] != Colour::white) return;
    colour[root.index()] = Colour::grey;
    stack.emplace_back(root, 0);
    while (!stack.empty()) {
      auto& [step, next] = stack.back();
      if (next == graph.out[step.index()].size()) {
        colour[step.index()] = Colour::black;
        stack.pop_back();
        continue;
      }
      const FlowId flow = graph.out[step.index()][next++];
      const StepId target = graph.to(flow);
      if (colour[target.index()] == Colour::grey) back[flow.index()] = true;
      if (colour[target.index()] == Colour::white) {
        colour[target.index()] = Colour::grey;
        stack.emplace_back(target, 0);
      }
    }
  };
  for (const StepId start : graph.starts) search(start);
  for (std::size_t i = 0; i < graph.step_count(); ++i) search(StepId(i));
  return back;
}

}  // namespace gemba::inline graph
