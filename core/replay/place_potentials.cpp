#include "core/replay/place_potentials.h"

#include <algorithm>
#include <limits>

namespace gemba {
namespace {

constexpr std::int64_t infinite = std::numeric_limits<std::int32_t>::max();

/// What all tokens that a transition takes may be worth together.
std::int64_t worth_of(const LabelledNet::Transition& transition,
                      const std::vector<std::int64_t>& potentials) {
  std::int64_t worth = transition.label == LabelledNet::silent ? 0 : 1;
  for (const std::uint32_t place : transition.post) worth += potentials[place];
  return std::min(worth, infinite);
}

/// Takes from the places of a transition what they are worth too much; whether there was any.
bool lower(const LabelledNet::Transition& transition, std::vector<std::int64_t>& potentials) {
  if (transition.pre.empty()) return false;
  const std::int64_t worth = worth_of(transition, potentials);
  const std::uint32_t first = transition.pre.front();
  const auto tokens = std::count(transition.pre.begin(), transition.pre.end(), first);
  bool lowered = false;
  for (const std::uint32_t place : transition.pre) {
    const std::int64_t most = place != first ? 0 : worth == infinite ? infinite : worth / tokens;
    lowered = lowered || potentials[place] > most;
    potentials[place] = std::min(potentials[place], most);
  }
  return lowered;
}

}  // namespace

std::vector<std::int32_t> place_potentials(const LabelledNet& net) {
  std::vector<std::int64_t> potentials(net.places, infinite);
  for (const std::uint32_t place : net.final) potentials[place] = 0;
  for (bool changes = true; changes;) {
    changes = false;
    for (const LabelledNet::Transition& each : net.transitions)
      changes = lower(each, potentials) || changes;
  }
  std::vector<std::int32_t> result;
  for (const std::int64_t each : potentials)
    result.push_back(each == infinite ? no_potential : static_cast<std::int32_t>(each));
  return result;
}

}  // namespace gemba
