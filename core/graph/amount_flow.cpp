#include "core/graph/amount_flow.h"

#include <algorithm>

#include "core/conditions/decision_table.h"
#include "core/graph/data_flow.h"

namespace gemba::inline graph {
namespace {

/// The numbers in the conditions that speak of a name.
void add_numbers(const Process& process, const std::string& name, std::set<double>& numbers) {
  for (const Flow& flow : process.flows) {
    if (!flow.when || !flow.when->expr) continue;
    if (!uses_name(*flow.when->expr, name)) continue;
    for (const Expr::Node& node : flow.when->expr->nodes) {
      if (const auto* number = std::get_if<double>(&node.value)) numbers.insert(*number);
    }
  }
}

}  // namespace

AmountFlow::AmountFlow(const Process& process, const FlowGraph& graph, DataId amount,
                       const std::set<double>& limits)
    : amount_(amount), name_(process.definitions[amount].id) {
  std::set<double> numbers = limits;
  add_numbers(process, name_, numbers);
  values_ = numbers.empty() ? std::vector<double>{0} : representative_numbers(numbers);
  find_passing(process, graph);
  spread(process, graph);
}

void AmountFlow::find_passing(const Process& process, const FlowGraph& graph) {
  passes_.assign(graph.edges.size(), std::vector<bool>(values_.size(), true));
  for (std::size_t step = 0; step < graph.step_count(); ++step) {
    if (process.steps[step].kind == StepKind::fork) continue;
    // Exits that do not speak of the amount are open to all of it.
    if (!decides_by(process, graph, StepId(step), amount_)) continue;
    for (std::size_t value = 0; value < values_.size(); ++value)
      close_exits(process, graph.out[step], value);
  }
}

void AmountFlow::close_exits(const Process& process, const std::vector<FlowId>& exits,
                             std::size_t value) {
  const auto lookup = [&](std::string_view name) {
    return name == name_ ? ExprValue(values_[value]) : ExprValue();
  };
  bool taken = false;
  for (const FlowId exit : exits) {
    const std::optional<Condition>& when = process[exit].when;
    if (!when || !when->expr) continue;
    const std::optional<bool> truth = evaluate(*when->expr, lookup);
    passes_[exit.index()][value] = truth != false;
    taken = taken || truth == true;
  }
  // An exit without a condition takes what the others leave.
  for (const FlowId exit : exits) {
    if (!process[exit].when) passes_[exit.index()][value] = !taken;
  }
}

void AmountFlow::spread(const Process& process, const FlowGraph& graph) {
  reach_.assign(graph.step_count(), std::vector<bool>(values_.size(), false));
  std::vector<StepId> stack = graph.starts;
  for (const StepId start : graph.starts) reach_[start.index()].assign(values_.size(), true);
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    const bool anew = makes(process[step], amount_);
    for (const FlowId exit : graph.out[step.index()]) {
      std::vector<bool>& next = reach_[graph.to(exit).index()];
      bool grew = false;
      for (std::size_t value = 0; value < values_.size(); ++value) {
        if (next[value] || !passes(exit, value)) continue;
        if (anew || reaches(step, value)) next[value] = grew = true;
      }
      if (grew) stack.push_back(graph.to(exit));
    }
  }
}

}  // namespace gemba::inline graph
