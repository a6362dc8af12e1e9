#include "core/rules/lint.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/suggest.h"
#include "core/model/settings.h"

namespace gemba::inline rules {
namespace {

bool names(const std::string& wanted, const Rule& rule) {
  return wanted == "all" || wanted == rule.about.name ||
         (!wanted.empty() && rule.about.code.text().starts_with(wanted));
}

bool any_names(const std::vector<std::string>& wanted, const Rule& rule) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& entry) { return names(entry, rule); });
}

/// Reports one setting whose rule, or one of whose parameters, nobody knows.
void check_setting(const RuleSetting& setting, const std::vector<const Descriptor*>& known,
                   Diagnostics& found) {
  const auto report = [&](std::string message, Code code = unknown_key.about.code) {
    found.push_back({.code = code,
                     .level = Level::error,
                     .message = std::move(message),
                     .span = setting.span,
                     .document = "gemba",
                     .element = setting.rule});
  };
  const auto about = std::find_if(known.begin(), known.end(), [&](const Descriptor* each) {
    return each->code == setting.rule || each->name == setting.rule;
  });
  std::vector<std::string_view> names;
  if (about == known.end()) {
    for (const Descriptor* each : known) names.insert(names.end(), {each->code, each->name});
    report(fmt::format("unknown rule '{}'{}", setting.rule, did_you_mean(setting.rule, names)));
    return;
  }
  const auto is_in = [](std::string_view name, const auto& parameters) {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const auto& parameter) { return parameter.name == name; });
  };
  for (const Parameter& parameter : (*about)->parameters) names.push_back(parameter.name);
  for (const ListParameter& list : (*about)->lists) names.push_back(list.name);
  std::vector<std::string_view> given;
  for (const auto& [name, value] : setting.parameters) {
    given.push_back(name);
    if (is_in(name, (*about)->lists))
      report(fmt::format("'{}' of rule '{}' is a list of texts", name, setting.rule),
             bad_value.about.code);
  }
  for (const auto& [name, texts] : setting.lists) {
    given.push_back(name);
    if (is_in(name, (*about)->parameters))
      report(fmt::format("parameter '{}' of rule '{}' is a number", name, setting.rule),
             bad_value.about.code);
  }
  for (const std::string_view name : given) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::vector<std::string_view> known_names = names;
    known_names.push_back("level");
    report(fmt::format("rule '{}' has no parameter '{}'{}", setting.rule, name,
                       did_you_mean(name, known_names)));
  }
}

}  // namespace

Level effective_level(const Rule& rule, const Config& config, std::string_view path,
                      const LintOptions& options) {
  if (any_names(options.ignore, rule)) return Level::off;
  const RuleSetting* setting = setting_for(rule.about, config, path);
  Level level = rule.about.on ? rule.about.level : Level::off;
  if (setting != nullptr) level = setting->level.value_or(rule.about.level);
  if (!options.select.empty()) {
    if (!any_names(options.select, rule)) return Level::off;
    if (level == Level::off) return rule.about.level;
  }
  return level;
}

void lint(const Process& process, std::string_view path, const Config& config,
          const LintOptions& options, Diagnostics& found, const Source* text) {
  const FlowGraph graph(process);
  const RuleInput input{process, graph, options.today, process.sound ? text : nullptr};
  const std::size_t first = found.size();
  for (const Rule* rule : all_rules()) {
    if (rule->check == nullptr || (rule->needs_flow && !process.flow_complete)) continue;
    const Level level = effective_level(*rule, config, path, options);
    if (level == Level::off) continue;
    RuleReport report(rule->about, level, process, setting_for(rule->about, config, path), found);
    rule->check(input, report);
  }
  std::stable_sort(
      found.begin() + static_cast<std::ptrdiff_t>(first), found.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.span.begin < b.span.begin; });
}

void lint_together(std::span<const LintDocument> documents, const Config& config,
                   const LintOptions& options, Diagnostics& found) {
  for (const Rule* rule : all_rules()) {
    if (rule->check_together == nullptr) continue;
    const auto level_of = [&](const LintDocument& document) {
      return effective_level(*rule, config, document.path, options);
    };
    RepositoryReport report(rule->about, level_of, found);
    rule->check_together(documents, report);
  }
}

void apply_levels(Diagnostics& found, std::size_t first, std::string_view path,
                  const Config& config, const LintOptions& options) {
  const auto begin = found.begin() + static_cast<std::ptrdiff_t>(first);
  for (auto each = begin; each != found.end(); ++each) {
    if (const Rule* rule = find_rule(each->code)) {
      each->level = effective_level(*rule, config, path, options);
    }
  }
  found.erase(
      std::remove_if(begin, found.end(), [](const Diagnostic& d) { return d.level == Level::off; }),
      found.end());
}

void check_rule_settings(const Config& config, const std::vector<const Descriptor*>& known,
                         Diagnostics& found) {
  for (const RuleSetting& setting : config.rules) check_setting(setting, known, found);
  for (const PathOverride& entry : config.overrides) {
    for (const RuleSetting& setting : entry.rules) check_setting(setting, known, found);
  }
}

std::string unknown_rule_message(const std::vector<std::string>& wanted) {
  std::vector<std::string_view> known;
  for (const Rule* rule : all_rules()) {
    known.push_back(rule->about.code);
    known.push_back(rule->about.name);
  }
  for (const std::string& entry : wanted) {
    const bool matches = std::any_of(all_rules().begin(), all_rules().end(),
                                     [&](const Rule* rule) { return names(entry, *rule); });
    if (!matches) {
      return fmt::format("unknown rule '{}'{} ('gemba explain' lists them)", entry,
                         did_you_mean(entry, known));
    }
  }
  return {};
}

}  // namespace gemba::inline rules
