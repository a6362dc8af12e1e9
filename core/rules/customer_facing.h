#pragma once
#include "core/graph/flow_graph.h"

namespace gemba::inline rules {

/// Whether the customer waits for a step: somebody of ours does it right after the step of an
/// external role, gateways aside, or it is marked as value for the customer.
bool customer_waits_for(const Process& process, const FlowGraph& graph, StepId step);

/// Whether somebody of ours talks to the customer at a step: a notice, or a task right before or
/// after the step of an external role, gateways aside.
bool talks_to_customer(const Process& process, const FlowGraph& graph, StepId step);

}  // namespace gemba::inline rules
