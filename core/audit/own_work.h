#pragma once
#include "core/model/process.h"

namespace gemba::inline audit {

/// Whether somebody of ours has work at the step: a task, an approval or a notice of a role inside.
bool is_own_work(const Process& process, StepId step);

/// Whether the name says that something is looked at again, not looked up: 核对, 复核, 检查, check,
/// verify …
bool says_check(const Step& step);

}  // namespace gemba::inline audit
