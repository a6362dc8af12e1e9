#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/process.h"
#include "core/render/geometry.h"
#include "core/replay/profile.h"

namespace gemba {

/// Which way a chart flows: lanes are columns (`down`) or rows (`right`).
enum class Direction : std::uint8_t { down, right };

/// What makes a lane.
enum class LaneKey : std::uint8_t { role, system, none };

/// The figure of a log that colours the steps.
enum class HeatMetric : std::uint8_t { median, mean, p90, count };

/// Words as the command line takes them; none for anything else.
std::optional<Direction> parse_direction(std::string_view text);
std::optional<LaneKey> parse_lane_key(std::string_view text);
std::optional<HeatMetric> parse_heat_metric(std::string_view text);

struct ChartOptions {
  Direction direction = Direction::down;
  LaneKey lanes = LaneKey::role;
  std::vector<std::string> lane_order;  ///< ids of roles or systems that come first, in this order
  HeatMetric metric = HeatMetric::median;
  std::string language = "zh";  ///< of the captions the chart adds itself: `zh` or `en`
  bool show_system = false;     ///< the system of a step in its small print
};

/// What a node is drawn as.
enum class NodeShape : std::uint8_t { start, end, box, diamond, bar, note, subprocess };

/// A sign at a node's corner.
enum class NodeMark : std::uint8_t { none, stamp, hourglass };

struct NodeColours {
  std::string fill, border, text;  ///< `#RRGGBB`
};

struct ChartNode {
  std::string id;
  NodeShape shape = NodeShape::box;
  NodeMark mark = NodeMark::none;
  std::size_t lane = 0;
  std::vector<std::string> lines;  ///< wrapped; of a start or end: the caption beside the circle
  std::vector<std::string> sub_lines;  ///< small print: times
  NodeColours colours;
  std::string tooltip;
  std::string link;     ///< `#step-id` or an http(s) address, safe to write into SVG; may be empty
  bool faded = false;   ///< no start reaches it
  std::size_t fan = 1;  ///< of a bar: flows on its fuller side
};

struct ChartEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<std::string> label;  ///< wrapped lines, may be empty
  double weight = 0;               ///< 0 to 1: how many of the cases go this way; widens the line
  bool rework = false;             ///< closes a cycle: drawn dashed, ignored when steps are ranked
  bool main = false;               ///< on the most frequent path from start to end
  bool faded = false;
};

struct ChartLane {
  std::string name;
};

/// Explains the colours of a heat chart.
struct Legend {
  std::string title;
  std::string low, high;  ///< figures at both ends of the scale
};

/// A process as it is to be drawn: pure data, no positions. Nodes are in the order of the steps,
/// edges in the order of the flows. Without the rework edges there is no cycle.
struct Chart {
  std::string title;
  std::vector<std::string> facts;  ///< id, version, owner, dates: small print
  Direction direction = Direction::down;
  bool has_lanes = true;  ///< false: a plain flowchart, one lane without header
  std::vector<ChartLane> lanes;
  std::vector<ChartNode> nodes;
  std::vector<ChartEdge> edges;
  std::optional<Legend> legend;
  std::string stamp_text;  ///< the sign in an approval's stamp
  std::string language;    ///< of the captions: `zh` or `en`
};

/// Prepares a process for drawing. With a profile the steps are coloured by `options.metric` and
/// shares come from the log. An id in `options.lane_order` that is no lane of this process throws
/// `UsageError`.
Chart make_chart(const Process& process, const ChartOptions& options = {},
                 const Profile* profile = nullptr);

}  // namespace gemba
