#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/rule.h"

namespace gemba::inline rules {

/// What the command line adds to the configuration.
struct LintOptions {
  Date today;
  /// Codes, names or code prefixes that are on, whatever else says.
  std::vector<std::string> select = {};
  std::vector<std::string> ignore = {};  ///< codes, names or code prefixes that are off
};

/// The level at which a rule reports for a document at `path`: its own, then `[rules]`, then every
/// matching
/// `[[override]]` in order, then `options`.
Level effective_level(const Rule& rule, const Config& config, std::string_view path,
                      const LintOptions& options);

/// Runs every rule that is on over the document at `path` (as above). Findings come in the order of
/// their places. With the `text` that the process was read from they carry what mends them.
void lint(const Process& process, std::string_view path, const Config& config,
          const LintOptions& options, Diagnostics& found, const Source* text = nullptr);

/// Runs every rule that compares documents over those of one repository, which share `config`.
/// Findings come in the order of rules.
void lint_together(std::span<const LintDocument> documents, const Config& config,
                   const LintOptions& options, Diagnostics& found);

/// Reports a document that says something else than before under the same version (M503). `level`
/// is that of the rule; texts are those that the two were read from.
void check_version(const Process& before, std::string_view text_before, const Process& now,
                   std::string_view text_now, Level level, Diagnostics& found);

/// Gives the diagnostics of a reader, from `first` on, the levels that rules have for this path,
/// and drops those that are off.
void apply_levels(Diagnostics& found, std::size_t first, std::string_view path,
                  const Config& config, const LintOptions& options);

/// Reports rules and parameters that the configuration names and that are not among the `known`
/// ones (S002).
void check_rule_settings(const Config& config, const std::vector<const Descriptor*>& known,
                         Diagnostics& found);

/// An error for a command-line list when no rule matches an entry; empty when all match.
std::string unknown_rule_message(const std::vector<std::string>& wanted);

}  // namespace gemba::inline rules
