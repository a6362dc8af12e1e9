#include "core/replay/conform/place_potentials.h"

#include <algorithm>
#include <limits>

namespace gemba::inline replay {
namespace {

constexpr std::int64_t infinite = std::numeric_limits<std::int32_t>::max();

/// What all tokens that a transition takes may be worth together.
std::int64_t worth_of(const LabelledNet::Transition& transition,
                      const std::vector<std::int64_t>& potentials) {
  std::int64_t worth = transition.label == LabelledNet::silent ? 0 : 1;
  for (const std::uint32_t place : transition.post) worth += potentials[place];
  return std::min(worth, infinite);
}

/// Takes from the places of a transition what they are worth too much; calls `use` for each of
/// these.
template <class Use>
void lower(const LabelledNet::Transition& transition, std::vector<std::int64_t>& potentials,
           Use use) {
  if (transition.pre.empty()) return;
  const std::int64_t worth = worth_of(transition, potentials);
  const std::uint32_t first = transition.pre.front();
  const auto tokens = std::count(transition.pre.begin(), transition.pre.end(), first);
  for (const std::uint32_t place : transition.pre) {
    const std::int64_t most = place != first ? 0 : worth == infinite ? infinite : worth / tokens;
    if (potentials[place] <= most) continue;
    potentials[place] = most;
    use(place);
  }
}

}  // namespace

std::vector<std::int32_t> place_potentials(const LabelledNet& net) {
  std::vector<std::vector<std::uint32_t>> producers(net.places);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t i = 0; i < net.transitions.size(); ++i) {
    for (const std::uint32_t place : net.transitions[i].post) producers[place].push_back(i);
    queue.push_back(i);
  }
  std::vector<std::int64_t> potentials(net.places, infinite);
  for (const std::uint32_t place : net.final) potentials[place] = 0;
  // What a place is worth less, those that put tokens on it may have to pass on.
  for (std::size_t at = 0; at < queue.size(); ++at) {
    lower(net.transitions[queue[at]], potentials, [&](std::uint32_t place) {
      queue.insert(queue.end(), producers[place].begin(), producers[place].end());
    });
  }
  std::vector<std::int32_t> result;
  for (const std::int64_t each : potentials)
    result.push_back(each == infinite ? no_potential : static_cast<std::int32_t>(each));
  return result;
}

}  // namespace gemba::inline replay
