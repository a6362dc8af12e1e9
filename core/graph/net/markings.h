#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "core/graph/net/workflow_net.h"

namespace gemba::inline graph {

/// The markings that a net can come to, breadth first from the case on place 0, as far as no place
/// gets two tokens.
struct Markings {
  struct Node {
    std::uint32_t parent = 0;  ///< of the first node, itself
    TransitionId via;          ///< what was fired at `parent`
    std::size_t begin = 0;     ///< of its places in `places`; they end where the next node's begin
  };
  std::vector<Node> nodes;
  std::vector<PlaceId> places;      ///< of all nodes, sorted within each
  std::vector<std::uint32_t> dead;  ///< nodes with tokens where nothing can fire, nearest first

  /// Firings that put a second token on a place: the node and the transition. The first ones for
  /// each transition and place.
  std::vector<std::pair<std::uint32_t, TransitionId>> meetings;
  bool complete = true;  ///< false: there are more markings than asked for

  std::vector<PlaceId> at(std::uint32_t node) const;

  /// Transitions of the WorkflowNet that lead to a node.
  std::vector<TransitionId> sequence(const ReducedNet& net, std::uint32_t node) const;
};

/// Looks at `most` markings at most.
Markings explore(const ReducedNet& net, std::size_t most);

}  // namespace gemba::inline graph
