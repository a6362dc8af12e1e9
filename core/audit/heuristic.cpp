#include "core/audit/heuristic.h"

#include "core/model/settings.h"

namespace gemba::inline audit {

std::string_view to_string(Basis basis) {
  constexpr std::string_view names[] = {"structure", "declared", "log"};
  return names[static_cast<std::size_t>(basis)];
}

Diagnostic as_diagnostic(const Finding& finding) {
  return {.code = finding.about->code,
          .level = finding.level,
          .message = finding.title,
          .span = finding.span,
          .document = finding.document,
          .element = finding.element};
}

Finding& AuditReport::add(StepId step, std::string title) {
  Finding& finding = add(std::move(title));
  finding.steps = {step};
  finding.span = process_[step].span;
  finding.element = process_[step].id;
  return finding;
}

Finding& AuditReport::add(std::string title) {
  Finding& finding = found_.emplace_back();
  finding.about = &about_;
  finding.level = level_;
  finding.improvement = about_.improvements[0];
  finding.title = std::move(title);
  finding.span = process_.span;
  finding.document = process_.id;
  return finding;
}

double AuditReport::parameter(std::string_view name) const {
  return parameter_value(about_, setting_, name);
}

std::span<const Heuristic* const> all_heuristics() {
  static constexpr const Heuristic* all[] = {
#define HEURISTIC(name) &heuristics::name,
#include "core/audit/heuristics/heuristics.def"
#undef HEURISTIC
  };
  return all;
}

}  // namespace gemba::inline audit
