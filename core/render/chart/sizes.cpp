#include "core/render/chart/sizes.h"

#include <algorithm>
#include <cmath>

#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr double start_diameter = 24;
constexpr double end_diameter = 28;
constexpr double bar_thickness = 6;
constexpr double small_print_gap = 2;   // before each line of it
constexpr double diamond_slope = 0.55;  // height by width

/// Rounds up to whole even points, so that centres and borders stand on the pixel grid.
double even(double length) { return std::ceil(length / 2) * 2; }

Size circle_footprint(const ChartNode& node, double diameter, Direction) {
  const Size caption = text_size(node.lines, small_font);
  if (node.lines.empty()) return {diameter, diameter};
  return {even(std::max(diameter, caption.width + 4)), even(diameter + 2 * (caption.height + 3))};
}

Size box_size(const ChartNode& node) {
  const Size name = text_size(node.lines, node_font);
  const Size times = text_size(node.sub_lines, small_font);
  double padding = 12;
  if (node.shape == NodeShape::subprocess) padding = 16;
  if (node.mark != NodeMark::none || node.shape == NodeShape::note) padding = 16;
  return {
      even(std::max(64.0, std::max(name.width, times.width) + 2 * padding)),
      even(std::max(34.0, name.height + times.height +
                              small_print_gap * static_cast<double>(node.sub_lines.size()) + 12))};
}

}  // namespace

Rect mark_rect(const Rect& outline) {
  return rect_around({outline.right - 11, outline.top - 1}, {15, 15});
}

std::string badge_text(const Badge& badge) {
  return badge.count > 99 ? "99+" : std::to_string(badge.count);
}

Rect badge_rect(const ChartNode& node, const Rect& outline) {
  const double width = std::max(15.0, even(text_width(badge_text(*node.badge), badge_font) + 9));
  const Point center = outline.center();
  Point at{outline.left + 9, outline.top - 1};
  switch (node.shape) {
    case NodeShape::diamond:  // just off the middle of its slanted side, clear of its print
      at = {(outline.left + center.x) / 2 - 6, (outline.top + center.y) / 2 - 6};
      break;
    case NodeShape::start:  // its caption stands above it, that of an end below
      at = {outline.left + 2, outline.bottom - 2};
      break;
    case NodeShape::end:
      at = {outline.left + 2, outline.top + 2};
      break;
    case NodeShape::bar:
      at = {outline.left, outline.top};
      break;
    default:
      break;
  }
  return rect_around(at, {width, 15});
}

Size diamond_size(const std::vector<std::string>& lines) {
  const double line = line_height(diamond_font);
  const double half = line * static_cast<double>(lines.size()) / 2;
  double width = 56;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double top = line * static_cast<double>(i) - half;
    // The glyphs fill about three quarters of a line's height.
    const double far = std::max(std::abs(top), std::abs(top + line)) - line * 0.15;
    width = std::max(width, text_width(lines[i], diamond_font) + 2 * far / diamond_slope + 10);
  }
  return {even(width), even(width * diamond_slope)};
}

NodeSize node_size(const ChartNode& node, Direction direction) {
  switch (node.shape) {
    case NodeShape::start:
      return {{start_diameter, start_diameter}, circle_footprint(node, start_diameter, direction)};
    case NodeShape::end:
      return {{end_diameter, end_diameter}, circle_footprint(node, end_diameter, direction)};
    case NodeShape::bar: {
      const double length = std::max(70.0, bar_pitch * (static_cast<double>(node.fan) + 1));
      const Size bar =
          direction == Direction::down ? Size{length, bar_thickness} : Size{bar_thickness, length};
      return {bar, bar};
    }
    case NodeShape::diamond: {
      std::vector<std::string> lines = node.lines;
      lines.insert(lines.end(), node.sub_lines.begin(), node.sub_lines.end());
      const Size size = diamond_size(lines);
      return {size, size};
    }
    default:
      break;
  }
  const Size size = box_size(node);
  return {size, size};
}

std::vector<NodeSize> node_sizes(const Chart& chart) {
  std::vector<NodeSize> sizes;
  sizes.reserve(chart.nodes.size());
  for (const ChartNode& node : chart.nodes) sizes.push_back(node_size(node, chart.direction));
  return sizes;
}

}  // namespace gemba::inline render
