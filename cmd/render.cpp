#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>

#include "cmd/bind/common_options.h"
#include "cmd/bind/look_options.h"
#include "cmd/bind/overlay_options.h"
#include "cmd/child_processes.h"
#include "cmd/command.h"
#include "cmd/data_files.h"
#include "cmd/documents.h"
#include "cmd/logs.h"
#include "cmd/output.h"
#include "cmd/render_overlays.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/render/draw/fonts.h"
#include "core/render/overlays.h"
#include "core/render/picture.h"
#include "core/report/building/chart_index.h"
#include "core/report/finding_text.h"

namespace gemba::inline cmd {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string config, output = "-", heat;
  LookOptions look;
  OverlayOptions overlays;
  bool index = false;
  LogOptions how;
};

WantedOverlays wanted_overlays(const Options& options) {
  return {.heat = !options.heat.empty(),
          .deviations = options.overlays.deviations,
          .changes = !options.overlays.diff.empty()};
}

bool names_folder(const std::string& output) {
  return output.ends_with('/') || fs::is_directory(output);
}

/// Charts are named after files: two files of one name would be one chart.
void check_names(const std::vector<std::string>& documents) {
  std::map<std::string, std::string> named;
  for (const std::string& path : documents) {
    const auto [other, is_new] = named.emplace(fs::path(path).stem().string(), path);
    if (is_new) continue;
    throw UsageError(fmt::format("'{}' and '{}' would have one chart; draw them into two folders",
                                 other->second, path));
  }
}

/// Refuses combinations that would lose pictures or garble a terminal.
void check_output(const Options& options, const Picture& picture,
                  const std::vector<std::string>& paths, const Env& env) {
  const std::size_t documents = paths.size();
  if (documents > 1 && !names_folder(options.output)) {
    throw UsageError(
        fmt::format("{} documents need a folder for their charts: -o FOLDER/", documents));
  }
  check_names(paths);
  if (picture.is_binary && options.output == "-" && env.out_is_terminal) {
    throw UsageError("a picture is no text for a terminal; write it to a file with -o FILE");
  }
  if (options.index && !names_folder(options.output)) {
    throw UsageError("--index needs a folder for the charts and their page: -o FOLDER/");
  }
  if (options.index && !picture.fits_page) {
    const auto shown =
        picture_words(&Picture::name, [](const Picture& each) { return each.fits_page; });
    throw UsageError(fmt::format("--index shows pictures: {}", fmt::join(shown, " or ")));
  }
  check_overlays(wanted_overlays(options), picture, documents);
  if (options.overlays.diff == "-" && paths.front() == "-") {
    throw UsageError("standard input cannot be both versions; give --diff a file");
  }
}

std::string chart_name(const std::string& path, const Picture& picture) {
  return fs::path(path).stem().string() + std::string(picture.ending);
}

std::string target_of(const Options& options, const std::string& path, const Picture& picture) {
  if (!names_folder(options.output)) return options.output;
  std::error_code error;
  fs::create_directories(options.output, error);
  if (error) {
    throw Error(fmt::format("cannot make the folder '{}': {}", options.output, error.message()));
  }
  return (fs::path(options.output) / chart_name(path, picture)).string();
}

/// Says what is wrong with a document; false when there is something: a chart that hides a lost
/// step would mislead.
bool is_drawable(const ReadDocument& document, const Repository& repository, Env& env) {
  if (!document.error.empty()) throw Error(document.error);
  for (const Diagnostic& each : document.found)
    env.err << finding_text(each, repository.sources, false);
  if (!document.found.empty() || !document.process) return false;
  if (!document.process->steps.empty()) return true;
  throw Error(fmt::format("'{}' has no steps: there is nothing to draw", document.path));
}

/// What is known before the first document is drawn.
struct Drawing {
  const Options& options;
  const Picture& picture;
  const Repository& repository;
  std::map<std::string, CheckedProcess> checked;  ///< by path; empty without --findings
};

/// The chart of a sound document with everything that is to be shown over it. None when another
/// version to be shown has errors.
std::optional<Chart> chart_of(const ReadDocument& document, const Drawing& drawing, Env& env) {
  const Options& options = drawing.options;
  const Config& config = *document.place->config;
  const WantedOverlays wanted = wanted_overlays(options);
  const std::optional<Profile> profile =
      read_profile(*document.process, options.heat, options.how, config.log, env,
                   parts_shown(wanted, document.net ? &*document.net : nullptr));
  std::optional<Process> earlier;
  if (wanted.changes) {
    earlier = read_other_version(options.overlays.diff, document, drawing.repository, env);
    if (!earlier) return std::nullopt;
  }
  const auto checked = drawing.checked.find(document.path);
  return overlaid_chart(*document.process,
                        {.profile = profile ? &*profile : nullptr,
                         .deviations = wanted.deviations,
                         .earlier = earlier ? &*earlier : nullptr,
                         .checked = checked == drawing.checked.end() ? nullptr : &checked->second},
                        chart_options(options.look, drawing.picture, config));
}

/// The bytes of a picture. Who draws does not know of what: errors name the document.
std::string drawn(const Chart& chart, const ReadDocument& document, const Drawing& drawing,
                  Env& env) {
  if (drawing.picture.has_letters) {
    if (const auto warning = missing_cjk_font_warning(chart)) {
      complain(env, "warning", *warning);
    }
  }
  try {
    return drawing.picture.draw({*document.process, chart, drawing.options.look.dpi, &env.timings});
  } catch (const Error& error) {
    throw Error(fmt::format("'{}': {}", document.path, error.what()));
  }
}

