#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/rules/lint.h"

namespace gemba::inline findings {

/// A comment `# gemba: ignore[F116, self-approval] until 2026-12-31 why`.
struct Suppression {
  std::vector<std::string> rules;  ///< codes or names, as written
  std::optional<Date> until;       ///< the last day on which it holds
  std::string reason;
  SourceSpan span;  ///< from `gemba:` to the end of the comment
  std::uint32_t first_line = 0;
  std::uint32_t last_line = 0;  ///< findings that begin on these lines are meant
};

/// The suppressions of a document. One that stands behind something on its line is about that line;
/// one on a line of its own about the next line that is no comment, and where that is a table
/// header (`[[step]]`) about all lines up to the next header. What begins with `gemba:` and is none
/// is reported to `found`.
std::vector<Suppression> read_suppressions(SourceId source, std::string_view text,
                                           Diagnostics& found);

/// Takes the findings that suppressions name out of `found`, which holds those of one document, and
/// returns how many. Suppressions that are idle (S008) are added, at `level`: those that nothing
/// needs, that have run out by `today`, that give no reason or name no rule. A syntax error cannot
/// be suppressed. `is_on(rule)` says whether a rule was looked for at all.
std::size_t apply_suppressions(const std::vector<Suppression>& suppressions, Date today,
                               Level level, const std::function<bool(const Rule&)>& is_on,
                               std::string_view document, Diagnostics& found);

}  // namespace gemba::inline findings
