#pragma once
#include <span>
#include <string>

#include "core/model/process.h"

namespace gemba::inline rules {

/// `'a' → 'b' → 'c'`. Of a long path the middle is left out.
std::string path_text(const Process& process, std::span<const StepId> steps);

}  // namespace gemba::inline rules
