#pragma once
#include <string>
#include <vector>

#include "core/model/process.h"

namespace gemba {

/// Steps as a path: `'intake' → 'small' → 'pay'`. Of a long one the middle is left out.
std::string path_text(const Process& process, const std::vector<StepId>& path);

}  // namespace gemba
