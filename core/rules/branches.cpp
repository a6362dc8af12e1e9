#include "core/rules/branches.h"

#include <algorithm>

namespace gemba::inline rules {
namespace {

/// Whether a condition names an outcome: that of one step is none of another.
bool speaks_of_outcome(const Expr& condition, const Branches& branches) {
  return is_bare_name(condition) ||
         std::any_of(branches.outcomes.begin(), branches.outcomes.end(),
                     [&](std::string_view outcome) { return uses_name(condition, outcome); });
}

/// Adds the conditions on the stretch before a step that has a single way in: every case has met
/// them, as long as nobody makes anew what they speak of.
void add_given(const Process& process, const FlowGraph& graph, StepId step, Branches& branches) {
  if (!process[step].makes.empty()) return;
  StepId at = step;
  for (std::size_t hops = 0; hops < process.steps.size(); ++hops) {
    if (graph.in[at.index()].size() != 1) return;
    const FlowId entry = graph.in[at.index()].front();
    const Step& before = process[graph.from(entry)];
    const std::optional<Condition>& when = process[entry].when;
    if (when && when->expr && before.kind != StepKind::fork &&
        !speaks_of_outcome(*when->expr, branches))
      branches.given.push_back({when->text, &*when->expr});
    if (!before.makes.empty()) return;
    at = graph.from(entry);
  }
}

}  // namespace

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
  if (branches.rows.size() > 0) add_given(process, graph, step, branches);
  return branches;
}

}  // namespace gemba::inline rules
