#include "core/replay/conform/marking_graph.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "core/replay/conform/place_potentials.h"

namespace gemba::inline replay {

MarkingGraph::MarkingGraph(LabelledNet net, std::size_t most)
    : net_(std::move(net)), consumers_(net_.places) {
  for (std::uint32_t i = 0; i < net_.transitions.size(); ++i) {
    const auto& pre = net_.transitions[i].pre;
    if (!pre.empty()) consumers_[pre.front()].push_back(i);
  }
  number_of(net_.initial);
  std::size_t next = 0;
  while (next < markings_.size() && markings_.size() <= most) {
    find_edges(static_cast<std::uint32_t>(next++));
  }
  complete_ = next == markings_.size();
  if (complete_) {
    find_rest();
    return;
  }
  potentials_ = place_potentials(net_);
  for (const Marking& each : markings_) rest_.push_back(bound_of(each));
}

std::int32_t MarkingGraph::bound_of(const Marking& marking) const {
  std::int32_t sum = 0;
  for (const std::uint32_t place : marking) {
    if (potentials_[place] == no_potential) return never;
    sum += potentials_[place];
  }
  return sum;
}

std::span<const MarkingGraph::Edge> MarkingGraph::edges(std::uint32_t marking) {
  if (!expanded_[marking]) find_edges(marking);
  return edges_[marking];
}

std::uint32_t MarkingGraph::number_of(const Marking& marking) {
  const auto [place, added] =
      numbers_.emplace(marking, static_cast<std::uint32_t>(markings_.size()));
  if (added) {
    markings_.push_back(marking);
    edges_.emplace_back();
    expanded_.push_back(false);
    cut_.push_back(false);
    if (!potentials_.empty()) rest_.push_back(bound_of(marking));
  }
  return place->second;
}

/// The marking after a transition; false when it is not enabled.
bool MarkingGraph::fire(const Marking& marking, const LabelledNet::Transition& transition,
                        Marking& next) const {
  if (!std::includes(marking.begin(), marking.end(), transition.pre.begin(),
                     transition.pre.end())) {
    return false;
  }
  Marking rest;
  std::set_difference(marking.begin(), marking.end(), transition.pre.begin(), transition.pre.end(),
                      std::back_inserter(rest));
  next.clear();
  std::merge(rest.begin(), rest.end(), transition.post.begin(), transition.post.end(),
             std::back_inserter(next));
  return true;
}

void MarkingGraph::find_edges(std::uint32_t number) {
  const Marking marking = markings_[number];
  std::vector<Edge> found;
  Marking next;
  for (std::size_t at = 0; at < marking.size(); ++at) {
    if (at > 0 && marking[at] == marking[at - 1]) continue;
    for (const std::uint32_t consumer : consumers_[marking[at]]) {
      const LabelledNet::Transition& transition = net_.transitions[consumer];
      if (!fire(marking, transition, next)) continue;
      if (next.size() > most_tokens) {
        cut_[number] = true;
      } else {
        found.push_back({transition.label, number_of(next)});
      }
    }
  }
  edges_[number] = std::move(found);
  expanded_[number] = true;
}

/// Backwards from the final marking; silent transitions cost nothing, so that they go first.
void MarkingGraph::find_rest() {
  std::vector<std::vector<Edge>> back(markings_.size());
  for (std::uint32_t from = 0; from < edges_.size(); ++from) {
    for (const Edge& edge : edges_[from]) back[edge.to].push_back({edge.label, from});
  }
  rest_.assign(markings_.size(), never);
  std::deque<std::pair<std::uint32_t, std::int32_t>> queue;
  for (std::uint32_t marking = 0; marking < markings_.size(); ++marking) {
    if (is_final(marking)) queue.emplace_back(marking, 0);
  }
  while (!queue.empty()) {
    const auto [marking, cost] = queue.front();
    queue.pop_front();
    if (rest_[marking] != never) continue;
    rest_[marking] = cost;
    for (const Edge& edge : back[marking]) {
      if (rest_[edge.to] != never) continue;
      if (edge.label == LabelledNet::silent) {
        queue.emplace_front(edge.to, cost);
      } else {
        queue.emplace_back(edge.to, cost + 1);
      }
    }
  }
}

}  // namespace gemba::inline replay
