#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// By DataId: whether somebody outside brings or makes a datum.
std::vector<bool> brought_from_outside(const Process& process);

/// Papers of somebody outside that several roles of ours take in, one after the other.
struct Windows {
  DataId data;
  std::vector<StepId> steps;  ///< that take them in, in document order
  bool named = false;  ///< whether names say that papers are taken in; else each gives a result
};

/// For every such datum, each set of steps once.
std::vector<Windows> windows_of(const AuditInput& input);

}  // namespace gemba::inline audit
