#pragma once
#include <cstddef>
#include <vector>

#include "core/audit/finding.h"

namespace gemba::inline audit {

/// Whether two changes cannot go together: one takes away, or does less often, what the other one
/// relies on.
bool conflict(const Edit& a, const Edit& b);

/// The changes that go together and are worth most: hours of work first, then time per case; of
/// equal ones, those that stand further in front. Positions in `findings`, in order. Exact as long
/// as no more than 16 findings conflict with each other, directly or over others; of more, the most
/// useful ones first.
std::vector<std::size_t> best_plan(const std::vector<Finding>& findings);

}  // namespace gemba::inline audit
