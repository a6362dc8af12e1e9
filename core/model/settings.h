#pragma once
#include <string_view>

#include "core/base/descriptor.h"
#include "core/model/config.h"

namespace gemba {

/// What the configuration says about a rule or heuristic for a document at `path`: the last
/// matching `[[override]]` that names it by code or name, else `[rules]`, else null.
const RuleSetting* setting_for(const Descriptor& about, const Config& config,
                               std::string_view path);

}  // namespace gemba
