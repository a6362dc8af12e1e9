#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/graph/flow_graph.h"
#include "core/model/config.h"
#include "core/model/process.h"

namespace gemba {

/// What a rule looks at.
struct RuleInput {
  const Process& process;
  const FlowGraph& graph;
  Date today;  ///< what counts as "now": given, never read from a clock
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

/// One lint rule: its description and its check. A rule without check is one that the reader of
/// documents reports by itself (S001 to S006).
struct Rule {
  Descriptor about;
  bool needs_flow = false;  ///< not run when steps or flows had to be left out of the process
  void (*check)(const RuleInput&, RuleReport&) = nullptr;
};

namespace rules {
#define RULE(name) extern const Rule name;
#include "core/rules/rules.def"
#undef RULE
}  // namespace rules

/// Every rule, in the order of `rules.def`.
std::span<const Rule* const> all_rules();

/// The rule with this code or name, or null.
const Rule* find_rule(std::string_view code_or_name);

}  // namespace gemba
