#pragma once
#include <string_view>
#include <vector>

#include "core/conditions/decision_table.h"
#include "core/graph/flow_graph.h"

namespace gemba::inline rules {

/// The exits of a step that have conditions, as the rows of a decision table.
struct Branches {
  std::vector<FlowId> flows;  ///< of the rows
  std::vector<DecisionRow> rows;
  std::vector<std::string_view> outcomes;  ///< names that stand alone and are no data
  std::vector<DecisionRow> given;          ///< conditions that every case has met on the way here
  bool all_known = true;  ///< whether every exit has a condition that can be understood
};

/// The branches of a step; of a fork, whose exits are all taken, none. Lives as long as the
/// process.
Branches branches_of(const Process& process, const FlowGraph& graph, StepId step);

}  // namespace gemba::inline rules
