#include "core/graph/data_flow.h"

#include <algorithm>

#include "core/graph/certainty.h"

namespace gemba::inline graph {
namespace {

const DataUse* find(const std::vector<DataUse>& uses, DataId data) {
  const auto found =
      std::find_if(uses.begin(), uses.end(), [&](const DataUse& use) { return use.data == data; });
  return found == uses.end() ? nullptr : &*found;
}

}  // namespace

const DataUse* made_at(const Step& step, DataId data) { return find(step.makes, data); }

bool uses(const Step& step, DataId data) {
  return find(step.needs, data) != nullptr || (step.amount && step.amount->data == data);
}

bool decides_by(const Process& process, const FlowGraph& graph, StepId step, DataId data) {
  const std::vector<FlowId>& exits = graph.out[step.index()];
  return std::any_of(exits.begin(), exits.end(), [&](FlowId exit) {
    const std::optional<Condition>& when = process[exit].when;
    return when && when->expr && uses_name(*when->expr, process.definitions[data].id);
  });
}

std::vector<std::vector<StepId>> makers_of_data(const Process& process) {
  std::vector<std::vector<StepId>> makers(process.definitions.data.size());
  for (std::size_t step = 0; step < process.steps.size(); ++step) {
    for (const DataUse& use : process.steps[step].makes) {
      std::vector<StepId>& own = makers[use.data.index()];
      if (own.empty() || own.back() != StepId(step)) own.push_back(StepId(step));
    }
  }
  return makers;
}

MissingData missing_data(const Process& process, const FlowGraph& graph,
                         const std::vector<StepId>& makers) {
  std::vector<bool> avoided(graph.step_count(), false);
  for (const StepId maker : makers) avoided[maker.index()] = true;
  MissingData missing{reached_without(process, graph, avoided), {}};
  missing.before = missing.after;
  for (const StepId start : graph.starts) missing.before[start.index()] = true;
  const std::vector<bool> live = reachable_from_starts(graph);
  for (const StepId maker : makers) {
    const auto missing_from = [&](FlowId entry) {
      return missing.after[graph.from(entry).index()];
    };
    const auto dead = [&](FlowId entry) { return !live[graph.from(entry).index()]; };
    const std::vector<FlowId>& in = graph.in[maker.index()];
    const bool any = std::any_of(in.begin(), in.end(), missing_from);
    // A join has what any of its branches brings.
    const bool all = std::all_of(in.begin(), in.end(),
                                 [&](FlowId entry) { return dead(entry) || missing_from(entry); });
    const bool is_join = process[maker].kind == StepKind::join;
    if (any && (!is_join || all)) missing.before[maker.index()] = true;
  }
  return missing;
}

std::vector<StepId> path_without(const FlowGraph& graph, const MissingData& missing, StepId step) {
  std::vector<std::optional<StepId>> before(graph.step_count());
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> queue = graph.starts;
  for (const StepId start : graph.starts) seen[start.index()] = true;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const StepId here = queue[at];
    if (here == step) {
      std::vector<StepId> path = {step};
      while (before[path.back().index()]) path.push_back(*before[path.back().index()]);
      std::reverse(path.begin(), path.end());
      return path;
    }
    if (!missing.after[here.index()]) continue;
    for (const FlowId exit : graph.out[here.index()]) {
      const StepId next = graph.to(exit);
      if (seen[next.index()] || !missing.before[next.index()]) continue;
      seen[next.index()] = true;
      before[next.index()] = here;
      queue.push_back(next);
    }
  }
  return {};
}

std::vector<bool> reachable_after(const FlowGraph& graph, StepId step) {
  std::vector<bool> reached(graph.step_count(), false);
  std::vector<StepId> stack = {step};
  while (!stack.empty()) {
    const StepId here = stack.back();
    stack.pop_back();
    for (const FlowId exit : graph.out[here.index()]) {
      const StepId next = graph.to(exit);
      if (reached[next.index()]) continue;
      reached[next.index()] = true;
      stack.push_back(next);
    }
  }
  return reached;
}

}  // namespace gemba::inline graph
