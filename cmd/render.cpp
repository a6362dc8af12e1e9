#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>
#include <sstream>

#include "cmd/child_processes.h"
#include "cmd/data_files.h"
#include "cmd/documents.h"
#include "cmd/log_options.h"
#include "cmd/output.h"
#include "cmd/render_overlays.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/compare/compare.h"
#include "core/render/bpmn/bpmn.h"
#include "core/render/chart/chart.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/deviation_marks.h"
#include "core/render/chart/finding_marks.h"
#include "core/render/draw/dot.h"
#include "core/render/draw/draw.h"
#include "core/render/draw/fonts.h"
#include "core/render/draw/mermaid.h"
#include "core/render/draw/svg.h"
#include "core/render/lanes/layout.h"
#include "core/report/building/chart_index.h"
#include "core/report/finding_text.h"

namespace gemba::inline cmd {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string config, output = "-", format, direction, lanes = "role", heat;
  std::string metric = "median";
  std::vector<std::string> lane_order;
  std::vector<std::string> show = {"sla"};
  OverlayOptions overlays;
  bool index = false;
  int dpi = 110;
  LogOptions how;
};

/// The words or extensions of all formats.
std::vector<std::string> format_words(std::string_view PictureFormatName::*part) {
  std::vector<std::string> words;
  for (const PictureFormatName& name : picture_formats()) words.emplace_back(name.*part);
  return words;
}

