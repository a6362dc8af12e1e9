#pragma once
#include <optional>

#include "core/base/diagnostic.h"

namespace gemba::inline toml {

/// Looks for what the TOML library must not see: other encodings, control characters, absurd
/// nesting, and masses of dotted keys that would take it quadratic time; and for strings and
/// brackets that are never closed, because only here it is known where they begin. Linear in the
/// text's length.
std::optional<Diagnostic> find_unreadable(const Source& source, SourceId id);

}  // namespace gemba::inline toml
