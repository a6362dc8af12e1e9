#include "core/render/lanes/frame.h"

#include <algorithm>
#include <cmath>

namespace gemba::inline render {
namespace {

constexpr double upright_padding = 13;  // between nodes and the nearest track
constexpr double level_padding = 10;
constexpr double arrow_room = 7;  // more before a row, for the arrow heads
constexpr double label_gap = 5;
constexpr double lane_padding = 16;

/// Room that each column, row and channel needs.
struct Needs {
  std::vector<double> column_low, column_high;  // half extents of columns
  std::vector<double> row_half;
  std::vector<double> upright_low, upright_high;  // by channel: padding before and after its tracks
  std::vector<double> level_low, level_high;
};

void raise(double& value, double least) { value = std::max(value, least); }

Needs node_needs(const Grid& grid, const Extents& extents) {
  const auto columns = static_cast<std::size_t>(grid.columns);
  const auto rows = static_cast<std::size_t>(grid.rows);
  Needs needs{std::vector<double>(columns, 30),
              std::vector<double>(columns, 30),
              std::vector<double>(rows, 14),
              std::vector<double>(columns + 1, upright_padding),
              std::vector<double>(columns + 1, upright_padding),
              std::vector<double>(rows + 1, level_padding),
              std::vector<double>(rows + 1, level_padding + arrow_room)};
  for (std::size_t i = 0; i < extents.nodes.size(); ++i) {
    const Size size = extents.nodes[i].footprint;
    raise(needs.column_low[static_cast<std::size_t>(grid.column[i])], size.width / 2);
    raise(needs.column_high[static_cast<std::size_t>(grid.column[i])], size.width / 2);
    raise(needs.row_half[static_cast<std::size_t>(grid.row[i])], size.height / 2);
  }
  return needs;
}

/// A label beside a level exit: between the node and the channel's first track, beside the line.
void level_label(Needs& needs, const Extents& extents, std::size_t node, std::size_t column,
                 std::size_t row, const LabelNeed& label, bool to_high) {
  const double half = extents.nodes[node].outline.width / 2;
  const double room = (to_high ? needs.column_high : needs.column_low)[column] - half;
  const double least = label.size.width + 2 * label_gap - room;
  raise(to_high ? needs.upright_low[column + 1] : needs.upright_high[column], least);
  raise(needs.row_half[row], label.size.height + 2 - level_padding / 2);
}

/// A label beside an upright end: right of the line, between the node and the row's first or last
/// track.
void upright_label(Needs& needs, const Extents& extents, std::size_t node, std::size_t column,
                   std::size_t row, const LabelNeed& label, bool below, Direction direction) {
  const double room = needs.row_half[row] - extents.nodes[node].outline.height / 2;
  const double arrow = label.at_entry ? arrow_room : 0;
  const double least = label.size.height + arrow + 6 - room;
  raise(below ? needs.level_low[row + 1] : needs.level_high[row], least);
  // Right of the line in a chart that flows down, above it in one that flows to the right.
  auto& half = direction == Direction::down ? needs.column_high : needs.column_low;
  raise(half[column], label.size.width + 2 * label_gap - upright_padding / 2);
}

void label_needs(Needs& needs, const Chart& chart, const Grid& grid, const Tracks& tracks,
                 const Extents& extents, bool level) {
  for (const LabelNeed& label : extents.labels) {
    const std::vector<Segment>& segments = tracks.segments[label.edge];
    const Segment& segment = label.at_entry ? segments.back() : segments.front();
    if (segment.level != level) continue;
    const ChartEdge& edge = chart.edges[label.edge];
    const std::size_t node = label.at_entry ? edge.to : edge.from;
    const auto column = static_cast<std::size_t>(grid.column[node]);
    const auto row = static_cast<std::size_t>(grid.row[node]);
    const bool forwards = segment.to > segment.from;
    const bool to_high = forwards != label.at_entry;
    if (level) {
      level_label(needs, extents, node, column, row, label, to_high);
    } else {
      upright_label(needs, extents, node, column, row, label, to_high, chart.direction);
    }
  }
}

double tracks_extent(const std::vector<int>& counts, std::size_t channel) {
  const std::size_t line = 2 * channel;
  const int count = line < counts.size() ? counts[line] : 0;
  return std::max(0, count - 1) * track_pitch;
}

/// Whether a channel has tracks that a lane's border in its middle would meet.
double border_shift(const std::vector<int>& counts, std::size_t channel) {
  const std::size_t line = 2 * channel;
  const int count = line < counts.size() ? counts[line] : 0;
  return count % 2 == 1 ? track_pitch / 2 : 0;
}

void place_columns(Frame& frame, const Grid& grid, const Tracks& tracks, const Extents& extents,
                   Needs& needs) {
  double at = 0;
  double lane_begin = 0;
  for (std::size_t c = 0; c < needs.column_low.size(); ++c) {
    const bool first_of_lane = c == 0 || grid.lane_of[c] != grid.lane_of[c - 1];
    const bool last_of_lane =
        c + 1 == needs.column_low.size() || grid.lane_of[c] != grid.lane_of[c + 1];
    frame.first_upright[c] = at + needs.upright_low[c];
    const double inner = tracks_extent(tracks.upright_counts, c);
    if (first_of_lane && c > 0) {
      lane_begin = frame.first_upright[c] + inner / 2 + border_shift(tracks.upright_counts, c);
      frame.lane_end.push_back(lane_begin);
    }
    at = frame.first_upright[c] + inner + needs.upright_high[c];
    frame.column_center[c] = at + needs.column_low[c];
    at = frame.column_center[c] + needs.column_high[c];
    if (!last_of_lane) continue;
    // A lane is at least as wide as its header; what is missing is added on both sides.
    const double end = at + needs.upright_low[c + 1];
    const double missing = extents.headers[grid.lane_of[c]] - (end - lane_begin);
    if (missing <= 0) continue;
    for (std::size_t k = c + 1; k-- > 0 && grid.lane_of[k] == grid.lane_of[c];) {
      frame.column_center[k] += missing / 2;
      if (k > 0 && grid.lane_of[k - 1] == grid.lane_of[c]) frame.first_upright[k] += missing / 2;
    }
    at += missing;
  }
  const std::size_t last = needs.column_low.size();
  frame.first_upright[last] = at + needs.upright_low[last];
  frame.lane_end.push_back(frame.first_upright[last] + tracks_extent(tracks.upright_counts, last) +
                           needs.upright_high[last]);
}

void place_rows(Frame& frame, const Tracks& tracks, const Needs& needs) {
  double at = 0;
  for (std::size_t r = 0; r < needs.row_half.size(); ++r) {
    frame.first_level[r] = at + needs.level_low[r];
    at = frame.first_level[r] + tracks_extent(tracks.level_counts, r) + needs.level_high[r];
    frame.row_center[r] = at + needs.row_half[r];
    at = frame.row_center[r] + needs.row_half[r];
  }
  const std::size_t last = needs.row_half.size();
  frame.first_level[last] = at + needs.level_low[last];
  frame.length = frame.first_level[last] + tracks_extent(tracks.level_counts, last) + level_padding;
}

}  // namespace

Frame make_frame(const Chart& chart, const Grid& grid, const Tracks& tracks,
                 const Extents& extents) {
  Needs needs = node_needs(grid, extents);
  // Labels beside upright lines first: they widen columns, which gives level labels room.
  label_needs(needs, chart, grid, tracks, extents, false);
  label_needs(needs, chart, grid, tracks, extents, true);
  if (chart.has_lanes) {
    needs.upright_low.front() = std::max(needs.upright_low.front(), lane_padding);
    needs.upright_high.back() = std::max(needs.upright_high.back(), lane_padding);
  }
  Frame frame;
  frame.column_center.resize(static_cast<std::size_t>(grid.columns));
  frame.first_upright.resize(static_cast<std::size_t>(grid.columns) + 1);
  frame.row_center.resize(static_cast<std::size_t>(grid.rows));
  frame.first_level.resize(static_cast<std::size_t>(grid.rows) + 1);
  place_columns(frame, grid, tracks, extents, needs);
  place_rows(frame, tracks, needs);
  return frame;
}

double place_of(const Frame& frame, const Strip& strip) {
  const auto index = static_cast<std::size_t>(strip.line / 2);
  if (strip.line % 2 == 0) {
    return (strip.level ? frame.first_level : frame.first_upright)[index] +
           strip.track * track_pitch;
  }
  return (strip.level ? frame.row_center : frame.column_center)[index] + strip.offset;
}

}  // namespace gemba::inline render
