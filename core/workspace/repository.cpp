#include "core/workspace/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/findings/catalogue.h"
#include "core/rules/lint.h"
#include "core/toml/read.h"

namespace gemba::inline workspace {
namespace fs = std::filesystem;
namespace {

bool matches_any(const std::vector<std::string>& patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return glob_match(pattern, path); });
}

std::string absolute_path(const std::string& path) {
  return fs::absolute(path).lexically_normal().string();
}

/// TOML files in and below a folder; hidden files and folders are left out, links to folders not
/// followed.
std::vector<std::string> toml_files(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  fs::recursive_directory_iterator walk(folder, error);
  if (error) throw Error(fmt::format("cannot read '{}': {}", folder, error.message()));
  for (; walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    if (error) throw Error(fmt::format("cannot read '{}': {}", folder, error.message()));
    const fs::path& path = walk->path();
    const bool hidden = path.filename().string().starts_with('.');
    if (hidden && walk->is_directory(error)) walk.disable_recursion_pending();
    if (hidden || path.extension() != ".toml" || path.filename() == "gemba.toml") continue;
    if (!walk->is_directory(error)) files.push_back(path.lexically_normal().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Whether a text is a model of another tool. What is called a document is read as one.
bool is_model(const Source& source) {
  return !source.path.ends_with(".toml") && is_model_xml(source.text);
}

std::optional<ImportedModel> read_any(const Sources& sources, SourceId source, const Config& config,
                                      Diagnostics& found) {
  if (is_model(sources[source])) return gemba::read_model(sources, source, found);
  std::optional<Process> process = read_process(sources, source, config, found);
  if (!process) return std::nullopt;
  return ImportedModel{*std::move(process), std::nullopt};
}

}  // namespace

bool Repository::includes(const std::string& path) {
  const Place& place = place_of(path);
  return matches_any(place.config->include, place.path) &&
         !matches_any(place.config->exclude, place.path);
}

std::vector<std::string> Repository::find_documents(const std::vector<std::string>& paths) {
  std::vector<std::string> documents;
  for (const std::string& path : paths) {
    if (path.empty()) throw UsageError("a path is empty; the current folder is written .");
    std::error_code error;
    // Whoever gives all changed files to a hook gives the configuration too: it is checked as one.
    if (fs::path(path).filename() == "gemba.toml" && fs::is_regular_file(path, error)) {
      config_for(path);
      continue;
    }
    if (!fs::is_directory(path, error)) {
      documents.push_back(path);
      continue;
    }
    const std::size_t before = documents.size();
    for (std::string& file : toml_files(path)) {
      if (includes(file)) documents.push_back(std::move(file));
    }
    if (documents.size() == before) {
      throw Error(fmt::format(
          "no documents in '{}': it holds no .toml file that [files] in gemba.toml includes",
          path));
    }
  }
  // A file that is named twice, or named and found in a folder, is one document.
  std::vector<std::string> once;
  std::set<std::string> seen;
  for (std::string& document : documents) {
    if (seen.insert(fs::path(document).lexically_normal().string()).second) {
      once.push_back(std::move(document));
    }
  }
  return once;
}

// The files of a folder share their configuration; to look for it takes a call to the system for
// every folder above.
const std::string& Repository::config_path(const std::string& path) {
  if (!config_path_.empty()) return config_path_;
  const fs::path place(real_path(path));
  std::error_code error;
  if (fs::is_directory(place, error)) return nearest_[path] = find_config(place.string());
  const auto [nearest, is_new] = nearest_.try_emplace(place.parent_path().string() + "/");
  if (is_new) nearest->second = find_config(place.string());
  return nearest->second;
}

const Config& Repository::config_at(const std::string& path) {
  const auto known = configs_.find(path);
  if (known != configs_.end()) return known->second;
  Config config;
  if (!path.empty()) {
    const std::size_t first = config_found.size();
    config = read_config(sources, sources.add(path, text_of(path)), config_found);
    check_rule_settings(config, all_descriptors(), config_found);
    apply_levels(config_found, first, "gemba.toml", config, {});
    std::stable_sort(config_found.begin() + static_cast<std::ptrdiff_t>(first), config_found.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
  }
  return configs_.emplace(path, std::move(config)).first->second;
}

const Place& Repository::place_of(const std::string& path) {
  const auto known = places_.find(path);
  if (known != places_.end()) return known->second;
  const Config& config = config_at(config_path(path));
  const std::string& real = real_path(path);
  Place place{&config, fs::path(real).lexically_normal().string()};
  if (!config.path.empty() && real != "-") {
    const fs::path folder = fs::absolute(config.folder.empty() ? "." : config.folder);
    place.path = fs::absolute(real)
                     .lexically_normal()
                     .lexically_relative(folder.lexically_normal())
                     .string();
  }
  return places_.emplace(path, std::move(place)).first->second;
}

std::string Repository::text_of(const std::string& path) const {
  const auto given = texts.find(real_path(path));
  return given != texts.end() ? given->second : read_text(path);
}

std::optional<ImportedModel> Repository::read_model(const std::string& path) {
  const Config& config = config_for(path);
  return read_any(sources, sources.add(real_path(path), text_of(path)), config, found);
}

std::optional<Process> Repository::read(const std::string& path) {
  std::optional<ImportedModel> model = read_model(path);
  if (!model) return std::nullopt;
  return std::move(model->process);
}

std::vector<ReadDocument> Repository::read_all(const std::vector<std::string>& paths) {
  std::vector<ReadDocument> documents;
  for (const std::string& path : paths) {
    documents.push_back({path});
    try {
      documents.back().place = &place_of(path);
    } catch (const Error& error) {
      documents.back().error = error.what();
    }
  }
  std::vector<std::string> read(paths.size());
  share_out(paths.size(), threads, [&](std::size_t number) {
    if (!documents[number].error.empty()) return;
    try {
      read[number] = text_of(paths[number]);
    } catch (const Error& error) {
      documents[number].error = error.what();
    }
  });
  for (std::size_t number = 0; number < paths.size(); ++number) {
    if (!documents[number].error.empty()) continue;
    documents[number].source = sources.add(real_path(paths[number]), std::move(read[number]));
  }
  share_out(paths.size(), threads, [&](std::size_t number) {
    ReadDocument& each = documents[number];
    if (!each.error.empty()) return;
    each.is_model = is_model(sources[each.source]);
    auto model = read_any(sources, each.source, *each.place->config, each.found);
    if (!model) return;
    each.process = std::move(model->process);
    each.net = std::move(model->net);
  });
  return documents;
}

std::string ReadDocument::id() const {
  return process ? process->id : fs::path(path).stem().string();
}

const std::vector<ReadDocument>& Repository::neighbours(const std::string& path,
                                                        const std::vector<std::string>& read) {
  const Config& config = config_for(path);
  const auto [place, is_new] = neighbours_.try_emplace(config.path);
  if (!is_new || config.path.empty()) return place->second;
  std::vector<std::string> files;
  try {
    files = find_documents({config.folder.empty() ? "." : config.folder});
  } catch (const Error&) {
    return place->second;
  }
  std::set<std::string> known;
  for (const std::string& each : read) known.insert(absolute_path(real_path(each)));
  std::erase_if(files, [&](const std::string& file) {
    return known.contains(absolute_path(file)) || config_for(file).path != config.path;
  });
  return place->second = read_all(files);
}

bool has_faulty_config(const Repository& repository) {
  return std::any_of(repository.config_found.begin(), repository.config_found.end(),
                     [](const Diagnostic& each) { return each.level == Level::error; });
}

}  // namespace gemba::inline workspace
