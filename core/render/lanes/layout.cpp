#include "core/render/lanes/layout.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"
#include "core/render/lanes/frame.h"
#include "core/render/lanes/labels.h"

namespace gemba::inline render {
namespace {

constexpr double header_height = 30;
constexpr double header_padding = 14;
constexpr double least_width = 320;
constexpr double legend_gap = 5;
constexpr double title_gap = 12;

Size turned(Size size) { return {size.height, size.width}; }
Size in_frame(Size size, Direction direction) {
  return direction == Direction::down ? size : turned(size);
}

/// Distance from a node's centre to its outline, along a line that passes `aside` of the centre.
double reach(const ChartNode& node, double half, double half_aside, double aside) {
  const double off = std::abs(aside);
  switch (node.shape) {
    case NodeShape::diamond:
      return half * std::max(0.0, 1 - off / half_aside);
    case NodeShape::start:
    case NodeShape::end:
      return std::sqrt(std::max(0.0, half * half - off * off));
    default:
      return half;
  }
}

struct Drawing {
  const Chart& chart;
  const Grid& grid;
  const Tracks& tracks;
  const Frame& frame;
  const std::vector<NodeSize>& sizes;  // in the frame's directions
};

Point center_of(const Drawing& drawing, std::size_t node) {
  return {drawing.frame.column_center[static_cast<std::size_t>(drawing.grid.column[node])],
          drawing.frame.row_center[static_cast<std::size_t>(drawing.grid.row[node])]};
}

/// Where a line at `place` (of an upright or level segment) that leaves a node to `sign` meets its
/// outline.
Point port(const Drawing& drawing, std::size_t node, bool level, double place, int sign) {
  const Point center = center_of(drawing, node);
  const Size size = drawing.sizes[node].outline;
  const ChartNode& drawn = drawing.chart.nodes[node];
  if (level) {
    const double out = reach(drawn, size.width / 2, size.height / 2, place - center.y);
    return {center.x + sign * out, place};
  }
  const double out = reach(drawn, size.height / 2, size.width / 2, place - center.x);
  return {place, center.y + sign * out};
}

Polyline draw_edge(const Drawing& drawing, std::size_t edge) {
  const std::vector<Segment>& segments = drawing.tracks.segments[edge];
  std::vector<double> places;
  for (const Segment& segment : segments) {
    places.push_back(place_of(drawing.frame, drawing.tracks.strips[segment.strip]));
  }
  Polyline line;
  const Segment& first = segments.front();
  line.push_back(port(drawing, drawing.chart.edges[edge].from, first.level, places.front(),
                      first.to > first.from ? 1 : -1));
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    line.push_back(segments[i].level ? Point{places[i + 1], places[i]}
                                     : Point{places[i], places[i + 1]});
  }
  const Segment& last = segments.back();
  line.push_back(port(drawing, drawing.chart.edges[edge].to, last.level, places.back(),
                      last.to > last.from ? -1 : 1));
  return line;
}

/// Whether other edges leave the node on the same line.
bool shares_exit(const Chart& chart, const Tracks& tracks, std::size_t edge) {
  const Segment& first = tracks.segments[edge].front();
  const Strip& strip = tracks.strips[first.strip];
  return std::any_of(strip.members.begin(), strip.members.end(), [&](const auto& member) {
    return member.first != edge && member.second == 0 &&
           chart.edges[member.first].from == chart.edges[edge].from &&
           (tracks.segments[member.first].front().to > first.from) == (first.to > first.from);
  });
}

std::vector<LabelNeed> label_needs(const Chart& chart, const Tracks& tracks) {
  std::vector<LabelNeed> needs;
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    if (chart.edges[i].label.empty()) continue;
    Size size = text_size(chart.edges[i].label, label_font);
    size.width += 3;
    needs.push_back({i, in_frame(size, chart.direction), shares_exit(chart, tracks, i)});
  }
  return needs;
}

/// Lines of the title block for a chart of this width, and the room the block takes.
double write_title(const Chart& chart, double width, Layout& layout) {
  const auto columns = [&](double font) {
    return static_cast<std::size_t>(std::max(20.0, width / (font * 0.52)));
  };
  layout.title = wrap_evenly(chart.title, columns(title_font), 3);
  layout.facts = join_parts(chart.facts, columns(small_font));
  layout.title_at = {0, title_font};
  double bottom = line_height(title_font) * static_cast<double>(layout.title.size());
  layout.facts_at = {0, bottom + 12};
  bottom += 4 + line_height(small_font) * static_cast<double>(layout.facts.size());
  if (!chart.legends.empty()) bottom += legend_gap;
  for (const Legend& legend : chart.legends) {
    layout.legends.push_back(place_legend(legend, bottom, width));
    bottom = layout.legends.back().room.bottom;
  }
  return bottom + title_gap;
}

