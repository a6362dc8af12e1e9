#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

using PlaceId = Id<struct PlaceTag>;
using TransitionId = Id<struct TransitionTag>;

/// The Petri net that a process stands for (van der Aalst 1998, The Application of Petri Nets to
/// Workflow Management). It has a place for the entry of each step, but one for each flow into a
/// join or an end; a transition for each exit of a step, but a single one for all exits of a fork.
/// Place 0 holds the case at the beginning; several starts are alternatives.
///
/// Left out are steps that no start reaches or that reach no end, and flows to the latter: other
/// findings are about them. A join keeps the flows from steps that no start reaches: their places
/// have no producer. The net is an extended free choice: transitions that share a place have the
/// same `pre`.
struct WorkflowNet {
  struct Transition {
    std::vector<PlaceId> pre;
    std::vector<PlaceId> post;  ///< a place twice gets two tokens
    StepId step;                ///< who runs; of the first transitions, the start
    std::vector<FlowId> flows;  ///< as `post`; empty for the first transitions and those of ends
    bool cyclic = false;        ///< whether a case can come here again
  };
  std::vector<StepId>
      steps;  ///< by PlaceId: the step that takes the tokens; place 0: the first start
  std::vector<Transition> transitions;

  const Transition& operator[](TransitionId id) const { return transitions[id.index()]; }
};

/// The net of a process. Without a start that reaches an end it has place 0 and no transition.
WorkflowNet workflow_net(const Process& process, const FlowGraph& graph);

/// A smaller net with the same faults: it can be stuck, or put two tokens on a place, exactly when
/// the other can.
struct ReducedNet {
  struct Transition {
    std::vector<PlaceId> pre, post;  ///< sorted; places of the WorkflowNet
    std::uint32_t trail = 0;
    bool cyclic = false;
    bool alive = true;
  };
  /// Which transitions of the WorkflowNet stand behind one of these: one of them (`leaf`), or the
  /// trails `first` and then `second`.
  struct Trail {
    bool leaf = true;
    std::uint32_t first = 0, second = 0;
  };
  std::vector<Transition> transitions;
  std::vector<std::vector<TransitionId>> consumers;  ///< by PlaceId, sorted
  std::vector<Trail> trails;

  /// Appends the transitions of the WorkflowNet that a transition stands for, in firing order.
  void expand(TransitionId transition, std::vector<TransitionId>& sequence) const;
};

/// Reduces a net by rules that change neither verdict (Murata 1989, Petri Nets: Properties,
/// Analysis and Applications, section V; Berthelot 1986): fusion of series of places and of
/// transitions, twin places and twin transitions, self-loops, and parallel branches that only end.
/// Blocks of forks and joins, decisions and merges, and loops, that are well nested vanish.
ReducedNet reduced(const WorkflowNet& net);

}  // namespace gemba::inline graph
