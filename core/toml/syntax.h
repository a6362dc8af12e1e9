#pragma once
#include <string_view>

#include "core/base/diagnostic.h"

namespace gemba::inline toml {

/// Says in a user's words what the TOML library found wrong: S001, or S005 when a definition stands
/// there twice. `description` and `at` are the library's.
Diagnostic explain_syntax_error(const Source& source, SourceId id, std::string_view description,
                                Position at);

}  // namespace gemba::inline toml
