#include "core/audit/neighbours.h"

#include <algorithm>

namespace gemba::inline audit {
namespace {

template <class Flows, class Far>
std::vector<StepId> around(const Process& process, StepId step, Reach reach, Flows flows, Far far) {
  std::vector<bool> seen(process.steps.size(), false);
  std::vector<StepId> found;
  std::vector<StepId> stack{step};
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    for (const FlowId flow : flows(at)) {
      const StepId next = far(flow);
      if (seen[next.index()]) continue;
      seen[next.index()] = true;
      found.push_back(next);
      if (reach == Reach::over_gateways && is_gateway(process[next].kind)) stack.push_back(next);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<StepId> without_gateways(const Process& process, std::vector<StepId> steps) {
  std::erase_if(steps, [&](StepId step) { return is_gateway(process[step].kind); });
  return steps;
}

}  // namespace

std::optional<StepId> only_next(const FlowGraph& graph, StepId step) {
  const std::vector<FlowId>& out = graph.out[step.index()];
  if (out.size() != 1) return std::nullopt;
  const StepId next = graph.to(out.front());
  if (graph.in[next.index()].size() != 1) return std::nullopt;
  return next;
}

std::vector<StepId> all_before(const Process& process, const FlowGraph& graph, StepId step,
                               Reach reach) {
  return around(
      process, step, reach, [&](StepId at) { return graph.in[at.index()]; },
      [&](FlowId flow) { return graph.from(flow); });
}

std::vector<StepId> all_after(const Process& process, const FlowGraph& graph, StepId step,
                              Reach reach) {
  return around(
      process, step, reach, [&](StepId at) { return graph.out[at.index()]; },
      [&](FlowId flow) { return graph.to(flow); });
}

std::vector<StepId> steps_before(const Process& process, const FlowGraph& graph, StepId step) {
  return without_gateways(process, all_before(process, graph, step, Reach::over_gateways));
}

std::vector<StepId> steps_after(const Process& process, const FlowGraph& graph, StepId step) {
  return without_gateways(process, all_after(process, graph, step, Reach::over_gateways));
}

}  // namespace gemba::inline audit
