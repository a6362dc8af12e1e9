#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cmd/documents.h"
#include "core/report/report.h"
#include "core/rules/lint.h"

namespace gemba::inline cmd {

/// What the command line says about the rules that hold.
struct RuleFlags {
  std::vector<std::string> select, ignore;
  std::string today;
};

/// Adds `--select`, `--ignore` and `--today` to a command; returns the first two.
std::vector<CLI::Option*> bind_rules(CLI::App& app, RuleFlags& flags);

/// Throws `UsageError` for a rule that does not exist, and for a date that is none.
LintOptions lint_options(const RuleFlags& flags);

/// What came of checking documents.
struct LintRun {
  std::vector<std::string> paths;  ///< of all documents, as given or found
  std::vector<ReadDocument> read;  ///< those that could be read
  std::vector<Unread> unread;      ///< the others; why was said on `env.err`, too
  std::size_t suppressed = 0;      ///< findings that comments in the documents take away
  Diagnostics found;               ///< in the order of the text, those of configurations included
};

/// Checks documents, and folders of them, by every rule that is on.
LintRun run_lint(const std::vector<std::string>& inputs, const LintOptions& how,
                 Repository& repository, Env& env);

/// The same, without the findings that there were at a git revision, which are added to `known`,
/// and with SOPs that have changed since under the same version. Throws as `Revision` does.
LintRun run_lint_since(const std::string& revision, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Env& env);

}  // namespace gemba::inline cmd
