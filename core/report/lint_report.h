#pragma once
#include "core/base/diagnostic.h"
#include "core/report/report.h"

namespace gemba {

/// What `gemba lint` found in `documents` documents; `unread` more could not be read at all.
Report lint_report(Diagnostics found, std::size_t documents, std::size_t unread,
                   const Sources& sources);

/// A finding as the JSON object that lint and audit share: code, name, level, message, place,
/// fingerprint.
Json::Object finding_object(const Diagnostic& finding, const Sources& sources);

/// Numbers of documents and of findings by level.
Json summary_object(const Diagnostics& found, std::size_t documents);

/// `2 errors, 1 warning in 14 documents`.
std::string summary_line(const Diagnostics& found, std::size_t documents);

}  // namespace gemba
