#include "core/render/bpmn/bpmn_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/render/chart/sizes.h"
#include "core/render/chart/text_metrics.h"
#include "core/render/lanes/layout.h"

namespace gemba::inline render {
namespace {

constexpr double task_print = 12;   // pixels, as the labels below
constexpr double label_print = 11;  // of BPMN tools; our charts have `label_font` points
constexpr double scale = label_print / label_font;
constexpr std::size_t task_columns = 15;   // of a name in a task 100 pixels wide
constexpr std::size_t label_columns = 16;  // tools wrap labels at 90 pixels
constexpr std::size_t most_lines = 12;     // a longer text has no room of its own
constexpr Size task_size{100, 80};
constexpr double event_size = 36;
constexpr double gateway_size = 50;
constexpr double strip = 30;  // where a pool or lane has its name
constexpr double gap = 5;     // between an outline and its caption
constexpr Point pool_corner{160, 80};

bool has_caption(const BpmnNode& node) {
  switch (node.kind) {
    case BpmnKind::start:
    case BpmnKind::end:
    case BpmnKind::timer:
    case BpmnKind::exclusive:
    case BpmnKind::parallel:
      return !node.name.empty();
    default:
      return false;
  }
}

/// Pixels that print takes.
Size print_size(const std::vector<std::string>& lines, double print) {
  const Size size = text_size(lines, print);
  return {std::ceil(size.width), std::ceil(size.height)};
}

Size caption_size(const BpmnNode& node) {
  return print_size(wrap_evenly(node.name, label_columns, most_lines), label_print);
}

/// Pixels of an outline.
Size outline_size(const BpmnNode& node) {
  if (node.kind == BpmnKind::exclusive || node.kind == BpmnKind::parallel) {
    return {gateway_size, gateway_size};
  }
  if (has_caption(node)) return {event_size, event_size};
  const Size name = print_size(wrap_evenly(node.name, task_columns, most_lines), task_print);
  return {task_size.width, std::max(task_size.height, 2 * std::ceil((name.height + 12) / 2))};
}

/// Captions stand across the flow of their node: over and under it in rows, beside it in columns.
NodeSize node_size(const BpmnNode& node, Direction direction) {
  const Size outline = outline_size(node);
  Size footprint = outline;
  if (has_caption(node)) {
    const Size caption = caption_size(node);
    if (direction == Direction::right) {
      footprint = {std::max(outline.width, caption.width),
                   outline.height + 2 * (caption.height + gap)};
    } else {
      footprint = {outline.width + 2 * (caption.width + gap),
                   std::max(outline.height, caption.height)};
    }
  }
  return {{outline.width / scale, outline.height / scale},
          {footprint.width / scale, footprint.height / scale}};
}

/// Whole pixels. What should be halfway between two goes up, whatever the last bit says.
double pixel(double place) { return std::floor(place + 0.5 + 1e-6); }

struct Frame {
  Point origin;  // of the pool, in points of the chart's layout

  Point at(Point point) const {
    return {pixel((point.x - origin.x) * scale) + pool_corner.x,
            pixel((point.y - origin.y) * scale) + pool_corner.y};
  }
  Rect at(const Rect& rect) const {
    const Point corner = at(Point{rect.left, rect.top});
    const Point other = at(Point{rect.right, rect.bottom});
    return {corner.x, corner.y, other.x, other.y};
  }
};

Frame frame_of(const BpmnModel& model, const Layout& drawn) {
  if (drawn.lanes.empty()) return {};
  const double strips = (model.chart.has_lanes ? 2 : 1) * strip / scale;
  const bool down = model.chart.direction == Direction::down;
  const Rect& first = drawn.lanes.front();
  return {{first.left - (down ? 0 : strips), first.top - (down ? strips : 0)}};
}

/// Lanes with a strip for their names, and the pool around them.
void place_lanes(const BpmnModel& model, const Layout& drawn, const Frame& frame,
                 BpmnLayout& layout) {
  const bool down = model.chart.direction == Direction::down;
  const double lane_strip = model.chart.has_lanes ? strip : 0;
  for (std::size_t i = 0; i < drawn.lanes.size(); ++i) {
    Rect lane = frame.at(drawn.lanes[i]);
    (down ? lane.top : lane.left) -= lane_strip;
    layout.pool.left = i == 0 ? lane.left : std::min(layout.pool.left, lane.left);
    layout.pool.top = i == 0 ? lane.top : std::min(layout.pool.top, lane.top);
    layout.pool.right = std::max(layout.pool.right, lane.right);
    layout.pool.bottom = std::max(layout.pool.bottom, lane.bottom);
    if (model.chart.has_lanes) layout.lanes.push_back(lane);
  }
  (down ? layout.pool.top : layout.pool.left) -= strip;
}

/// How much of the diagram a caption at a place would cover.
int covered(const BpmnLayout& layout, const Rect& caption) {
  int cost = 0;
  for (const Polyline& line : layout.flows) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      if (overlap(caption, rect_of_line(line[i], line[i + 1], 2))) cost += 3;
    }
  }
  for (const Rect& node : layout.nodes) cost += overlap(caption, node) ? 10 : 0;
  for (const auto* texts : {&layout.captions, &layout.labels}) {
    for (const std::optional<Rect>& text : *texts) {
      if (text && overlap(caption, *text)) cost += 5;
    }
  }
  const bool inside = caption.left >= layout.pool.left && caption.right <= layout.pool.right &&
                      caption.top >= layout.pool.top && caption.bottom <= layout.pool.bottom;
  return cost + (inside ? 0 : 10);
}

