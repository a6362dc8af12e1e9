#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Work on a case that goes from role to role, each piece after the other: tasks and notices of
/// ours, not automatic, on the way of most cases. Two approvals in a row, a fork, a join, a step of
/// somebody outside and work on things end it. Several may lead to one, as behind the branches of a
/// decision.
struct HandoverChain {
  std::vector<StepId> steps;   ///< in document order
  std::vector<StepId> taken;   ///< those that another role hands over
  std::vector<StepId> way;     ///< of them all the way with most changes of hands
  std::vector<RoleId> roles;   ///< of the way, each once, in its order
  std::size_t changes = 0;     ///< of hands, on the way
  bool has_approval = false;   ///< between the steps
  double work_seconds = 0;     ///< per case, at all steps
  double waiting_seconds = 0;  ///< per case, before the taken ones
};

/// Those with two roles or more, by their first step.
std::vector<HandoverChain> handover_chains(const AuditInput& input);

/// Whether it has so many roles or changes of hands, and so much waiting for the next role, that
/// the time is in the hand-overs; not when the roles serve somebody outside one by one.
bool is_passed_along(const AuditInput& input, const HandoverChain& chain, double least_share);

/// Whether the role is the one with which cases begin: who asks for something.
bool begins_cases(const AuditInput& input, RoleId role);

/// Waiting for the next role as a part of the time that a case is with us: the cycle time without
/// the steps of somebody outside.
double waiting_share(const AuditInput& input, const HandoverChain& chain);

/// Waiting for the next role, as such a part, from which a chain is reported.
inline constexpr double least_waiting_share = 0.5;

}  // namespace gemba::inline audit
