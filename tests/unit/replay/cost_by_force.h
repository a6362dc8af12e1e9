#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::test {

/// How many tokens lie on each place. A string, because a short one needs no memory of its own.
using Marking = std::u16string;

inline Marking marking_of(const std::vector<std::uint32_t>& tokens, std::uint32_t places) {
  Marking marking(places, 0);
  for (const std::uint32_t place : tokens) ++marking[place];
  return marking;
}

inline std::optional<Marking> fired(Marking marking, const LabelledNet::Transition& transition) {
  for (const std::uint32_t place : transition.pre) {
    if (marking[place] == 0) return std::nullopt;
    --marking[place];
  }
  for (const std::uint32_t place : transition.post) ++marking[place];
  return marking;
}

/// The cost of an optimal alignment by Dijkstra's algorithm over all markings and positions; none
/// when the end is out of reach, −1 when there are more than `most` states.
inline std::optional<std::int64_t> cost_by_force(const LabelledNet& net,
                                                 const std::vector<std::uint32_t>& trace,
                                                 std::size_t most) {
  using State = std::pair<Marking, std::size_t>;
  std::set<State> seen;
  // What waits, by its cost: no move costs more than 1.
  std::vector<State> now = {{marking_of(net.initial, net.places), 0}};
  std::vector<State> later;
  const Marking final = marking_of(net.final, net.places);
  for (std::int64_t cost = 0; !now.empty(); ++cost, now = std::exchange(later, {})) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      const auto known = seen.insert(now[i]);
      if (!known.second) continue;
      if (seen.size() > most) return -1;
      const auto& [marking, at] = *known.first;
      if (marking == final && at == trace.size()) return cost;
      if (at < trace.size()) later.emplace_back(marking, at + 1);
      for (const auto& transition : net.transitions) {
        const auto next = fired(marking, transition);
        if (!next) continue;
        const bool is_silent = transition.label == LabelledNet::silent;
        (is_silent ? now : later).emplace_back(*next, at);
        if (!is_silent && at < trace.size() && transition.label == trace[at])
          now.emplace_back(*next, at + 1);
      }
    }
  }
  return std::nullopt;
}

}  // namespace gemba::test
