#pragma once
#include <cstdint>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// How sure it is that nobody uses what a step does.
enum class Use : std::uint8_t { used, perhaps, none };

/// Work of ours that the document does not ask for.
struct UnusedWork {
  std::vector<Use> uses;        ///< by StepId
  std::vector<StepId> feeders;  ///< tasks that only those without use need, and so on, in order
};

UnusedWork unused_work(const AuditInput& input);

}  // namespace gemba::inline audit
