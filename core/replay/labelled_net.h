#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "core/graph/workflow_net.h"

namespace gemba {

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

/// The net of a process; labels are the numbers of steps. Steps that are not `visible` (by StepId)
/// are silent.
LabelledNet labelled_net(const WorkflowNet& net, const std::vector<bool>& visible);

}  // namespace gemba
