#include "core/rules/branches.h"

#include <algorithm>

namespace gemba {

Branches branches_of(const Process& process, const FlowGraph& graph, StepId step) {
  Branches branches;
  if (process[step].kind == StepKind::fork) return branches;
  for (const FlowId exit : graph.out[step.index()]) {
    const std::optional<Condition>& when = process[exit].when;
    if (!when || !when->expr) {
      branches.all_known = false;
      continue;
    }
    branches.flows.push_back(exit);
    branches.rows.push_back({when->text, &*when->expr});
    if (!is_bare_name(*when->expr)) continue;
    const std::string_view name = when->expr->root().name;
    const std::vector<Data>& data = process.definitions.data;
    const bool is_datum =
        std::any_of(data.begin(), data.end(), [&](const Data& each) { return each.id == name; });
    if (!is_datum) branches.outcomes.push_back(name);
  }
  return branches;
}

}  // namespace gemba
