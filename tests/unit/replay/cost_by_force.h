#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::test {

using Marking = std::multiset<std::uint32_t>;

inline std::optional<Marking> fired(Marking marking, const LabelledNet::Transition& transition) {
  for (const std::uint32_t place : transition.pre) {
    const auto token = marking.find(place);
    if (token == marking.end()) return std::nullopt;
    marking.erase(token);
  }
  marking.insert(transition.post.begin(), transition.post.end());
  return marking;
}

/// The cost of an optimal alignment by Dijkstra's algorithm over all markings and positions; none
/// when the end is out of reach, −1 when there are more than `most` states.
inline std::optional<std::int64_t> cost_by_force(const LabelledNet& net,
                                                 const std::vector<std::uint32_t>& trace,
                                                 std::size_t most) {
  using State = std::pair<Marking, std::size_t>;
  std::map<State, std::int64_t> costs;
  std::multimap<std::int64_t, State> queue;
  const Marking final(net.final.begin(), net.final.end());
  queue.emplace(0, State{Marking(net.initial.begin(), net.initial.end()), 0});
  while (!queue.empty()) {
    const auto [cost, state] = *queue.begin();
    queue.erase(queue.begin());
    if (!costs.emplace(state, cost).second) continue;
    if (costs.size() > most) return -1;
    const auto& [marking, at] = state;
    if (marking == final && at == trace.size()) return cost;
    if (at < trace.size()) queue.emplace(cost + 1, State{marking, at + 1});
    for (const auto& transition : net.transitions) {
      const auto next = fired(marking, transition);
      if (!next) continue;
      queue.emplace(cost + (transition.label == LabelledNet::silent ? 0 : 1), State{*next, at});
      if (transition.label != LabelledNet::silent && at < trace.size() &&
          transition.label == trace[at])
        queue.emplace(cost, State{*next, at + 1});
    }
  }
  return std::nullopt;
}

}  // namespace gemba::test
