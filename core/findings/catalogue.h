#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/descriptor.h"

namespace gemba::inline findings {

/// Everything that has a code: lint rules, then audit heuristics, each in the order of its
/// registry.
std::vector<const Descriptor*> all_descriptors();

/// The descriptor with this code or name, upper or lower case, or null.
const Descriptor* find_descriptor(std::string_view code_or_name);

/// What `gemba explain CODE` prints: what, why, example, what to write instead, parameters.
std::string explain(const Descriptor& about);

/// The list that `gemba explain` prints: code, name, level and summary of each.
std::string explain_all();

/// The manual page of all rules and findings, in mdoc: `gemba-rules.7`.
std::string rules_manual();

}  // namespace gemba::inline findings
