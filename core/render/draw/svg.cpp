#include "core/render/draw/svg.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/base/xml.h"

namespace gemba::inline render {
namespace {

/// `Swimlane chart with 9 steps in 3 lanes: …`.
std::string description(const Chart& chart) {
  const bool zh = chart.language == "zh";
  const std::size_t steps = chart.nodes.size();
  std::string lanes;
  for (const ChartLane& lane : chart.lanes)
    lanes += (lanes.empty() ? "" : zh ? "、" : ", ") + lane.name;
  if (!chart.has_lanes || lanes.empty()) {
    return zh ? fmt::format("流程图,{} 个步骤", steps)
              : fmt::format("Flowchart with {} steps", steps);
  }
  return zh ? fmt::format("泳道图,{} 个步骤,{} 条泳道:{}", steps, chart.lanes.size(), lanes)
            : fmt::format("Swimlane chart with {} steps in {} lanes: {}", steps, chart.lanes.size(),
                          lanes);
}

/// The text without its comments and the line ends behind them.
std::string without_comments(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find("<!--", at), text.size());
    kept += text.substr(at, begin - at);
    const std::size_t end = text.find("-->", begin);
    if (end == std::string_view::npos) break;
    at = end + 3;
    if (at < text.size() && text[at] == '\n') ++at;
  }
  return kept;
}

}  // namespace

std::string finish_svg(std::string_view svg, const Chart& chart) {
  std::string text = without_comments(svg);
  // The title that Graphviz gives a drawing is the name of the DOT graph.
  constexpr std::string_view own_title = "<title>chart</title>\n";
  if (const std::size_t at = text.find(own_title); at != std::string::npos)
    text.erase(at, own_title.size());
  const std::size_t begin = text.find("<svg ");
  const std::size_t end = begin == std::string::npos ? begin : text.find('>', begin);
  if (end == std::string::npos) return text;
  text.insert(end + 1, fmt::format("\n<title id=\"chart-title\">{}</title>\n<desc "
                                   "id=\"chart-description\">{}</desc>",
                                   xml_text(printable(chart.title)),
                                   xml_text(printable(description(chart)))));
  text.insert(begin + 4,
              fmt::format(" role=\"img\" aria-labelledby=\"chart-title chart-description\" "
                          "xml:lang=\"{}\"",
                          chart.language == "zh" ? "zh-CN" : "en"));
  return text;
}

}  // namespace gemba::inline render
