#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/base/timings.h"
#include "core/rules/lint.h"
#include "core/workspace/repository.h"

namespace gemba::inline workspace {

/// What came of checking documents.
struct LintRun {
  std::vector<std::string> paths;  ///< of all documents, as given or found
  std::vector<ReadDocument> read;  ///< those that could be read
  std::vector<Unread> unread;      ///< the others
  std::size_t suppressed = 0;      ///< findings that comments in the documents take away
  Diagnostics found;               ///< in the order of the text, those of configurations included
};

/// Checks documents, and folders of them, by every rule that is on. `timings` may be null. Throws
/// as `Repository::find_documents` does.
LintRun run_lint(const std::vector<std::string>& inputs, const LintOptions& how,
                 Repository& repository, Timings* timings = nullptr);

/// Documents as they were before, and what reads them.
struct Earlier {
  /// Where a document of the run was; empty when it was not there.
  std::function<std::string(const std::string& path)> path_of;
  Repository& repository;
};

/// The same of documents that have changed since `earlier`: without the findings that there were
/// then, whose number is added to `known`, and with SOPs that changed under the same version.
LintRun run_lint_since(const Earlier& earlier, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Timings* timings = nullptr);

/// The same since a git revision. Throws as `Revision` does.
LintRun run_lint_since(const std::string& revision, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Timings* timings = nullptr);

}  // namespace gemba::inline workspace
