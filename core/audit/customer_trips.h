#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// What somebody outside does for us with their feet.
enum class Trip : std::uint8_t {
  queue,    ///< goes somewhere and queues
  second,   ///< comes once more
  collect,  ///< comes for a paper that is ready, or with one
};

/// A place where somebody outside goes and queues, or comes once more.
struct CustomerTrip {
  std::vector<StepId> steps;      ///< the step of somebody outside, and ours that it is for
  std::optional<StepId> outside;  ///< the step of somebody outside; none when only they say it
  bool in_a_queue = false;        ///< a queue or a window is spoken of, not only a way
};

/// By the names of steps that external roles do, and by what external roles say of steps.
std::vector<CustomerTrip> customer_trips(const AuditInput& input, Trip kind);

/// The step of ours that alone follows a step; none otherwise.
std::optional<StepId> next_of_ours(const AuditInput& input, StepId step);

/// Whether somebody outside is with us in person when we do `ours`, by the name of her step before,
/// or by what she says of ours.
bool comes_in_person(const AuditInput& input, StepId outside, StepId ours);

}  // namespace gemba::inline audit
