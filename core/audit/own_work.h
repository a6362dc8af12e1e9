#pragma once
#include "core/model/process.h"

namespace gemba::inline audit {

/// Whether somebody of ours has work at the step: a task, an approval or a notice of a role inside.
bool is_own_work(const Process& process, StepId step);

/// Whether the name says that something is looked at again, not looked up: 核对, 复核, 检查, check,
/// verify …
bool says_check(const Step& step);

/// What a check asks of what it looks at.
enum class CheckSubject : std::uint8_t { any, completeness, truth, amount };

/// What the name says that is asked: whether all is there (齐全, complete …), whether it is true
/// (真伪, verify …), how much it is (金额, amount …); `any` when it says nothing of these.
CheckSubject check_subject(const Step& step);

}  // namespace gemba::inline audit