/// Where no line passes, at best across the flow, else at a corner.
Rect place_caption(const BpmnLayout& layout, const Rect& node, Size size, Direction direction) {
  const Point c = node.center();
  const double over = node.top - gap - size.height / 2;
  const double under = node.bottom + gap + size.height / 2;
  const double before = node.left - gap - size.width / 2;
  const double behind = node.right + gap + size.width / 2;
  const double aside = size.width / 2 + 8;
  std::vector<Point> places = {{c.x, under}, {c.x, over}};
  if (direction == Direction::down) places = {{behind, c.y}, {before, c.y}};
  for (const double y : {over, under}) {
    for (const double x : {c.x - aside, c.x + aside}) places.push_back({x, y});
  }
  Rect best;
  int least = -1;
  for (const Point place : places) {
    Rect rect = rect_around({pixel(place.x), pixel(place.y)}, size);
    rect = {pixel(rect.left), pixel(rect.top), pixel(rect.left) + size.width,
            pixel(rect.top) + size.height};
    const int cost = covered(layout, rect);
    if (least >= 0 && cost >= least) continue;
    least = cost;
    best = rect;
  }
  return best;
}

/// Moves a label off the border of a lane, which BPMN tools draw as a dark line, where there is
/// room on one of its sides.
void clear_borders(BpmnLayout& layout, std::optional<Rect>& label, Direction direction) {
  const bool down = direction == Direction::down;
  for (std::size_t lane = 1; label && lane < layout.lanes.size(); ++lane) {
    const Rect old = *label;
    const double border = down ? layout.lanes[lane].left : layout.lanes[lane].top;
    const double before = border - 2 - (down ? old.right : old.bottom);
    const double behind = border + 2 - (down ? old.left : old.top);
    if (before >= 0 || behind <= 0) continue;
    label.reset();
    const int cost = covered(layout, old);
    Rect best = old;
    for (const double move : {behind, before}) {
      const double x = down ? move : 0;
      const double y = down ? 0 : move;
      const Rect moved{old.left + x, old.top + y, old.right + x, old.bottom + y};
      if (covered(layout, moved) <= cost) best = moved;
    }
    label = best;
  }
}

/// Tools measure print a little differently; a text that does not fit would be wrapped once more.
void widen(std::optional<Rect>& text) {
  constexpr double tolerance = 5;
  if (!text) return;
  text->left -= tolerance;
  text->right += tolerance;
}

/// The chart with the labels of its flows as BPMN tools wrap them, laid out in points.
Layout lay_out_points(const BpmnModel& model) {
  Chart chart = model.chart;
  for (ChartEdge& edge : chart.edges) {
    edge.label.clear();
    if (!edge.text.empty()) edge.label = wrap_evenly(edge.text, label_columns, most_lines);
  }
  std::vector<NodeSize> sizes;
  for (const BpmnNode& node : model.nodes) sizes.push_back(node_size(node, chart.direction));
  return lay_out(chart, sizes);
}

}  // namespace

BpmnLayout lay_out_bpmn(const BpmnModel& model) {
  const Layout drawn = lay_out_points(model);
  const Direction direction = model.chart.direction;
  const Frame frame = frame_of(model, drawn);
  BpmnLayout layout;
  place_lanes(model, drawn, frame, layout);
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    layout.nodes.push_back(
        rect_around(frame.at(drawn.nodes[i].center()), outline_size(model.nodes[i])));
  }
  for (const Polyline& line : drawn.edges) {
    layout.flows.emplace_back();
    for (const Point point : line) layout.flows.back().push_back(frame.at(point));
  }
  for (const std::optional<Rect>& label : drawn.labels) {
    layout.labels.push_back(label ? std::optional(frame.at(*label)) : std::nullopt);
  }
  for (std::optional<Rect>& label : layout.labels) clear_borders(layout, label, direction);
  layout.captions.resize(model.nodes.size());
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    if (!has_caption(model.nodes[i])) continue;
    layout.captions[i] =
        place_caption(layout, layout.nodes[i], caption_size(model.nodes[i]), direction);
  }
  for (std::optional<Rect>& label : layout.labels) widen(label);
  for (std::optional<Rect>& caption : layout.captions) widen(caption);
  return layout;
}

}  // namespace gemba::inline render
