#include "core/graph/certainty.h"

#include <algorithm>

namespace gemba::inline graph {
namespace {

/// Least fixed point of an AND/OR graph: a step holds when `demand` of the flows it waits for hold.
template <class Dependents>
std::vector<bool> spread(const std::vector<StepId>& holding, std::vector<std::size_t> demand,
                         const std::vector<bool>& avoided, Dependents dependents) {
  std::vector<bool> holds(demand.size(), false);
  std::vector<StepId> stack;
  const auto hold = [&](StepId step) {
    if (avoided[step.index()] || holds[step.index()]) return;
    holds[step.index()] = true;
    stack.push_back(step);
  };
  for (const StepId step : holding) hold(step);
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    for (const StepId waiting : dependents(step)) {
      std::size_t& missing = demand[waiting.index()];
      if (missing > 0 && --missing == 0) hold(waiting);
    }
  }
  return holds;
}

std::vector<bool> only(StepId step, std::size_t step_count) {
  std::vector<bool> steps(step_count, false);
  if (step.index() < step_count) steps[step.index()] = true;
  return steps;
}

}  // namespace

std::vector<bool> reached_without(const Process& process, const FlowGraph& graph, StepId avoided) {
  return reached_without(process, graph, only(avoided, graph.step_count()));
}

std::vector<bool> reached_without(const Process& process, const FlowGraph& graph,
                                  const std::vector<bool>& avoided) {
  const std::vector<bool> live = reachable_from_starts(graph);
  std::vector<std::size_t> demand(graph.step_count(), 1);
  for (std::size_t i = 0; i < demand.size(); ++i) {
    if (process.steps[i].kind != StepKind::join) continue;
    demand[i] = static_cast<std::size_t>(
        std::count_if(graph.in[i].begin(), graph.in[i].end(),
                      [&](FlowId flow) { return live[graph.from(flow).index()]; }));
  }
  return spread(graph.starts, std::move(demand), avoided, [&](StepId step) {
    std::vector<StepId> next;
    for (const FlowId flow : graph.out[step.index()]) next.push_back(graph.to(flow));
    return next;
  });
}

std::vector<bool> completed_without(const Process& process, const FlowGraph& graph, StepId avoided,
                                    std::span<const FlowId> closed) {
  std::vector<bool> is_closed(graph.edges.size(), false);
  for (const FlowId flow : closed) is_closed[flow.index()] = true;
  std::vector<std::size_t> demand(graph.step_count(), 1);
  for (std::size_t i = 0; i < demand.size(); ++i) {
    if (process.steps[i].kind == StepKind::fork) demand[i] = graph.out[i].size();
  }
  return spread(graph.ends, std::move(demand), only(avoided, graph.step_count()), [&](StepId step) {
    std::vector<StepId> before;
    for (const FlowId flow : graph.in[step.index()]) {
      if (!is_closed[flow.index()]) before.push_back(graph.from(flow));
    }
    return before;
  });
}

bool in_every_case(const Process& process, const FlowGraph& graph, StepId step,
                   std::span<const FlowId> closed) {
  const auto any_start = [&](const std::vector<bool>& completes) {
    return std::any_of(graph.starts.begin(), graph.starts.end(),
                       [&](StepId start) { return completes[start.index()]; });
  };
  const StepId nowhere(graph.step_count());
  return any_start(completed_without(process, graph, nowhere, closed)) &&
         !any_start(completed_without(process, graph, step, closed));
}

}  // namespace gemba::inline graph
