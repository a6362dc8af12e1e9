#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline audit {

/// A string of TOML: literal where quotes would have to be escaped, as people write it.
std::string toml_string(std::string_view text);

/// TOML of the step with its ways on, each to the step whose id `target` gives.
std::string rewired_step(const Process& process, const FlowGraph& graph, StepId step,
                         const std::function<std::string(const Flow&)>& target);

/// TOML of an edit that only takes steps out: every step that led to a removed one leads to what
/// follows it. Empty when a removed step has several ways on, so that nothing follows by itself,
/// and when a step that stays needs what only removed steps make.
std::string bypass_patch(const Process& process, const std::vector<StepId>& removed,
                         const std::vector<FlowId>& closed);

}  // namespace gemba::inline audit
