#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// What somebody outside does for us with their feet.
enum class Trip : std::uint8_t { queue, second };

/// A place where somebody outside goes and queues, or comes once more.
struct CustomerTrip {
  std::vector<StepId> steps;      ///< the step of somebody outside, and ours that it is for
  std::optional<StepId> outside;  ///< the step of somebody outside; none when only they say it
  bool in_a_queue = false;        ///< the name speaks of a queue or a window, not only of a way
};

/// By the names of steps that external roles do, and by what external roles say of steps.
std::vector<CustomerTrip> customer_trips(const AuditInput& input, Trip kind);

/// A desk of ours that types, takes or settles what somebody outside has just brought: its steps
/// one after the other, in a system. Empty when there is none behind `outside`.
std::vector<StepId> desk_behind(const AuditInput& input, StepId outside,
                                const std::vector<bool>& brought);

}  // namespace gemba::inline audit
