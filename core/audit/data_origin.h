#pragma once
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline audit {

/// Whether a datum only tells which case it is: 订单号, order number. Everybody needs it, and
/// whoever types it in copies nothing.
bool is_reference(const Data& datum);

/// What a step needs besides references, in order.
std::vector<DataId> facts_needed(const Process& process, const Step& step);

/// The role outside that brings a datum at the start; none when one of us does, or nobody says.
std::optional<RoleId> bringer(const Process& process, DataId data);

/// Whether a datum comes from outside: an external role, or somebody who is no role, brings it, or
/// steps of external roles alone make it.
bool comes_from_outside(const Process& process, const std::vector<std::vector<StepId>>& makers,
                        DataId data);

/// The elements of both, which are in order.
std::vector<DataId> common(const std::vector<DataId>& a, const std::vector<DataId>& b);

/// By StepId: whether a case can come there again.
std::vector<bool> on_cycles(const FlowGraph& graph);

/// By StepId: whether a case that has been at the step can come there later on without taking a
/// flow that closes a cycle.
std::vector<bool> onwards(const FlowGraph& graph, const std::vector<bool>& back, StepId step);

}  // namespace gemba::inline audit
