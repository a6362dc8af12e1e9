#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// A way back, and who sends cases on it.
struct Loop {
  FlowId back;
  std::vector<FlowId> deciding;  ///< exits that lead to the way back and nowhere else
};

/// Ways back that a choice leads to at least `least` times per case. Those with a limit, and those
/// that take up the next thing, are left out: nothing is done wrongly there.
std::vector<Loop> rework_loops(const AuditInput& input, double least);

/// How often a case is sent back.
double repeats_of(const AuditInput& input, const Loop& loop);

/// The steps that send cases back, the one that sends most first.
std::vector<StepId> senders(const AuditInput& input, const Loop& loop);

/// By StepId: whether every case that is sent back to `start` passes the step before it comes to
/// `check`: the steps of one way that no other way goes around.
std::vector<bool> on_every_round(const FlowGraph& graph, StepId start, StepId check);

}  // namespace gemba::inline audit
