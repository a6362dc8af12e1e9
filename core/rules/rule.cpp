#include "core/rules/rule.h"

#include "core/model/settings.h"

namespace gemba::inline rules {

Diagnostic& RuleReport::add(SourceSpan span, std::string element, std::string message) {
  return found_.emplace_back(Diagnostic{.code = about_.code,
                                        .level = level_,
                                        .message = std::move(message),
                                        .span = span,
                                        .document = process_.id,
                                        .element = std::move(element)});
}

double RuleReport::parameter(std::string_view name) const {
  return parameter_value(about_, setting_, name);
}

std::span<const std::string> RuleReport::list(std::string_view name) const {
  return list_value(setting_, name);
}

void RepositoryReport::add(const LintDocument& document, SourceSpan span, std::string element,
                           std::string message, std::vector<Note> notes) {
  const Level level = document.checked ? level_of_(document) : Level::off;
  if (level == Level::off) return;
  found_.push_back({.code = about_.code,
                    .level = level,
                    .message = std::move(message),
                    .span = span,
                    .document = document.process->id,
                    .element = std::move(element),
                    .notes = std::move(notes)});
}

std::span<const Rule* const> all_rules() {
  static constexpr const Rule* all[] = {
#define RULE(name) &name,
#include "core/rules/rules.def"
#undef RULE
  };
  return all;
}

const Rule* find_rule(std::string_view code_or_name) {
  for (const Rule* rule : all_rules()) {
    if (rule->about.code == code_or_name || rule->about.name == code_or_name) return rule;
  }
  return nullptr;
}

}  // namespace gemba::inline rules
