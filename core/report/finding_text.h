#pragma once
#include <string>

#include "core/base/diagnostic.h"
#include "core/base/source.h"

namespace gemba::inline report {

/// Where a text begins, for people: `path:line:column`.
std::string place_text(const SourceSpan& span, const Sources& sources);

/// What a finding is called: `S006 dangling-reference`.
std::string rule_label(const Diagnostic& finding);

/// A finding as a compiler prints it, so that editors and CI understand it:
/// `path:line:column: level: message [code name]`, the source line, and a caret under the place.
std::string finding_text(const Diagnostic& finding, const Sources& sources, bool colour);

/// The first line of `finding_text`, without colour and without line end.
std::string finding_line(const Diagnostic& finding, const Sources& sources);

}  // namespace gemba::inline report
