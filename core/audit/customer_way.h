#pragma once
#include <string_view>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// By DataId: whether somebody outside brings or makes a datum.
std::vector<bool> brought_from_outside(const Process& process);

/// Whether a role or step is called a window: 窗口, 前台, counter …
bool names_a_window(std::string_view name);

/// Papers of somebody outside that several roles of ours take in, one after the other.
struct Windows {
  std::vector<DataId> data;
  std::vector<StepId> steps;  ///< that take them in, in document order
  bool named = false;  ///< whether names say that papers are taken in; else each gives a result
};

/// Each set of steps once, with all that they take in.
std::vector<Windows> windows_of(const AuditInput& input);

}  // namespace gemba::inline audit
