#pragma once
#include "core/base/diagnostic.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// What a run of lint counts besides its findings.
struct LintCounts {
  std::size_t documents = 0;   ///< that were checked
  std::size_t unread = 0;      ///< that could not be read at all
  std::size_t suppressed = 0;  ///< findings that comments in the documents take away
  std::size_t known = 0;       ///< findings that a baseline or an earlier revision has
};

/// What `gemba lint` found.
Report lint_report(Diagnostics found, const LintCounts& counts, const Sources& sources);

/// Makes the findings of a report a table of how often each rule was broken.
void keep_statistics(Report& report);

/// A finding as the JSON object that lint and audit share: code, name, level, message, place,
/// fingerprint.
Json::Object finding_object(const Diagnostic& finding, const Sources& sources);

/// Numbers of documents and of findings by level; `suppressed` more were taken away.
Json::Object summary_object(const Diagnostics& found, std::size_t documents,
                            std::size_t suppressed = 0);

/// `2 errors, 1 warning in 14 documents`.
std::string summary_line(const Diagnostics& found, std::size_t documents);

}  // namespace gemba::inline report
