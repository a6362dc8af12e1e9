#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba {

/// Whether somebody of ours has work at the step: a task, an approval or a notice of a role inside.
bool is_own_work(const Process& process, StepId step);

/// Whether the name says that something is looked at again, not looked up: 核对, 复核, 检查, check,
/// verify …
bool says_check(const Step& step);

/// The step that every case at `step` goes to next, when it is reached from there only.
std::optional<StepId> only_next(const FlowGraph& graph, StepId step);

/// The steps, others than gateways, from which a case comes to `step`, in document order: over
/// gateways, or directly.
std::vector<StepId> steps_before(const Process& process, const FlowGraph& graph, StepId step);

/// The same for the steps to which a case goes on.
std::vector<StepId> steps_after(const Process& process, const FlowGraph& graph, StepId step);

}  // namespace gemba
