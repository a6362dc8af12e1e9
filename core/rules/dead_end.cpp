#include <fmt/format.h>

#include "core/base/text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether a flow leads out of each strongly connected component.
std::vector<bool> left_by_a_flow(const FlowGraph& graph, const Components& components) {
  std::vector<bool> left(components.count, false);
  for (const FlowGraph::Edge& edge : graph.edges) {
    const std::uint32_t own = components.of[edge.from.index()];
    if (own != components.of[edge.to.index()]) left[own] = true;
  }
  return left;
}

std::string loop_message(const std::vector<const Step*>& loop) {
  if (loop.size() == 1) {
    return fmt::format("step '{}' only leads back to itself: no case gets out of it",
                       loop.front()->id);
  }
  std::string names;
  for (const Step* step : loop) add_item(names, fmt::format("'{}'", step->id));
  return fmt::format("steps {} form a loop that no flow leaves: no case gets out of it", names);
}

/// Reports where cases get stuck: at the step or the loop that nothing leaves, not at all the steps
/// before it.
void check(const RuleInput& input, RuleReport& report) {
  // Without an end nothing is finished; no-end says so once.
  if (input.graph.ends.empty()) return;
  const std::vector<bool> finishes = reaches_end(input.graph);
  const Components components = strong_components(input.graph);
  const std::vector<bool> left = left_by_a_flow(input.graph, components);
  std::vector<std::vector<const Step*>> stuck(components.count);
  for (std::size_t i = 0; i < finishes.size(); ++i) {
    const std::uint32_t own = components.of[i];
    if (!finishes[i] && !left[own]) stuck[own].push_back(&input.process.steps[i]);
  }
  for (const auto& steps : stuck) {
    if (steps.empty()) continue;
    const Step& first = *steps.front();
    const StepId id(static_cast<std::size_t>(&first - input.process.steps.data()));
    if (input.graph.out[id.index()].empty()) {
      report.add(first, fmt::format("nothing follows step '{}', and it is not an end", first.id));
    } else {
      report.add(first, loop_message(steps));
    }
  }
}

}  // namespace

constinit const Rule dead_end{
    .about = {.code = "F104",
              .name = "dead-end",
              .level = Level::error,
              .summary = "no path leads from the step to an end",
              .what = "A step that is not an end and that nothing follows, or a loop that no flow "
                      "leaves. Steps that "
                      "can only lead there are not reported again.",
              .why = "Cases that come here are never finished: in practice somebody improvises, "
                     "and nobody owns "
                     "the case.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = ["pay", "refuse"]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "refuse"
name = "告知拒绝原因"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = ["pay", "refuse"]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "refuse"
name = "告知拒绝原因"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
