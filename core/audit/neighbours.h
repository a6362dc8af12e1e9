#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline audit {

/// The step that every case at `step` goes to next, when it is reached from there only.
std::optional<StepId> only_next(const FlowGraph& graph, StepId step);

/// Whether what is looked for may stand behind gateways.
enum class Reach : std::uint8_t { direct, over_gateways };

/// All steps from which a case comes to `step`, gateways included, in document order.
std::vector<StepId> all_before(const Process& process, const FlowGraph& graph, StepId step,
                               Reach reach);

/// The same for the steps to which a case goes on.
std::vector<StepId> all_after(const Process& process, const FlowGraph& graph, StepId step,
                              Reach reach);

/// The steps, others than gateways, from which a case comes to `step`, in document order: over
/// gateways, or directly.
std::vector<StepId> steps_before(const Process& process, const FlowGraph& graph, StepId step);

/// The same for the steps to which a case goes on.
std::vector<StepId> steps_after(const Process& process, const FlowGraph& graph, StepId step);

}  // namespace gemba::inline audit
