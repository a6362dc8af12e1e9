#include "core/model/settings.h"

#include <algorithm>
#include <cassert>

#include "core/base/text.h"

namespace gemba::inline model {
namespace {

const RuleSetting* find_setting(const std::vector<RuleSetting>& settings, const Descriptor& about) {
  const auto names = [&](const RuleSetting& setting) {
    return setting.rule == about.code || setting.rule == about.name;
  };
  const auto found = std::find_if(settings.begin(), settings.end(), names);
  return found == settings.end() ? nullptr : &*found;
}

}  // namespace

const RuleSetting* setting_for(const Descriptor& about, const Config& config,
                               std::string_view path) {
  const RuleSetting* setting = find_setting(config.rules, about);
  for (const PathOverride& entry : config.overrides) {
    const bool covers =
        std::any_of(entry.paths.begin(), entry.paths.end(),
                    [&](const std::string& pattern) { return glob_match(pattern, path); });
    if (!covers) continue;
    if (const RuleSetting* own = find_setting(entry.rules, about)) setting = own;
  }
  return setting;
}

double parameter_value(const Descriptor& about, const RuleSetting* setting, std::string_view name) {
  if (setting != nullptr) {
    for (const auto& [key, value] : setting->parameters) {
      if (key == name) return value;
    }
  }
  for (const Parameter& parameter : about.parameters) {
    if (parameter.name == name) return parameter.fallback;
  }
  assert(false && "a check asks for a parameter that its descriptor does not name");
  return 0;
}

std::span<const std::string> list_value(const RuleSetting* setting, std::string_view name) {
  if (setting == nullptr) return {};
  for (const auto& [key, texts] : setting->lists) {
    if (key == name) return texts;
  }
  return {};
}

}  // namespace gemba::inline model
