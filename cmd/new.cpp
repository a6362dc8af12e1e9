#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <ostream>

#include "cmd/bind/common_options.h"
#include "cmd/command.h"
#include "cmd/data_files.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/report/readable.h"
#include "core/workspace/repository.h"

namespace gemba::inline cmd {
namespace fs = std::filesystem;
namespace {

struct Options {
  std::string name;
  std::string language;
  std::string path;
  bool force = false;
};

struct Template {
  std::string name;
  std::string path;
  std::string summary;  ///< its first line, a comment
};

/// The templates in one language, by name. English ones are named `NAME.en.toml`.
std::vector<Template> find_templates(const std::string& language, Sources& sources) {
  std::vector<Template> found;
  for (const auto& entry : fs::directory_iterator(fs::path(data_folder()) / "templates")) {
    if (entry.path().extension() != ".toml") continue;
    const bool english = entry.path().stem().extension() == ".en";
    if (english != (language == "en")) continue;
    const SourceId source = sources.load(entry.path().string());
    std::string_view summary = sources.line(source, 1);
    while (summary.starts_with('#') || summary.starts_with(' ')) summary.remove_prefix(1);
    found.push_back({english ? entry.path().stem().stem().string() : entry.path().stem().string(),
                     entry.path().string(), std::string(summary)});
  }
  std::sort(found.begin(), found.end(),
            [](const Template& a, const Template& b) { return a.name < b.name; });
  return found;
}

void list(const std::vector<Template>& templates, Env& env) {
  std::size_t width = 0;
  for (const Template& each : templates) width = std::max(width, each.name.size());
  for (const Template& each : templates) {
    env.out << fmt::format("{:<{}}  {}\n", each.name, width, each.summary);
  }
}

const Template& find_or_fail(const std::vector<Template>& templates, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Template& each : templates) {
    if (each.name == name) return each;
    names.push_back(each.name);
  }
  throw UsageError(
      fmt::format("no template '{}'{} ('gemba new' lists them)", name, did_you_mean(name, names)));
}

int run(const Options& options, Env& env) {
  Sources sources;
  std::string language = options.language;
  if (language.empty()) language = Repository("").config_for("./x").language;
  const std::vector<Template> templates = find_templates(language, sources);
  if (options.name.empty()) {
    list(templates, env);
    return exit_clean;
  }
  const Template& chosen = find_or_fail(templates, options.name);
  const std::string path = options.path.empty() ? chosen.name + ".toml" : options.path;
  if (path != "-" && fs::is_regular_file(path) && !options.force) {
    throw UsageError(
        fmt::format("'{}' exists already; give another name with -o, or --force", path));
  }
  write_output(path, sources[sources.load(chosen.path)].text, env);
  if (path != "-") {
    env.err << readable_message(fmt::format(
                   "wrote {}; fill it in, then check it with: gemba lint {}", path, path))
            << "\n";
  }
  return exit_clean;
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.add("TEMPLATE", options->name, "Template to copy; without one, all are listed");
  add_choice(arguments, "--lang", options->language, {"zh", "en"},
             "Language of the template; by default that of gemba.toml, else zh");
  arguments
      .add("-o,--output", options->path,
           "File to write, by default TEMPLATE.toml; - is standard output")
      .value_name("FILE");
  arguments.add_flag("--force", options->force, "Replace a file that exists");
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::new_document{
    .name = "new",
    .summary = "Start a new SOP from a template",
    .examples =
        "gemba new                             list the templates\n"
        "gemba new refund -o sops/refund.toml  start an SOP for refunds\n"
        "gemba new --lang en blank             an empty one, in English",
    .bind = bind};

}  // namespace gemba::inline cmd
