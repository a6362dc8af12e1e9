#include "core/audit/main_way.h"

namespace gemba::inline audit {

std::vector<std::optional<StepId>> main_next(const AuditInput& input) {
  const std::vector<bool> back = back_flows(input.graph);
  std::vector<std::optional<StepId>> next(input.process.steps.size());
  for (std::size_t i = 0; i < next.size(); ++i) {
    const std::vector<FlowId>& out = input.graph.out[i];
    if (out.size() > 1 && is_parallel(input.process.steps[i].kind)) continue;
    for (const FlowId flow : out) {
      const bool most = out.size() == 1 || input.expected.visits.shares[flow.index()] > 0.5 + 1e-9;
      if (most && !back[flow.index()]) next[i] = input.graph.to(flow);
    }
  }
  return next;
}

}  // namespace gemba::inline audit
