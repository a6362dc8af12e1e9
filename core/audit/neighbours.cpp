#include "core/audit/neighbours.h"

#include <algorithm>

namespace gemba {
namespace {

template <class Flows, class Far>
std::vector<StepId> neighbours(const Process& process, StepId step, Flows flows, Far far) {
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
      (is_gateway(process[next].kind) ? stack : found).push_back(next);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

bool is_own_work(const Process& process, StepId id) {
  const Step& step = process[id];
  const bool works = step.kind == StepKind::task || step.kind == StepKind::approval ||
                     step.kind == StepKind::notify;
  return works && step.role && !process.is_external(step);
}

std::optional<StepId> only_next(const FlowGraph& graph, StepId step) {
  const std::vector<FlowId>& out = graph.out[step.index()];
  if (out.size() != 1) return std::nullopt;
  const StepId next = graph.to(out.front());
  if (graph.in[next.index()].size() != 1) return std::nullopt;
  return next;
}

std::vector<StepId> steps_before(const Process& process, const FlowGraph& graph, StepId step) {
  return neighbours(
      process, step, [&](StepId at) { return graph.in[at.index()]; },
      [&](FlowId flow) { return graph.from(flow); });
}

std::vector<StepId> steps_after(const Process& process, const FlowGraph& graph, StepId step) {
  return neighbours(
      process, step, [&](StepId at) { return graph.out[at.index()]; },
      [&](FlowId flow) { return graph.to(flow); });
}

}  // namespace gemba
