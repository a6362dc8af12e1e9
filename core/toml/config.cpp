#include <fmt/format.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <system_error>

#include "core/toml/parts.h"
#include "core/toml/read.h"

namespace gemba::inline toml {
namespace {

constexpr std::array<std::string_view, 4> levels = {"off", "info", "warning", "error"};

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return std::string(slash == 0 ? path.substr(0, 1) : path.substr(0, slash));
}

std::optional<Level> read_level(Reading& reading, const Node& value) {
  const Choice choice = as_choice(reading, value, levels, "a level");
  if (!choice.guessed) return std::nullopt;
  return static_cast<Level>(*choice.guessed);
}

void read_parameter(Reading& reading, const Node& value, RuleSetting& setting) {
  switch (value.kind) {
    case Node::Kind::number:
      if (std::isfinite(value.number)) {
        setting.parameters.emplace_back(value.key, value.number);
        return;
      }
      break;
    case Node::Kind::truth:
      setting.parameters.emplace_back(value.key, value.truth ? 1.0 : 0.0);
      return;
    case Node::Kind::text:
    case Node::Kind::list: {
      std::vector<std::string> texts;
      for (const Node* item : text_items(reading, value)) texts.emplace_back(item->text);
      setting.lists.emplace_back(value.key, std::move(texts));
      return;
    }
    default:
      break;
  }
  report_type(reading, value, "a number, a text or a list of texts");
}

RuleSetting read_rule(Reading& reading, const Node& value) {
  RuleSetting setting;
  setting.rule = value.key;
  setting.span = value.key_span;
  reading.element = value.key;
  if (value.kind == Node::Kind::table) {
    for (const Node& item : value.items) {
      if (item.key == "level") {
        setting.level = read_level(reading, item);
      } else {
        read_parameter(reading, item, setting);
      }
    }
  } else {
    setting.level = read_level(reading, value);
  }
  reading.element.clear();
  return setting;
}

std::vector<RuleSetting> read_rules(Reading& reading, const Node& table) {
  std::vector<RuleSetting> settings;
  if (const Node* rules = read_table(reading, table, "rules")) {
    for (const Node& rule : rules->items) settings.push_back(read_rule(reading, rule));
  }
  return settings;
}

void read_overrides(Reading& reading, const Node& root, Config& config) {
  for (const Node* table : read_tables(reading, root, "override")) {
    check_keys(reading, *table, keys::override_table);
    PathOverride override_rules;
    override_rules.span = table->span;
    override_rules.paths = read_texts(reading, *table, "paths");
    override_rules.rules = read_rules(reading, *table);
    if (member(*table, "paths") == nullptr) {
      reading.report("S004", table->span, "[[override]] needs 'paths', a list of patterns");
    }
    config.overrides.push_back(std::move(override_rules));
  }
}

void read_files(Reading& reading, const Node& root, Config& config) {
  const Node* files = read_table(reading, root, "files");
  if (files == nullptr) return;
  check_keys(reading, *files, keys::files);
  // Faulty or empty: the default holds.
  std::vector<std::string> include = read_texts(reading, *files, "include");
  if (!include.empty()) config.include = std::move(include);
  config.exclude = read_texts(reading, *files, "exclude");
}

void read_log(Reading& reading, const Node& root, Config& config) {
  const Node* log = read_table(reading, root, "log");
  if (log == nullptr) return;
  check_keys(reading, *log, keys::log);
  config.log.timezone = read_text(reading, *log, "timezone");
  config.log.time_format = read_text(reading, *log, "time_format");
  config.log.encoding = read_text(reading, *log, "encoding");
  config.log.sheet = read_text(reading, *log, "sheet");
  config.log.case_column = read_text(reading, *log, "case");
  config.log.activity_column = read_text(reading, *log, "activity");
  config.log.timestamp_column = read_text(reading, *log, "timestamp");
  config.log.start_column = read_text(reading, *log, "start");
  config.log.resource_column = read_text(reading, *log, "resource");
  config.log.lifecycle_column = read_text(reading, *log, "lifecycle");
  if (member(*log, "missing") != nullptr) config.log.missing = read_texts(reading, *log, "missing");
}

/// Implied definitions too: documents start with all of them.
void mark_shared(Definitions& definitions) {
  for (Role& role : definitions.roles) role.shared = true;
  for (Calendar& calendar : definitions.calendars) calendar.shared = true;
}

}  // namespace

Config read_config(const Sources& sources, SourceId source, Diagnostics& found) {
  Config config;
  config.path = sources[source].path;
  config.folder = folder_of(config.path);
  const std::size_t before = found.size();
  std::optional<Tree> tree = parse_text(sources, source, found);
  if (!tree) return config;
  Node& root = tree->root;

  Reading reading{sources, source, found};
  find_misspelt(reading, root, keys::config);
  check_keys(reading, root, keys::config);
  if (const Node* language = member(root, "language")) {
    constexpr std::array<std::string_view, 2> languages = {"zh", "en"};
    const Choice choice = as_choice(reading, *language, languages, "a language");
    if (choice.guessed) config.language = languages[*choice.guessed];
  }
  read_files(reading, root, config);
  config.rules = read_rules(reading, root);
  read_overrides(reading, root, config);
  read_log(reading, root, config);
  Scope scope(reading, config.definitions, {});
  read_definitions(scope, root, true);
  mark_shared(config.definitions);
  reading.sort_from(before);
  // A configuration holds for documents that nobody looks at now: people change it themselves.
  for (std::size_t i = before; i < found.size(); ++i) found[i].fix.clear();
  return config;
}

std::string find_config(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  // An absolute path has all its folders in its text; the answer is then shown as the user would
  // write it.
  const bool relative = fs::path(path).is_relative();
  const fs::path start =
      fs::absolute(path.empty() || path == "-" ? fs::path(".") : fs::path(path), error);
  if (error) return {};
  fs::path folder = start.lexically_normal();
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  for (;; folder = folder.parent_path()) {
    const fs::path candidate = folder / "gemba.toml";
    if (fs::is_regular_file(candidate, error)) {
      if (!relative) return candidate.string();
      const fs::path shown = candidate.lexically_relative(fs::current_path(error));
      return shown.empty() ? candidate.string() : shown.string();
    }
    if (folder == folder.parent_path()) return {};
  }
}

}  // namespace gemba::inline toml
