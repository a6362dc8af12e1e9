#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/compare/compare.h"
#include "core/model/process.h"
#include "core/render/chart/geometry.h"
#include "core/replay/profile.h"

namespace gemba::inline render {

/// Which way a chart flows: lanes are columns (`down`) or rows (`right`).
enum class Direction : std::uint8_t { down, right };

/// What makes a lane.
enum class LaneKey : std::uint8_t { role, system, none };

/// The figure of a log that colours the steps.
enum class HeatMetric : std::uint8_t { median, mean, p90, waiting, cost, count };

/// Words as the command line takes them; none for anything else.
std::optional<Direction> parse_direction(std::string_view text);
std::optional<LaneKey> parse_lane_key(std::string_view text);
std::optional<HeatMetric> parse_heat_metric(std::string_view text);

/// What the small print of a step holds beside its time.
struct SmallPrint {
  bool data = false;     ///< what it needs and makes
  bool systems = false;  ///< the system it is done in
  bool scripts = false;  ///< the beginning of what is to be said
  bool sla = true;
  bool pains = false;  ///< what people say about it
};

struct ChartOptions {
  Direction direction = Direction::down;
  LaneKey lanes = LaneKey::role;
  std::vector<std::string> lane_order;  ///< ids of roles or systems that come first, in this order
  HeatMetric metric = HeatMetric::median;
  std::string language = "zh";  ///< of the captions the chart adds itself: `zh` or `en`
  SmallPrint show;
};

/// What a node is drawn as.
enum class NodeShape : std::uint8_t { start, end, box, diamond, bar, note, subprocess };

/// A sign at a node's corner.
enum class NodeMark : std::uint8_t { none, stamp, hourglass };

/// A number at a node's corner: how many findings there are about it.
struct Badge {
  std::size_t count = 0;
  Level level = Level::info;  ///< the worst of them
  std::string tooltip;        ///< lines
};

struct NodeColours {
  std::string fill, border, text;  ///< `#RRGGBB`
};

struct ChartNode {
  std::string id;
  std::string text;  ///< the name in full on one line, never empty
  NodeShape shape = NodeShape::box;
  NodeMark mark = NodeMark::none;
  std::size_t lane = 0;
  std::vector<std::string> lines;  ///< wrapped; of a start or end: the caption beside the circle
  std::vector<std::string> sub_lines;  ///< small print: times, limits …
  std::size_t alerts = 0;              ///< how many of these, the last ones, stand out
  std::size_t pains = 0;  ///< how many of the alerts, the first ones, are what people say
  NodeColours colours;
  std::string tooltip;
  std::string link;     ///< `#step-id` or an http(s) address, safe to write into SVG; may be empty
  bool faded = false;   ///< no start reaches it
  bool unseen = false;  ///< a log does not know it
  ChangeKind change = ChangeKind::none;
  std::optional<Badge> badge;
  std::size_t fan = 1;  ///< of a bar: flows on its fuller side
};

struct ChartEdge {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string text;                ///< the label in full on one line, may be empty
  std::vector<std::string> label;  ///< wrapped lines, may be empty
  double weight = 0;               ///< 0 to 1: how many of the cases go this way; widens the line
  bool rework = false;             ///< closes a cycle: drawn dashed, ignored when steps are ranked
  bool main = false;               ///< on the most frequent path from start to end
  bool faded = false;
  ChangeKind change = ChangeKind::none;
  std::string tooltip = {};  ///< lines, may be empty
};

struct ChartLane {
  std::string id;  ///< of the role or system; empty for steps without one
  std::string name;
  ChangeKind change = ChangeKind::none;
};

/// What an entry of a legend begins with: a disc like a badge, a box like a step, or nothing.
enum class LegendSign : std::uint8_t { none, disc, box };

struct LegendEntry {
  LegendSign sign = LegendSign::none;
  std::string fill = {}, border = {};  ///< of the sign
  bool dashed = false;
  std::string text;
};

/// The figures at both ends of the heat scale.
struct LegendScale {
  std::string low, high;
};

/// Explains the colours of one overlay, in one line where there is room.
struct Legend {
  std::string title;
  std::optional<LegendScale> scale = {};  ///< before the entries
  std::vector<LegendEntry> entries = {};
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
  std::vector<Legend> legends;  ///< one below the other, under the title
  std::string stamp_text;       ///< the sign in an approval's stamp
  std::string language;         ///< of the captions: `zh` or `en`
  bool compares = false;        ///< shows changes: colours that say something else stay grey
};

/// Prepares a process for drawing. With a profile the steps are coloured by `options.metric` and
/// shares come from the log. An id in `options.lane_order` that is no lane of this process throws
/// `UsageError`, and so does a metric that the log or the process cannot give.
Chart make_chart(const Process& process, const ChartOptions& options = {},
                 const Profile* profile = nullptr);

/// The chart of two versions: what either has, and what became of it.
Chart make_chart(const Comparison& comparison, const ChartOptions& options = {});

}  // namespace gemba::inline render
