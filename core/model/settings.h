#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/model/config.h"

namespace gemba::inline model {

/// What the configuration says about a rule or heuristic for a document at `path` (relative
/// to the configuration's folder): the last matching `[[override]]` that
/// names it by code or name, else `[rules]`, else null.
const RuleSetting* setting_for(const Descriptor& about, const Config& config,
                               std::string_view path);

/// Value of a parameter that the descriptor names: as `setting` (may be null) has it, else its
/// default.
double parameter_value(const Descriptor& about, const RuleSetting* setting, std::string_view name);

/// Texts of a list that the descriptor names; none unless `setting` (may be null) has it.
std::span<const std::string> list_value(const RuleSetting* setting, std::string_view name);

}  // namespace gemba::inline model