/// The format asked for, or the one that the output's name ends in; SVG without either.
PictureFormat format_of(const Options& options) {
  if (!options.format.empty()) return *parse_picture_format(options.format);
  const std::string extension = fs::path(options.output).extension().string();
  if (extension.empty() || options.output == "-") return PictureFormat::svg;
  if (const auto format = picture_format_of_extension(extension)) return *format;
  throw UsageError(fmt::format("-o {}: '{}' is none of {}; name one with --format", options.output,
                               extension,
                               fmt::join(format_words(&PictureFormatName::extension), " ")));
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

/// Refuses what two versions cannot be shown with.
void check_diff(const Options& options, PictureFormat format,
                const std::vector<std::string>& paths) {
  if (options.overlays.diff.empty()) return;
  if (format == PictureFormat::bpmn) {
    throw UsageError("--diff shows two versions, of which BPMN holds one; take another --format");
  }
  if (!options.heat.empty()) {
    throw UsageError("--diff and --heat both colour the steps; draw two charts");
  }
  if (paths.size() != 1) {
    throw UsageError(
        fmt::format("--diff is about one process, and there are {} documents", paths.size()));
  }
  if (options.overlays.diff == "-" && paths.front() == "-") {
    throw UsageError("standard input cannot be both versions; give --diff a file");
  }
}

/// Refuses what a log cannot be shown with.
void check_heat(const Options& options, std::size_t documents) {
  if (!options.heat.empty() && documents != 1) {
    throw UsageError(
        fmt::format("--heat is about one process, and there are {} documents", documents));
  }
  if (options.overlays.deviations && options.heat.empty()) {
    throw UsageError("--deviations is about a log; name it with --heat LOG");
  }
}

/// Refuses combinations that would lose pictures or garble a terminal.
void check_output(const Options& options, PictureFormat format,
                  const std::vector<std::string>& paths, const Env& env) {
  const std::size_t documents = paths.size();
  if (documents > 1 && !names_folder(options.output)) {
    throw UsageError(
        fmt::format("{} documents need a folder for their charts: -o FOLDER/", documents));
  }
  check_names(paths);
  if (is_binary(format) && options.output == "-" && env.out_is_terminal) {
    throw UsageError("a picture is no text for a terminal; write it to a file with -o FILE");
  }
  if (options.index && !names_folder(options.output)) {
    throw UsageError("--index needs a folder for the charts and their page: -o FOLDER/");
  }
  if (options.index && format != PictureFormat::svg && format != PictureFormat::png) {
    throw UsageError("--index shows pictures: svg or png");
  }
  check_heat(options, documents);
  check_diff(options, format, paths);
}

/// Many BPMN tools know no lanes but rows.
Direction direction_of(const Options& options, PictureFormat format) {
  if (!options.direction.empty()) return *parse_direction(options.direction);
  return format == PictureFormat::bpmn ? Direction::right : Direction::down;
}

ChartOptions chart_options(const Options& options, PictureFormat format, const Config& config) {
  ChartOptions chart;
  chart.direction = direction_of(options, format);
  chart.lanes = *parse_lane_key(options.lanes);
  chart.lane_order = options.lane_order;
  chart.metric = *parse_heat_metric(options.metric);
  chart.language = config.language;
  const auto shows = [&](const char* word) {
    return std::find(options.show.begin(), options.show.end(), word) != options.show.end();
  };
  chart.show = {shows("data"), shows("systems"), shows("scripts"), shows("sla")};
  return chart;
}

std::string chart_name(const std::string& path, PictureFormat format) {
  return fs::path(path).stem().string() + std::string(extension_of(format));
}

std::string target_of(const Options& options, const std::string& path, PictureFormat format) {
  if (!names_folder(options.output)) return options.output;
  std::error_code error;
  fs::create_directories(options.output, error);
  if (error) {
    throw Error(fmt::format("cannot make the folder '{}': {}", options.output, error.message()));
  }
  return (fs::path(options.output) / chart_name(path, format)).string();
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
  PictureFormat format;
  const Repository& repository;
  std::map<std::string, CheckedDocument> checked;  ///< by path; empty without --findings
};

/// The chart of a sound document with everything that is to be shown over it. None when another
/// version to be shown has errors.
std::optional<Chart> chart_of(const ReadDocument& document, const Drawing& drawing, Env& env) {
  const Options& options = drawing.options;
  const Config& config = *document.place->config;
  const ChartOptions how = chart_options(options, drawing.format, config);
  Chart chart;
  if (options.overlays.diff.empty()) {
    ReplayParts parts;
    parts.causes = false;  // of waiting: no chart shows them
    if (options.overlays.deviations)
      parts.conformance = ConformanceOptions{.net = document.net ? &*document.net : nullptr};
    const std::optional<Profile> profile =
        read_profile(*document.process, options.heat, options.how, config.log, env, parts);
    chart = make_chart(*document.process, how, profile ? &*profile : nullptr);
    if (options.overlays.deviations) show_deviations(chart, *profile, how);
  } else {
    const auto other = read_other_version(options.overlays.diff, document, drawing.repository, env);
    if (!other) return std::nullopt;
    chart = make_chart(compare_versions(*other, *document.process, is_chinese(how)), how);
  }
  if (const auto found = drawing.checked.find(document.path); found != drawing.checked.end()) {
    show_findings(chart, found->second.process, found->second.found, how);
  }
  return chart;
}

/// Graphviz does not know what it draws: its errors name the document.
std::string draw_named(const std::string& dot, const ReadDocument& document,
                       const Drawing& drawing) {
  try {
    return draw(dot, drawing.format, drawing.options.dpi);
  } catch (const Error& error) {
    throw Error(fmt::format("'{}': {}", document.path, error.what()));
  }
}

/// The chart in the format asked for.
std::string picture_of(const Chart& chart, const ReadDocument& document, const Drawing& drawing,
                       Env& env) {
  const PictureFormat format = drawing.format;
  if (format == PictureFormat::mermaid) return to_mermaid(chart);
  if (format == PictureFormat::bpmn) {
    return env.timings.measure("lay out", [&] { return to_bpmn(*document.process, chart); });
  }
  if (is_binary(format)) {
    if (const auto warning = missing_cjk_font_warning(chart)) {
      env.err << "gemba: warning: " << *warning << "\n";
    }
  }
  std::string dot = env.timings.measure(
      "lay out", [&] { return to_dot(chart, lay_out(chart, node_sizes(chart))); });
  if (!is_drawn(format)) return dot;
  std::string picture =
      env.timings.measure("draw", [&] { return draw_named(dot, document, drawing); });
  return format == PictureFormat::svg ? finish_svg(picture, chart) : picture;
}

/// Draws one document; false when it could not be drawn, which was said.
bool render_one(const ReadDocument& document, const Drawing& drawing, Env& env) {
  if (!is_drawable(document, drawing.repository, env)) return false;
  const std::optional<Chart> chart = chart_of(document, drawing, env);
  if (!chart) return false;
  write_output(target_of(drawing.options, document.path, drawing.format),
               picture_of(*chart, document, drawing, env), env);
  return true;
}

/// The same, with a failure said on `env.err`.
bool try_one(const ReadDocument& document, const Drawing& drawing, Env& env) {
  try {
    return render_one(document, drawing, env);
  } catch (const Error& error) {
    env.err << "gemba: error: " << error.what() << "\n";
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

IndexedChart indexed(const ReadDocument& document, PictureFormat format) {
  const Process& process = *document.process;
  IndexedChart chart{.file = chart_name(document.path, format),
                     .title = process.title,
                     .facts = {process.id},
                     .trigger = process.trigger,
                     .tags = process.tags};
  if (!process.version.empty()) chart.facts.push_back(process.version);
  if (process.owner) chart.facts.push_back(process.definitions[*process.owner].name);
  return chart;
}

void write_index(const std::vector<const ReadDocument*>& drawn, PictureFormat format,
                 const Options& options, Env& env) {
  if (drawn.empty()) return;
  const std::string page = read_text(data_folder() + "/templates/site/index.html");
  std::vector<IndexedChart> charts;
  for (const ReadDocument* each : drawn) charts.push_back(indexed(*each, format));
  write_output((fs::path(options.output) / "index.html").string(),
               chart_index(charts, drawn.front()->place->config->language, page), env);
}

int run(const Options& options, Env& env) {
  const PictureFormat format = format_of(options);
  Repository repository(options.config);
  repository.threads = thread_count(options.how.jobs);
  const std::vector<std::string> paths = repository.find_documents(options.paths);
  require_documents(paths);
  check_output(options, format, paths, env);
  Drawing drawing{options, format, repository, {}};
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
  if (options.index) write_index(drawn, format, options, env);
  return drawn.size() == documents.size() ? exit_clean : exit_failure;
}

void bind_look(CLI::App& app, Options& options) {
  add_choice(app, "--direction", options.direction, {"down", "right"},
             "Which way the chart flows; default: down, of bpmn right");
  add_choice(app, "--lanes", options.lanes, {"role", "system", "none"}, "What makes a lane");
  app.add_option("--lane-order", options.lane_order,
                 "Roles or systems whose lanes come first, by id")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("ID");
  app.add_option("--show", options.show,
                 "What stands in a step's small print beside its time: data, systems, scripts, sla")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(one_of({"data", "systems", "scripts", "sla"}))
      ->type_name("LIST")
      ->default_str("sla");
  app.add_option("--dpi", options.dpi, "Dots per inch of a PNG")
      ->check(CLI::Range(30, 600))
      ->capture_default_str();
}

Action bind(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("PATH", options->paths,
                 "Documents, or folders to search for them; - is standard input")
      ->required();
  app.add_option("-o,--output", options->output,
                 "File to write, or a folder (FOLDER/) for a chart of each document")
      ->type_name("FILE")
      ->capture_default_str();
  add_choice(app, "--format", options->format, format_words(&PictureFormatName::word),
             "Picture format; default: what FILE ends in, else svg");
  app.add_flag("--index", options->index,
               "Write index.html beside the charts: all of them, with a search field");
  bind_look(app, *options);
  app.add_option("--heat", options->heat,
                 "Event log whose times colour the steps; - is standard input")
      ->type_name("LOG");
  add_choice(app, "--metric", options->metric,
             {"median", "mean", "p90", "waiting", "cost", "count"},
             "The figure that colours the steps");
  bind_overlays(app, options->overlays);
  bind_config(app, options->config);
  bind_log(app, options->how);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::render{
    .name = "render",
    .summary = "Draw a document as a swimlane chart: svg, png, pdf, dot, mermaid, bpmn",
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
