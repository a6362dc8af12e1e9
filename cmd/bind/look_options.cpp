#include "cmd/bind/look_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cmd/bind/common_options.h"
#include "core/base/error.h"

namespace gemba::inline cmd {

std::vector<std::string> picture_words(std::string_view Picture::*part,
                                       bool (*holds)(const Picture&)) {
  std::vector<std::string> words;
  for (const Picture* picture : all_pictures()) {
    if (holds(*picture)) words.emplace_back(picture->*part);
  }
  return words;
}

void bind_format(Arguments& arguments, LookOptions& options) {
  add_choice(arguments, "--format", options.format, picture_words(&Picture::name),
             fmt::format("Picture format; default: what FILE ends in, else {}",
                         all_pictures().front()->name));
}

void bind_look(Arguments& arguments, LookOptions& options) {
  const auto rightward = picture_words(
      &Picture::name, [](const Picture& picture) { return picture.direction == Direction::right; });
  add_choice(arguments, "--direction", options.direction, {"down", "right"},
             fmt::format("Which way the chart flows; default: down, of {} right",
                         fmt::join(rightward, " and ")));
  add_choice(arguments, "--lanes", options.lanes, {"role", "system", "none"}, "What makes a lane");
  arguments
      .add("--lane-order", options.lane_order, "Roles or systems whose lanes come first, by id")
      .by_commas()
      .value_name("ID");
  arguments
      .add(
          "--show", options.show,
          "What stands in a step's small print beside its time: data, systems, scripts, sla, pains")
      .by_commas()
      .check(one_of({"data", "systems", "scripts", "sla", "pains"}))
      .value_name("LIST")
      .shows_default("sla");
  const auto dotted =
      picture_words(&Picture::title, [](const Picture& picture) { return picture.has_dots; });
  arguments
      .add("--dpi", options.dpi, fmt::format("Dots per inch of a {}", fmt::join(dotted, " or ")))
      .within(30, 600)
      .shows_default();
}

void bind_metric(Arguments& arguments, LookOptions& options) {
  add_choice(arguments, "--metric", options.metric,
             {"median", "mean", "p90", "waiting", "cost", "count"},
             "The figure that colours the steps");
}

const Picture& picture_of(const LookOptions& options, const std::string& output) {
  if (!options.format.empty()) return *find_picture(options.format);
  const std::string ending = std::filesystem::path(output).extension().string();
  if (ending.empty() || output == "-") return *all_pictures().front();
  if (const Picture* picture = picture_of_ending(ending)) return *picture;
  throw UsageError(fmt::format("-o {}: '{}' is none of {}; name one with --format", output, ending,
                               fmt::join(picture_words(&Picture::ending), " ")));
}

ChartOptions chart_options(const LookOptions& options, const Picture& picture,
                           const Config& config) {
  ChartOptions chart;
  chart.direction =
      options.direction.empty() ? picture.direction : *parse_direction(options.direction);
  chart.lanes = *parse_lane_key(options.lanes);
  chart.lane_order = options.lane_order;
  chart.metric = *parse_heat_metric(options.metric);
  chart.language = config.language;
  const auto shows = [&](const char* word) {
    return std::find(options.show.begin(), options.show.end(), word) != options.show.end();
  };
  chart.show = {shows("data"), shows("systems"), shows("scripts"), shows("sla"), shows("pains")};
  return chart;
}

}  // namespace gemba::inline cmd
