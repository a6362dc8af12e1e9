#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cmd/documents.h"
#include "core/report/report.h"
#include "core/rules/lint.h"

namespace gemba::inline cmd {

/// What to do about findings that carry what mends them.
struct FixOptions {
  bool fix = false;   ///< mend the documents
  bool diff = false;  ///< show what would be mended, change nothing

  bool wanted() const { return fix || diff; }
};

/// Adds `--fix` and `--diff` to a command.
void bind_fix(CLI::App& app, FixOptions& options);

/// Mends the texts of documents, in rounds: edits that overlap others wait for the next one, and so
/// does what is only found once something else is mended. Files are not touched.
class Mender {
 public:
  explicit Mender(LintOptions how) : how_(std::move(how)) {}

  /// Makes the edits of findings, which are those that are finally reported of the documents as
  /// `repository` read them. A fix after which a document has errors that it had not before is left
  /// out, its finding loses it, and `env.err` is told. True when texts have changed: check all
  /// documents again then, with `texts` in the place of the files.
  bool mend(Repository& repository, Diagnostics& found, Env& env);

  const LintOptions& how() const { return how_; }

  /// The texts of all documents as they are now, by path.
  const std::map<std::string, std::string>& texts() const { return texts_; }

  /// The texts that have changed, as they were, by path.
  const std::map<std::string, std::string>& originals() const { return originals_; }

  /// Findings that were mended.
  std::size_t mended() const { return mended_; }

 private:
  struct Change;
  Change change(Repository& repository, const Source& source,
                const std::vector<Diagnostic*>& findings, Env& env);

  LintOptions how_;
  std::map<std::string, std::string> texts_, originals_;
  std::set<std::string> refused_;  ///< what findings say whose fixes were left out
  std::size_t mended_ = 0;
  std::size_t rounds_ = 0;
};

/// What was mended, as unified diffs one after the other.
std::string mended_diff(const Mender& mender);

/// Says in a report how much was mended, and whether `write_mended` could write all of it.
void report_mended(const Mender& mender, bool all_written, Report& report);

/// Says in a report for people how many findings could be mended.
void report_fixable(Report& report);

/// Writes the mended texts to their files, and the one of standard input, called `piped`, to
/// `env.out`, mended or not. Says on `env.err` what could not be written, which is left as it was;
/// false then.
bool write_mended(const Mender& mender, const std::string& piped, Env& env);

}  // namespace gemba::inline cmd
