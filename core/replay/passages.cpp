#include "core/replay/passages.h"

#include <algorithm>
#include <deque>

namespace gemba {

Passages::Passages(const Process& process, const std::vector<bool>& shown)
    : process_(process),
      shown_(shown),
      graph_(process),
      back_(back_flows(graph_)),
      from_start_(dominators(graph_)),
      to_end_(post_dominators(graph_)),
      behind_join_(graph_.step_count(), false) {
  find_joins();
}

void Passages::find_joins() {
  for (std::size_t i = 0; i < graph_.step_count(); ++i) {
    if (process_.steps[i].kind != StepKind::join) continue;
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack = {StepId(i)};
    while (!stack.empty()) {
      const StepId at = stack.back();
      stack.pop_back();
      if (seen[at.index()]) continue;
      seen[at.index()] = true;
      behind_join_[at.index()] = true;
      if (shown_[at.index()]) continue;
      for (const FlowId flow : graph_.out[at.index()]) stack.push_back(graph_.to(flow));
    }
  }
}

std::optional<std::uint32_t> Passages::distance(StepId from, StepId to) {
  const std::uint32_t steps = target(to).distance[from.index()];
  if (steps == far) return std::nullopt;
  return steps;
}

const std::vector<StepId>& Passages::between(StepId from, StepId to) {
  const std::uint64_t key = (std::uint64_t{from.value} << 32U) | to.value;
  const auto [entry, is_new] = between_.try_emplace(key);
  if (!is_new) return entry->second;
  std::vector<StepId> steps;
  std::vector<bool> joined(graph_.step_count(), false);
  collect(from, to, joined, steps);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  steps.erase(std::remove(steps.begin(), steps.end(), to), steps.end());
  steps.erase(std::remove(steps.begin(), steps.end(), from), steps.end());
  return entry->second = std::move(steps);
}

const Passages::Target& Passages::target(StepId to) {
  const auto [entry, is_new] = targets_.try_emplace(to.value);
  if (is_new) {
    entry->second.ways = post_dominators(graph_, to);
    measure(to, entry->second);
  }
  return entry->second;
}

/// Breadth-first search backwards; a step that is not shown costs nothing.
void Passages::measure(StepId to, Target& target) const {
  const std::vector<bool> ahead = ahead_of(to);
  target.distance.assign(graph_.step_count(), far);
  target.distance[to.index()] = 0;
  std::deque<StepId> queue = {to};
  while (!queue.empty()) {
    const StepId at = queue.front();
    queue.pop_front();
    const bool costs = at != to && shown_[at.index()];
    const std::uint32_t next = target.distance[at.index()] + (costs ? 1 : 0);
    for (const FlowId flow : graph_.in[at.index()]) {
      const StepId from = graph_.from(flow);
      if (target.distance[from.index()] <= next) continue;
      target.distance[from.index()] = next;
      if (costs) {
        queue.push_back(from);
      } else {
        queue.push_front(from);
      }
    }
  }
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    if (!ahead[i] && !to_end_.dominates(to, StepId(i))) target.distance[i] = far;
  }
}

/// By StepId: whether flows that close no cycle lead to a step.
std::vector<bool> Passages::ahead_of(StepId to) const {
  std::vector<bool> ahead(graph_.step_count(), false);
  std::vector<StepId> stack = {to};
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    if (ahead[at.index()]) continue;
    ahead[at.index()] = true;
    for (const FlowId flow : graph_.in[at.index()]) {
      if (!back_[flow.index()]) stack.push_back(graph_.from(flow));
    }
  }
  return ahead;
}

/// Adds the shown steps that every path between two steps passes.
void Passages::collect(StepId from, StepId to, std::vector<bool>& joined,
                       std::vector<StepId>& steps) {
  const DominatorTree& ways = target(to).ways;
  for (auto at = ways.idom[from.index()]; at; at = ways.idom[at->index()]) {
    if (shown_[at->index()]) steps.push_back(*at);
    if (process_[*at].kind == StepKind::join) collect_branches(*at, joined, steps);
  }
}

/// Adds what a case has passed for certain on the branches between a join and its fork.
void Passages::collect_branches(StepId join, std::vector<bool>& joined,
                                std::vector<StepId>& steps) {
  const std::optional<StepId> fork = from_start_.idom[join.index()];
  if (joined[join.index()] || !fork || process_[*fork].kind != StepKind::fork) return;
  joined[join.index()] = true;
  for (const FlowId flow : graph_.out[fork->index()]) {
    const StepId first = graph_.to(flow);
    const DominatorTree& ways = target(join).ways;
    // A branch that leads elsewhere comes here only by another round.
    const bool leads_here = ways.reached[first.index()] && !ways.dominates(*fork, first);
    if (first == join || !leads_here) continue;
    if (shown_[first.index()]) steps.push_back(first);
    collect(first, join, joined, steps);
  }
}

}  // namespace gemba
