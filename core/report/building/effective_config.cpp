#include "core/report/building/effective_config.h"

#include <fmt/format.h>

#include "core/base/text.h"
#include "core/model/settings.h"

namespace gemba::inline report {
namespace {

/// What `printable` makes visible has the same escapes in TOML.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\t')
      result += "\\t";
    else
      result += c;
  }
  return printable(result) + '"';
}

std::string list_text(std::span<const std::string> texts) {
  std::string result;
  for (const std::string& text : texts) add_item(result, quoted(text));
  return "[" + result + "]";
}

/// The value of a rule: its level, or a table with its parameters.
std::string value_of(const Rule& rule, const RuleSetting* setting, Level level) {
  const std::string word = quoted(to_string(level));
  if (rule.about.parameters.empty() && rule.about.lists.empty()) return word;
  std::string text = "{ level = " + word;
  for (const Parameter& parameter : rule.about.parameters)
    text += fmt::format(", {} = {}", parameter.name,
                        parameter_value(rule.about, setting, parameter.name));
  for (const ListParameter& list : rule.about.lists)
    text += fmt::format(", {} = {}", list.name, list_text(list_value(setting, list.name)));
  return text + " }";
}

}  // namespace

std::string effective_config(const Config& config, std::string_view path,
                             const LintOptions& options) {
  std::string text = fmt::format(
      "# What holds for {}, from {}.\n[rules]\n", printable(path),
      config.path.empty() ? "the defaults, as there is no gemba.toml" : printable(config.path));
  for (const Rule* rule : all_rules()) {
    const RuleSetting* setting = setting_for(rule->about, config, path);
    const Level level = effective_level(*rule, config, path, options);
    text += fmt::format("{} = {}  # {}\n", rule->about.code, value_of(*rule, setting, level),
                        rule->about.name);
  }
  return text;
}

}  // namespace gemba::inline report