std::vector<double> header_needs(const Chart& chart) {
  std::vector<double> needs;
  for (const ChartLane& lane : chart.lanes) {
    const double width = text_width(lane.name, header_font, true) + 2 * header_padding;
    needs.push_back(chart.direction == Direction::down ? width : header_height);
  }
  if (chart.direction == Direction::down && !needs.empty()) {
    const double share = least_width / static_cast<double>(needs.size());
    for (double& need : needs) need = std::max(need, share);
  }
  return needs;
}

/// Turns the frame's rectangle for the chart's direction and moves it.
Rect onto_chart(const Rect& rect, Direction direction, Point origin) {
  if (direction == Direction::down) {
    return {rect.left + origin.x, rect.top + origin.y, rect.right + origin.x,
            rect.bottom + origin.y};
  }
  return {rect.top + origin.x, rect.left + origin.y, rect.bottom + origin.x, rect.right + origin.y};
}

/// Extent of the headers along the flow: their height above columns, their width before rows.
double header_extent(const Chart& chart) {
  if (!chart.has_lanes) return 0;
  if (chart.direction == Direction::down) return header_height;
  double width = 0;
  for (const ChartLane& lane : chart.lanes) {
    width = std::max(width, text_width(lane.name, header_font, true));
  }
  return width + 2 * header_padding;
}

void place_lanes(const Chart& chart, const Frame& frame, Point origin, double header,
                 Layout& layout) {
  double begin = 0;
  for (const double end : frame.lane_end) {
    layout.lanes.push_back(onto_chart({begin, 0, end, frame.length}, chart.direction, origin));
    layout.headers.push_back(onto_chart({begin, -header, end, 0}, chart.direction, origin));
    begin = end;
  }
}

void place_parts(const Drawing& drawing, const std::vector<LabelNeed>& needs, Point origin,
                 Layout& layout) {
  const Direction direction = drawing.chart.direction;
  std::vector<Rect> obstacles;
  for (std::size_t i = 0; i < drawing.chart.nodes.size(); ++i) {
    const Point center = center_of(drawing, i);
    obstacles.push_back(rect_around(center, drawing.sizes[i].footprint));
    layout.nodes.push_back(
        onto_chart(rect_around(center, drawing.sizes[i].outline), direction, origin));
    layout.footprints.push_back(onto_chart(obstacles.back(), direction, origin));
  }
  std::vector<Polyline> edges;
  for (std::size_t i = 0; i < drawing.chart.edges.size(); ++i) {
    edges.push_back(draw_edge(drawing, i));
  }
  std::vector<LabelTask> tasks;
  for (const LabelNeed& need : needs) tasks.push_back({need.edge, need.size, need.at_entry});
  // Labels keep clear of marks and badges, too.
  for (std::size_t i = 0; i < drawing.chart.nodes.size(); ++i) {
    const ChartNode& node = drawing.chart.nodes[i];
    const Rect outline =
        onto_chart(rect_around(center_of(drawing, i), drawing.sizes[i].outline), direction, {});
    if (node.mark != NodeMark::none)
      obstacles.push_back(onto_chart(mark_rect(outline), direction, {}));
    if (node.badge) obstacles.push_back(onto_chart(badge_rect(node, outline), direction, {}));
  }
  const Rect bounds{0, 0, drawing.frame.lane_end.back(), drawing.frame.length};
  layout.labels = place_labels({edges, obstacles, bounds, direction}, tasks);
  for (std::optional<Rect>& label : layout.labels) {
    if (label) label = onto_chart(*label, direction, origin);
  }
  for (Polyline& line : edges) {
    for (Point& point : line) {
      if (direction == Direction::right) std::swap(point.x, point.y);
      point.x += origin.x;
      point.y += origin.y;
    }
    layout.edges.push_back(std::move(line));
  }
}

}  // namespace

Layout lay_out(const Chart& chart, const std::vector<NodeSize>& sizes) {
  std::vector<NodeSize> turned_sizes;
  for (const NodeSize& size : sizes) {
    turned_sizes.push_back(
        {in_frame(size.outline, chart.direction), in_frame(size.footprint, chart.direction)});
  }
  const Grid grid = place_nodes(chart);
  const Tracks tracks = assign_tracks(chart, turned_sizes, route_edges(chart, grid));
  const Extents extents{turned_sizes, label_needs(chart, tracks), header_needs(chart)};
  const Frame frame = make_frame(chart, grid, tracks, extents);

  Layout layout;
  const double header = header_extent(chart);
  const double across = frame.lane_end.empty() ? least_width : frame.lane_end.back();
  const double width = chart.direction == Direction::down ? across : frame.length + header;
  const double top = write_title(chart, std::max(width, least_width), layout);
  const Point origin =
      chart.direction == Direction::down ? Point{0, top + header} : Point{header, top};
  place_lanes(chart, frame, origin, header, layout);
  place_parts({chart, grid, tracks, frame, turned_sizes}, extents.labels, origin, layout);
  layout.size = {std::max(width, least_width),
                 top + (chart.direction == Direction::down ? header + frame.length : across)};
  return layout;
}

}  // namespace gemba::inline render
