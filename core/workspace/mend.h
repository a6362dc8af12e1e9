#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/rules/lint.h"
#include "core/workspace/check.h"
#include "core/workspace/repository.h"

namespace gemba::inline workspace {

/// Mends the texts of documents, in rounds: edits that overlap others wait for the next one, and so
/// does what is only found once something else is mended. Files are not touched.
class Mender {
 public:
  explicit Mender(LintOptions how) : how_(std::move(how)) {}

  /// Makes the edits of findings, which are those that are finally reported of the documents as
  /// `repository` read them. A fix after which a document has errors that it had not before is left
  /// out, its finding loses it, and `warnings` says so. True when texts have changed: check all
  /// documents again then, with `texts` in the place of the files.
  bool mend(Repository& repository, Diagnostics& found);

  const LintOptions& how() const { return how_; }

  /// The texts of all documents as they are now, by path.
  const std::map<std::string, std::string>& texts() const { return texts_; }

  /// The texts that have changed, as they were, by path.
  const std::map<std::string, std::string>& originals() const { return originals_; }

  /// What was left out: one sentence each, which begins with the place.
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// Findings that were mended.
  std::size_t mended() const { return mended_; }

 private:
  struct Change;
  Change change(Repository& repository, const Source& source,
                const std::vector<Diagnostic*>& findings);

  LintOptions how_;
  std::map<std::string, std::string> texts_, originals_;
  std::set<std::string> refused_;  ///< which findings' fixes were left out
  std::vector<std::string> warnings_;
  std::size_t mended_ = 0;
  std::size_t rounds_ = 0;
};

/// What was mended, as unified diffs one after the other.
std::string mended_diff(const Mender& mender);

/// Mends texts until nothing changes, and checks all documents again each time, with the mended
/// texts in the place of the files. Returns what came of the last check.
LintRun mend_all(Mender& mender, Repository& repository, LintRun run,
                 const std::function<LintRun(Repository&)>& check);

}  // namespace gemba::inline workspace
