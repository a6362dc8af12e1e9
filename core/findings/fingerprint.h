#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace gemba::inline findings {

/// Identity of a finding across versions of a text: `code:document:element`, free of line numbers.
std::string fingerprint(const Diagnostic& finding);

/// That of each.
std::vector<std::string> fingerprints_of(const Diagnostics& findings);

/// The same for what is accepted like a finding and has no code: `what` stands in its place.
std::string fingerprint(std::string_view what, std::string_view document, std::string_view element);

}  // namespace gemba::inline findings
