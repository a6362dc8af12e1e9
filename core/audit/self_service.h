#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Work of one of our roles right behind a step of somebody outside, who could give us the same
/// without it: what she has brought is typed, booked or settled for her.
struct Desk {
  StepId outside;             ///< her step
  std::vector<StepId> steps;  ///< ours, in the order of the flow
  bool comes = false;         ///< she is there in person: at a window, in a queue
  bool entered = false;       ///< she has entered it herself already, online
};

/// All of them, each first step of ours once. What judges, reckons, pays out or works on things is
/// no part of them; nor is who talks to people.
std::vector<Desk> desks(const AuditInput& input);

}  // namespace gemba::inline audit
