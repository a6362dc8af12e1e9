#include <algorithm>
#include <utility>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {
namespace {

/// State of Tarjan's depth-first search, kept on a stack of its own: documents may be deep.
struct Search {
  static constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> number, low;
  std::vector<bool> open;
  std::vector<StepId> pending;
  std::vector<std::pair<StepId, std::size_t>> stack;
  std::uint32_t next_number = 0;

  explicit Search(std::size_t steps) : number(steps, unseen), low(steps, 0), open(steps, false) {}

  void enter(StepId step) {
    number[step.index()] = low[step.index()] = next_number++;
    open[step.index()] = true;
    pending.push_back(step);
    stack.emplace_back(step, 0);
  }

  void leave(StepId step, Components& result) {
    stack.pop_back();
    if (!stack.empty()) {
      std::uint32_t& parent = low[stack.back().first.index()];
      parent = std::min(parent, low[step.index()]);
    }
    if (low[step.index()] != number[step.index()]) return;
    StepId member;
    do {
      member = pending.back();
      pending.pop_back();
      open[member.index()] = false;
      result.of[member.index()] = result.count;
    } while (member != step);
    ++result.count;
  }
};

}  // namespace

Components strong_components(const FlowGraph& graph) {
  return strong_components(graph, std::vector<bool>(graph.step_count(), false));
}

Components strong_components(const FlowGraph& graph, const std::vector<bool>& stopped) {
  Components result{std::vector<std::uint32_t>(graph.step_count(), 0), 0};
  Search search(graph.step_count());
  for (std::size_t root = 0; root < graph.step_count(); ++root) {
    if (search.number[root] == Search::unseen) search.enter(StepId(root));
    while (!search.stack.empty()) {
      auto& [step, next] = search.stack.back();
      if (stopped[step.index()] || next == graph.out[step.index()].size()) {
        search.leave(step, result);
        continue;
      }
      const StepId from = step;
      const StepId target = graph.to(graph.out[from.index()][next++]);
      if (search.number[target.index()] == Search::unseen) {
        search.enter(target);
      } else if (search.open[target.index()]) {
        search.low[from.index()] =
            std::min(search.low[from.index()], search.number[target.index()]);
      }
    }
  }
  return result;
}

ComponentSteps::ComponentSteps(const Components& components)
    : steps_(components.of.size()), begin_(components.count + 1, 0) {
  for (const std::uint32_t component : components.of) ++begin_[component + 1];
  for (std::uint32_t c = 0; c < components.count; ++c) begin_[c + 1] += begin_[c];
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (std::size_t i = 0; i < components.of.size(); ++i) {
    steps_[next[components.of[i]]++] = StepId(i);
  }
}

}  // namespace gemba::inline graph