/// Draws one document; false when it could not be drawn, which was said.
bool render_one(const ReadDocument& document, const Drawing& drawing, Env& env) {
  if (!is_drawable(document, drawing.repository, env)) return false;
  const std::optional<Chart> chart = chart_of(document, drawing, env);
  if (!chart) return false;
  write_output(target_of(drawing.options, document.path, drawing.picture),
               drawn(*chart, document, drawing, env), env);
  return true;
}

/// The same, with a failure said on `env.err`.
bool try_one(const ReadDocument& document, const Drawing& drawing, Env& env) {
  try {
    return render_one(document, drawing, env);
  } catch (const Error& error) {
    complain(env, "error", error.what());
    return false;
  }
}

/// Draws documents, several at the same time; Graphviz has global state, so by processes. What
/// there is to say is said in their order. Returns the documents that were drawn.
std::vector<const ReadDocument*> render_all(const std::vector<ReadDocument>& documents,
                                            const Drawing& drawing, Env& env) {
  constexpr char good = '+';
  const auto draw_one = [&](std::size_t number) {
    std::ostringstream said;
    Env aside{env.out, said, false, 0, 0, {}};
    const bool drawn = try_one(documents[number], drawing, aside);
    return (drawn ? good : '-') + said.str();
  };
  const std::vector<std::string> results = env.timings.measure("draw", [&] {
    return in_child_processes(documents.size(), thread_count(drawing.options.how.jobs), draw_one);
  });
  std::vector<const ReadDocument*> drawn;
  std::string last;
  for (std::size_t number = 0; number < documents.size(); ++number) {
    const std::string said = results[number].substr(1);
    // A missing font is missing for all charts.
    if (said != last) env.err << said;
    if (!said.empty()) last = said;
    if (results[number].front() == good) drawn.push_back(&documents[number]);
  }
  return drawn;
}

void write_index(const std::vector<const ReadDocument*>& drawn, const Picture& picture,
                 const Options& options, Env& env) {
  if (drawn.empty()) return;
  const std::string page = read_text(data_folder() + "/templates/site/index.html");
  std::vector<IndexedChart> charts;
  for (const ReadDocument* each : drawn)
    charts.push_back(indexed_chart(*each->process, chart_name(each->path, picture)));
  write_output((fs::path(options.output) / "index.html").string(),
               chart_index(charts, drawn.front()->place->config->language, page), env);
}

int run(const Options& options, Env& env) {
  const Picture& picture = picture_of(options.look, options.output);
  Repository repository(options.config);
  repository.threads = thread_count(options.how.jobs);
  const std::vector<std::string> paths = repository.find_documents(options.paths);
  require_documents(paths);
  check_output(options, picture, paths, env);
  Drawing drawing{options, picture, repository, {}};
  if (options.overlays.findings) {
    drawing.checked = env.timings.measure(
        "check", [&] { return check_documents(paths, options.overlays.rules, repository); });
  }
  const std::vector<ReadDocument> documents =
      env.timings.measure("read", [&] { return repository.read_all(paths); });
  require_sound_config(repository, env);
  if (options.overlays.findings) refuse_models(documents);
  if (documents.size() == 1 && !options.index) {
    return try_one(documents.front(), drawing, env) ? exit_clean : exit_failure;
  }
  const std::vector<const ReadDocument*> drawn = render_all(documents, drawing, env);
  if (options.index) write_index(drawn, picture, options, env);
  return drawn.size() == documents.size() ? exit_clean : exit_failure;
}

Action bind(Arguments& arguments) {
  arguments.extend_summary(fmt::format(": {}", fmt::join(picture_words(&Picture::name), ", ")));
  auto options = std::make_shared<Options>();
  arguments
      .add("PATH", options->paths, "Documents, or folders to search for them; - is standard input")
      .required();
  arguments
      .add("-o,--output", options->output,
           "File to write, or a folder (FOLDER/) for a chart of each document")
      .value_name("FILE")
      .shows_default();
  bind_format(arguments, options->look);
  arguments.add_flag("--index", options->index,
                     "Write index.html beside the charts: all of them, with a search field");
  bind_look(arguments, options->look);
  arguments
      .add("--heat", options->heat, "Event log whose times colour the steps; - is standard input")
      .value_name("LOG");
  bind_metric(arguments, options->look);
  bind_overlays(arguments, options->overlays);
  bind_config(arguments, options->config);
  bind_log(arguments, options->how);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::render{
    .name = "render",
    .summary = "Draw a document as a swimlane chart",
    .examples =
        "gemba render sops/small-refund.toml -o small-refund.svg\n"
        "gemba render sops -o charts/ --format pdf    a chart of every document\n"
        "gemba render sops -o site/ --index           a page with all of them\n"
        "gemba render refund.toml --direction right --lanes system -o refund.png\n"
        "gemba render refund.toml --heat log.csv --metric p90 -o refund-heat.svg\n"
        "gemba render refund.toml --heat log.csv --deviations -o refund-real.svg\n"
        "gemba render refund.toml --findings -o refund-review.svg\n"
        "git show HEAD~1:refund.toml | gemba render refund.toml --diff - -o changes.svg",
    .bind = bind};

}  // namespace gemba::inline cmd
