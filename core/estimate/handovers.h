#pragma once
#include <optional>
#include <vector>

#include "core/estimate/expected.h"

namespace gemba::inline estimate {

/// By StepId, the number of whoever has the case there; a step without leaves it with whom it was.
using Hands = std::vector<std::optional<std::uint32_t>>;

/// The role that does a step after `edit`.
std::optional<RoleId> role_of(const Process& process, const Edit& edit, StepId step);

/// The roles of ours; external roles pass a case on, starts and ends are nobody's work.
Hands role_hands(const Process& process, const Edit& edit = {});

/// The systems that our people work in: not those of external roles and of automatic steps.
Hands system_hands(const Process& process, const Edit& edit = {});

/// How often our people change the system within a step, per case: each further system of a step is
/// a switch.
double switches_within(const Process& process, const Edit& edit, const Visits& visits);

/// How often work goes from one to another, per case.
struct HandoverRate {
  std::uint32_t from = 0, to = 0;
  double per_case = 0;
  std::vector<StepId> steps;  ///< those that take over, in document order
};

/// By (from, to). Loops of steps without hands are taken as one step.
std::vector<HandoverRate> handovers_of(const FlowGraph& graph, const Visits& visits,
                                       const Hands& hands);

/// How often a case changes hands: the sum of the above.
double expected_changes(const FlowGraph& graph, const Visits& visits, const Hands& hands);

}  // namespace gemba::inline estimate
