#include "core/model/settings.h"

#include <algorithm>

#include "core/base/text.h"

namespace gemba {
namespace {

const RuleSetting* find_setting(const std::vector<RuleSetting>& settings, const Descriptor& about) {
  const auto names = [&](const RuleSetting& setting) {
    return setting.rule == about.code || setting.rule == about.name;
  };
  const auto found = std::find_if(settings.begin(), settings.end(), names);
  return found == settings.end() ? nullptr : &*found;
}

/// The path as the configuration's patterns see it: relative to the folder of gemba.toml.
std::string_view relative_to(std::string_view path, std::string_view folder) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (folder.starts_with("./")) folder.remove_prefix(2);
  if (folder.empty() || folder == "." || !path.starts_with(folder)) return path;
  const std::string_view rest = path.substr(folder.size());
  return rest.starts_with('/') ? rest.substr(1) : path;
}

}  // namespace

const RuleSetting* setting_for(const Descriptor& about, const Config& config,
                               std::string_view path) {
  const RuleSetting* setting = find_setting(config.rules, about);
  const std::string_view relative = relative_to(path, config.folder);
  for (const PathOverride& entry : config.overrides) {
    const bool covers =
        std::any_of(entry.paths.begin(), entry.paths.end(),
                    [&](const std::string& pattern) { return glob_match(pattern, relative); });
    if (!covers) continue;
    if (const RuleSetting* own = find_setting(entry.rules, about)) setting = own;
  }
  return setting;
}

}  // namespace gemba
