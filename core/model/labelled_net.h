#pragma once
#include <cstdint>
#include <limits>
#include <vector>

namespace gemba::inline model {

/// A Petri net whose transitions may have labels: what a log is aligned with. A case begins with
/// `initial` and is over at `final`.
struct LabelledNet {
  static constexpr std::uint32_t silent = std::numeric_limits<std::uint32_t>::max();

  struct Transition {
    std::vector<std::uint32_t> pre, post;  ///< places, sorted; a place twice takes two tokens
    std::uint32_t label = silent;
  };
  std::vector<Transition> transitions;
  std::uint32_t places = 0;
  std::vector<std::uint32_t> initial, final;  ///< places with tokens, sorted
};

}  // namespace gemba::inline model
