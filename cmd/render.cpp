#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <ostream>

#include "cmd/documents.h"
#include "cmd/log_options.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/render/chart.h"
#include "core/render/dot.h"
#include "core/render/draw.h"
#include "core/render/fonts.h"
#include "core/render/layout.h"

namespace gemba {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  std::string config, output = "-", format, direction = "down", lanes = "role", heat;
  std::string metric = "median";
  std::vector<std::string> lane_order;
  bool show_system = false;
  int dpi = 110;
  LogOptions how;
};

/// The format asked for, or the one that the output's name ends in; SVG without either.
PictureFormat format_of(const Options& options) {
  if (!options.format.empty()) return *parse_picture_format(options.format);
  const std::string extension = fs::path(options.output).extension().string();
  if (extension.empty() || options.output == "-") return PictureFormat::svg;
  if (const auto format = parse_picture_format(std::string_view(extension).substr(1))) {
    return *format;
  }
  throw UsageError(fmt::format("-o {}: '{}' is none of .svg .png .pdf .dot; name one with --format",
                               options.output, extension));
}

const char* extension_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::svg:
      return ".svg";
    case PictureFormat::png:
      return ".png";
    case PictureFormat::pdf:
      return ".pdf";
    case PictureFormat::dot:
      break;
  }
  return ".dot";
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
void check_output(const Options& options, PictureFormat format,
                  const std::vector<std::string>& paths, const Env& env) {
  const std::size_t documents = paths.size();
  if (documents > 1 && !names_folder(options.output)) {
    throw UsageError(
        fmt::format("{} documents need a folder for their charts: -o FOLDER/", documents));
  }
  check_names(paths);
  const bool binary = format == PictureFormat::png || format == PictureFormat::pdf;
  if (binary && options.output == "-" && env.out_is_terminal) {
    throw UsageError("a picture is no text for a terminal; write it to a file with -o FILE");
  }
  if (!options.heat.empty() && documents != 1) {
    throw UsageError(
        fmt::format("--heat is about one process, and there are {} documents", documents));
  }
}

ChartOptions chart_options(const Options& options, const Config& config) {
  ChartOptions chart;
  chart.direction = *parse_direction(options.direction);
  chart.lanes = *parse_lane_key(options.lanes);
  chart.lane_order = options.lane_order;
  chart.metric = *parse_heat_metric(options.metric);
  chart.language = config.language;
  chart.show_system = options.show_system;
  return chart;
}

std::string target_of(const Options& options, const std::string& path, PictureFormat format) {
  if (!names_folder(options.output)) return options.output;
  fs::create_directories(options.output);
  return (fs::path(options.output) / fs::path(path).stem()).string() + extension_of(format);
}

/// Draws one document. False when it has errors: a chart that hides a lost step would mislead.
bool render_one(const std::string& path, PictureFormat format, const Options& options,
                Repository& repository, Env& env) {
  const std::optional<Process> process = read_sound_process(repository, path, env);
  if (!process) return false;
  if (process->steps.empty()) {
    throw Error(fmt::format("'{}' has no steps: there is nothing to draw", path));
  }
  const Config& config = repository.config_for(path);
  const std::optional<Profile> profile =
      read_profile(*process, options.heat, options.how, config.log, env);
  const std::string dot = env.timings.measure("lay out", [&] {
    const Chart chart =
        make_chart(*process, chart_options(options, config), profile ? &*profile : nullptr);
    if (format == PictureFormat::png || format == PictureFormat::pdf) {
      if (const auto warning = missing_cjk_font_warning(chart)) {
        env.err << "gemba: warning: " << *warning << "\n";
      }
    }
    return to_dot(chart, lay_out(chart, node_sizes(chart)));
  });
  const std::string picture =
      env.timings.measure("draw", [&] { return draw(dot, format, options.dpi); });
  write_output(target_of(options, path, format), picture, env);
  return true;
}

int run(const Options& options, Env& env) {
  const PictureFormat format = format_of(options);
  Repository repository(options.config);
  const std::vector<std::string> documents = repository.find_documents(options.paths);
  require_documents(documents);
  check_output(options, format, documents, env);
  bool all_drawn = true;
  for (const std::string& path : documents) {
    try {
      all_drawn = render_one(path, format, options, repository, env) && all_drawn;
    } catch (const Error& error) {
      env.err << "gemba: error: " << error.what() << "\n";
      all_drawn = false;
    }
  }
  return all_drawn ? exit_clean : exit_failure;
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
  add_choice(app, "--format", options->format, {"svg", "png", "pdf", "dot"},
             "Picture format; default: what FILE ends in, else svg");
  add_choice(app, "--direction", options->direction, {"down", "right"},
             "Which way the chart flows");
  add_choice(app, "--lanes", options->lanes, {"role", "system", "none"}, "What makes a lane");
  app.add_option("--lane-order", options->lane_order,
                 "Roles or systems whose lanes come first, by id")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("ID");
  app.add_flag("--show-system", options->show_system, "Name each step's system in its small print");
  app.add_option("--dpi", options->dpi, "Dots per inch of a PNG")
      ->check(CLI::Range(30, 600))
      ->capture_default_str();
  app.add_option("--heat", options->heat,
                 "Event log whose times colour the steps; - is standard input")
      ->type_name("LOG");
  add_choice(app, "--metric", options->metric, {"median", "mean", "p90", "count"},
             "The figure that colours the steps");
  bind_config(app, options->config);
  bind_log(app, options->how);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::render{
    .name = "render",
    .summary = "Draw a document as a swimlane chart: svg, png, pdf, dot",
    .examples =
        "gemba render sops/small-refund.toml -o small-refund.svg\n"
        "gemba render sops -o charts/ --format pdf    a chart of every document\n"
        "gemba render refund.toml --direction right --lanes system -o refund.png\n"
        "gemba render refund.toml --heat log.csv --metric p90 -o refund-heat.svg",
    .bind = bind};

}  // namespace gemba
