#pragma once
#include <string>

#include "core/model/config.h"
#include "core/rules/lint.h"

namespace gemba::inline report {

/// What holds for a document at `path` (relative to the configuration's folder), as TOML that could
/// stand in gemba.toml: the level and parameters of every rule.
std::string effective_config(const Config& config, std::string_view path,
                             const LintOptions& options);

}  // namespace gemba::inline report
