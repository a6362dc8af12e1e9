#include "core/rules/customer_facing.h"

namespace gemba::inline rules {
namespace {

/// Whether a customer does the step: the external role that cases begin with, or any, where they
/// begin with none.
bool is_customers(const Process& process, const FlowGraph& graph, StepId step) {
  if (!process.is_external(process[step])) return false;
  bool begins_outside = false;
  for (const StepId start : graph.starts) {
    if (process[start].role == process[step].role) return true;
    begins_outside = begins_outside || process.is_external(process[start]);
  }
  return !begins_outside;
}

/// Whether a step of the customer is the next in one direction, over gateways.
template <class Neighbours>
bool meets_customer(const Process& process, const FlowGraph& graph, StepId step,
                    Neighbours neighbours) {
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> stack = {step};
  while (!stack.empty()) {
    const StepId here = stack.back();
    stack.pop_back();
    for (const StepId next : neighbours(here)) {
      if (seen[next.index()]) continue;
      seen[next.index()] = true;
      if (is_customers(process, graph, next)) return true;
      if (is_gateway(process[next].kind)) stack.push_back(next);
    }
  }
  return false;
}

bool follows_customer(const Process& process, const FlowGraph& graph, StepId step) {
  return meets_customer(process, graph, step, [&](StepId here) {
    std::vector<StepId> steps;
    for (const FlowId entry : graph.in[here.index()]) steps.push_back(graph.from(entry));
    return steps;
  });
}

bool precedes_customer(const Process& process, const FlowGraph& graph, StepId step) {
  return meets_customer(process, graph, step, [&](StepId here) {
    std::vector<StepId> steps;
    for (const FlowId exit : graph.out[here.index()]) steps.push_back(graph.to(exit));
    return steps;
  });
}

/// Whether a case rests with us there: at work, in a wait or in a call of ours.
bool is_with_us(const Process& process, const Step& step) {
  return step.role && !process.is_external(step) && !is_routing(step.kind);
}

}  // namespace

bool customer_waits_for(const Process& process, const FlowGraph& graph, StepId step) {
  if (!is_with_us(process, process[step])) return false;
  return process[step].value == Value::customer || follows_customer(process, graph, step);
}

bool talks_to_customer(const Process& process, const FlowGraph& graph, StepId step) {
  const StepKind kind = process[step].kind;
  if (!is_with_us(process, process[step])) return false;
  if (process[step].automation == Automation::automatic) return false;
  if (kind == StepKind::notify) return true;
  return kind == StepKind::task &&
         (follows_customer(process, graph, step) || precedes_customer(process, graph, step));
}

}  // namespace gemba::inline rules
