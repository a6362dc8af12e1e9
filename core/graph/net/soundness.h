#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// A join that waits for ever.
struct Deadlock {
  enum class Cause : std::uint8_t {
    turned_away,  ///< what the join waits for was possible, and went elsewhere
    behind_join,  ///< what the join waits for comes only from behind itself
    no_case       ///< no case ever comes to the step that the join waits for
  };
  StepId join;
  std::vector<FlowId> missing;  ///< incoming flows that never get their token; at least one
  std::vector<StepId> path;     ///< from a start to the join: the way of a token that waits
  std::optional<FlowId>
      turned_away;  ///< the choice after which the first of `missing` is out of reach
  Cause cause = Cause::turned_away;
};

/// A step that one case can come to twice at once.
struct LostSynchronisation {
  StepId merge;                ///< where the branches meet without a join
  StepId fork;                 ///< what started the branches
  std::vector<StepId> first;   ///< from the fork to the merge, or of a branch still on its way
  std::vector<StepId> second;  ///< from the fork to the merge, by another branch
  bool restarts = false;  ///< `second` leads back to before the fork, `first` is still on its way
};

struct Soundness {
  std::vector<Deadlock> deadlocks;        ///< one for each join at fault, by StepId
  std::vector<LostSynchronisation> lost;  ///< one for each merge at fault, by StepId
  std::size_t markings = 0;               ///< that were looked at
  bool complete = true;  ///< false: more than `max_markings`, there may be more faults
};

/// Whether every case can finish and does nothing twice: soundness of the workflow net (van der
/// Aalst 1998) of the part of the process that is reached and that reaches an end. Structural
/// reduction first, then all markings of what remains, breadth first.
///
/// `lost` is empty exactly when no flow can carry two tokens (the net is safe). When it is empty,
/// `deadlocks` is empty exactly when no case can be stuck: as the net is a free choice, every case
/// can then finish. What follows from a case that is in two places wrongly is not looked for: a
/// deadlock is reported beside a lost synchronisation only when it has its own cause. Of joins
/// that wait for each other, and of those that wait for what stands behind another, only the first
/// is reported.
Soundness check_soundness(const Process& process, const FlowGraph& graph,
                          std::size_t max_markings = 100000);

}  // namespace gemba::inline graph
