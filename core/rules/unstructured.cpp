#include <fmt/format.h>

#include <utility>

#include "core/graph/dominators.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// What lies between a split and the step where its branches meet.
struct Region {
  std::optional<StepId> intruded;  ///< a step that can be entered without passing the split
  std::vector<StepId> headers;     ///< steps before the split that branches lead back to
};

Region region_of(const FlowGraph& graph, const DominatorTree& before, StepId split, StepId meet) {
  Region region;
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> stack{split};
  seen[split.index()] = seen[meet.index()] = true;
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    for (const FlowId flow : graph.out[step.index()]) {
      const StepId to = graph.to(flow);
      if (to == split && region.headers.empty()) region.headers.push_back(to);
      if (seen[to.index()]) continue;
      seen[to.index()] = true;
      if (before.dominates(to, split)) {
        region.headers.push_back(to);
      } else if (before.dominates(split, to)) {
        stack.push_back(to);
      } else if (!region.intruded || to < *region.intruded) {
        region.intruded = to;
      }
    }
  }
  return region;
}

/// What is wrong with a split, or nothing.
std::string fault_of(const RuleInput& input, const DominatorTree& before, StepId split,
                     std::optional<StepId> meet) {
  const Step& step = input.process[split];
  if (!meet) return fmt::format("the branches of '{}' do not meet again", step.id);
  const Step& place = input.process[*meet];
  const Region region = region_of(input.graph, before, split, *meet);
  if (region.intruded) {
    return fmt::format(
        "the branches of '{}' meet at '{}', but '{}' between them can be entered "
        "without passing '{}'",
        step.id, place.id, input.process[*region.intruded].id, step.id);
  }
  const bool forks = step.kind == StepKind::fork;
  if (region.headers.size() > 1 || (forks && !region.headers.empty())) {
    return fmt::format("a branch of '{}' leads back to '{}'{}", step.id,
                       input.process[region.headers.back()].id,
                       forks ? ", and it is a fork" : " and another to a different step");
  }
  if (forks && place.kind != StepKind::join) {
    return fmt::format("the branches of fork '{}' meet at '{}', which is no join", step.id,
                       place.id);
  }
  if (!forks && place.kind == StepKind::join && region.headers.empty()) {
    return fmt::format("the branches of '{}' meet in join '{}', though only one is taken", step.id,
                       place.id);
  }
  return {};
}

void check(const RuleInput& input, RuleReport& report) {
  const DominatorTree before = dominators(input.graph);
  const DominatorTree after = post_dominators(input.graph);
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const StepId split(i);
    // Steps that are not reached or reach no end are reported as that.
    if (input.graph.out[i].size() < 2 || !before.reached[i] || !after.reached[i]) continue;
    std::string fault = fault_of(input, before, split, after.idom[i]);
    if (!fault.empty()) report.add(input.process[split], std::move(fault));
  }
}

}  // namespace

constinit const Rule unstructured{
    .about = {.code = "F117",
              .name = "unstructured",
              .level = Level::warning,
              .on = false,
              .summary = "a split whose branches do not meet again in one place",
              .what = "A step with several exits whose branches do not meet again in one "
                      "step; or whose branches can be entered from outside; or a `fork` "
                      "whose branches meet in something else than a `join`, or a decision "
                      "whose branches meet in one. Nested decisions may meet in the same "
                      "step. A branch of a decision may lead back to one earlier step that "
                      "every case has passed: that is a loop.",
              .why = "Well-structured procedures are read block by block, have fewer "
                     "faults, and can be turned into any notation; jumps between branches "
                     "must be followed step by step.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "ask", when = "amount > 50" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "closed"
[[step]]
id = "done"
kind = "end"
[[step]]
id = "closed"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "ask", when = "amount > 50" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
