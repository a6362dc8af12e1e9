#pragma once
#include <cstddef>
#include <functional>
#include <vector>

#include "core/audit/finding.h"

namespace gemba::inline audit {

/// Whether two changes cannot go together: one takes away, or does less often, what the other one
/// relies on, or both say how often or by whom a step is done.
bool conflict(const Edit& a, const Edit& b);

/// What a change is worth; of several, the change that `Edit::append` makes of them.
using Worth = std::function<double(const Edit&)>;

/// The changes to make together: a set without conflict that is worth most as a whole. Changes that
/// add nothing to the others are left out, and questions (findings of level info) stand behind what
/// is certain: they are added, the most useful ones first, where they fit and add something.
/// Positions in `findings`, in order. Of findings that conflict or change the same steps, directly
/// or over others, all sets are tried while they are no more than 8 (3 in a process with more than
/// 40 changes); of more, the most useful ones are taken first.
std::vector<std::size_t> best_plan(const std::vector<Finding>& findings, const Worth& worth);

}  // namespace gemba::inline audit
