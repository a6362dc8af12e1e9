#pragma once
#include <string>

#include "core/base/diagnostic.h"

namespace gemba::inline findings {

/// Identity of a finding across versions of a text: `code:document:element`, free of line numbers.
std::string fingerprint(const Diagnostic& finding);

}  // namespace gemba::inline findings
