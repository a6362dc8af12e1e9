#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/descriptor.h"
#include "core/graph/flow_graph.h"
#include "core/model/config.h"
#include "core/model/process.h"

namespace gemba::inline rules {

/// What a rule looks at.
struct RuleInput {
  const Process& process;
  const FlowGraph& graph;
  Date today;  ///< what counts as "now": given, never read from a clock
  /// What the process was read from, when findings are to carry what mends them. Null otherwise,
  /// and for a text with faults: nothing is taken out of what may not be understood yet.
  const Source* text = nullptr;
};

/// Collects what one rule finds in one document; fills in code, level and document.
class RuleReport {
 public:
  RuleReport(const Descriptor& about, Level level, const Process& process,
             const RuleSetting* setting, Diagnostics& found)
      : about_(about), level_(level), process_(process), setting_(setting), found_(found) {}

  /// Adds a finding; `element` is the id of the step, role … concerned, empty for the document.
  Diagnostic& add(SourceSpan span, std::string element, std::string message);

  /// A finding about a step as a whole: points at its id.
  Diagnostic& add(const Step& step, std::string message) {
    return add(step.span, step.id, std::move(message));
  }

  /// Value of a parameter that the rule's descriptor names.
  double parameter(std::string_view name) const;

  /// Texts of a list that the rule's descriptor names.
  std::span<const std::string> list(std::string_view name) const;

 private:
  const Descriptor& about_;
  Level level_;
  const Process& process_;
  const RuleSetting* setting_;
  Diagnostics& found_;
};

/// A document of a repository, as the rules that compare several see it.
struct LintDocument {
  const Process* process;
  std::string_view path;  ///< relative to the configuration's folder
  bool checked = true;    ///< else it is only compared with: nothing is reported about it
};

/// Collects what one rule finds by comparing documents; gives each finding the level that the rule
/// has for its document.
class RepositoryReport {
 public:
  using LevelOf = std::function<Level(const LintDocument&)>;

  RepositoryReport(const Descriptor& about, LevelOf level_of, Diagnostics& found)
      : about_(about), level_of_(std::move(level_of)), found_(found) {}

  /// Adds a finding unless the rule is off for the document, or the document is not checked.
  /// `notes` are second places.
  void add(const LintDocument& document, SourceSpan span, std::string element, std::string message,
           std::vector<Note> notes = {});

 private:
  const Descriptor& about_;
  LevelOf level_of_;
  Diagnostics& found_;
};

/// One lint rule: its description and its check, of one document or of all together. A rule without
/// check is reported by who has what it needs: the reader of documents (S001 to S006), or the
/// comparison with an earlier version (M503).
struct Rule {
  Descriptor about;
  bool needs_flow = false;  ///< not run when steps or flows had to be left out of the process
  void (*check)(const RuleInput&, RuleReport&) = nullptr;
  void (*check_together)(std::span<const LintDocument>, RepositoryReport&) = nullptr;
};

#define RULE(name) extern const Rule name;
#include "core/rules/rules.def"
#undef RULE

/// Every rule, in the order of `rules.def`.
std::span<const Rule* const> all_rules();

/// The rule with this code or name, or null.
const Rule* find_rule(std::string_view code_or_name);

}  // namespace gemba::inline rules
