#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/audit/finding.h"
#include "core/model/config.h"

namespace gemba::inline audit {

/// What a heuristic looks at. `profile` is null without a log.
struct AuditInput {
  const Process& process;
  const FlowGraph& graph;
  const Profile* profile;
  const Expected& expected;
};

/// Collects what one heuristic finds in one process; fills in code, level and document.
class AuditReport {
 public:
  AuditReport(const Descriptor& about, Level level, const Process& process,
              const RuleSetting* setting, std::vector<Finding>& found)
      : about_(about), level_(level), process_(process), setting_(setting), found_(found) {}

  /// A finding that points at a step. The step is the first of its steps.
  Finding& add(StepId step, std::string title);

  /// A finding about the process as a whole.
  Finding& add(std::string title);

  /// Value of a parameter that the heuristic's descriptor names.
  double parameter(std::string_view name) const;

 private:
  const Descriptor& about_;
  Level level_;
  const Process& process_;
  const RuleSetting* setting_;
  std::vector<Finding>& found_;
};

/// A document among those that are audited together.
struct AuditedDocument {
  const Process& process;
  const Expected& expected;
};

/// One audit heuristic: its description and its check, of one document or of all together. The
/// check says what to change; what that saves is computed afterwards, by applying the change to the
/// model. The check of several documents has a report for each of them, as many; changes that it
/// proposes are not computed.
struct Heuristic {
  Descriptor about;
  void (*check)(const AuditInput&, AuditReport&) = nullptr;
  void (*check_together)(std::span<const AuditedDocument>, std::span<AuditReport>) = nullptr;
};

namespace heuristics {
#define HEURISTIC(name) extern const Heuristic name;
#include "core/audit/heuristics/heuristics.def"
#undef HEURISTIC
}  // namespace heuristics

/// Every heuristic, in the order of `heuristics.def`.
std::span<const Heuristic* const> all_heuristics();

}  // namespace gemba::inline audit
