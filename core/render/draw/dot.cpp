#include "core/render/draw/dot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/render/chart/change_marks.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/deviation_marks.h"
#include "core/render/chart/finding_marks.h"
#include "core/render/chart/text_metrics.h"
#include "core/render/draw/background.h"
#include "core/render/draw/curve.h"
#include "core/render/draw/escape.h"

namespace gemba::inline render {
namespace {

constexpr double arrow_size = arrow_length / 10;  // Graphviz' own head is ten points long
constexpr double head_point = 1.4;  // a head's outline ends this many line widths beyond its tip
constexpr double points_per_inch = 72;
constexpr double double_border = 4;  // Graphviz draws a second outline this far outside the first

std::string inches(double points) { return fmt::format("{:.4f}", points / points_per_inch); }

/// Writes nodes and edges; `height` turns y over, because Graphviz counts upwards.
struct Writer {
  const Chart& chart;
  const Layout& layout;
  std::vector<std::string> names;
  std::string text;

  std::string at(Point point) const {
    return coordinate(point.x) + "," + coordinate(layout.size.height - point.y);
  }
};

/// Names of nodes: the ids where they are plain and unique, else numbers.
std::vector<std::string> node_names(const Chart& chart) {
  std::vector<std::string> names;
  std::set<std::string> used;
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    std::string name = plain_id(chart.nodes[i].id);
    if (name.empty()) name = fmt::format("step.{}", i + 1);
    if (!used.insert(name).second) name = fmt::format("{}.{}", name, i + 1);
    used.insert(name);
    names.push_back(std::move(name));
  }
  return names;
}

std::string html_lines(const std::vector<std::string>& lines, const char* line_break) {
  std::string html;
  for (const std::string& line : lines) {
    if (!html.empty()) html += line_break;
    html += html_text(line);
  }
  return html;
}

std::string node_label(const ChartNode& node) {
  const double font = node.shape == NodeShape::diamond ? diamond_font : node_font;
  // Small print needs more air than Graphviz gives it: a line of tiny print between.
  const char* line_break = node.shape == NodeShape::diamond
                               ? "<br/><font point-size=\"2\"> <br/></font>"
                               : "<br/><font point-size=\"3\"> <br/></font>";
  std::string html =
      fmt::format("<font point-size=\"{}\">{}</font>", font,
                  html_lines(node.lines, node.shape == NodeShape::diamond ? line_break : "<br/>"));
  for (std::size_t i = 0; i < node.sub_lines.size(); ++i) {
    const bool alert = i + node.alerts >= node.sub_lines.size();
    html += fmt::format("{}<font point-size=\"{}\" color=\"{}\">{}</font>", line_break, small_font,
                        alert        ? alert_colour
                        : node.faded ? "#94A3B8"
                                     : "#64748B",
                        html_text(node.sub_lines[i]));
  }
  return html;
}

const char* shape_name(NodeShape shape) {
  switch (shape) {
    case NodeShape::start:
      return "circle";
    case NodeShape::end:
      return "doublecircle";
    case NodeShape::diamond:
      return "diamond";
    case NodeShape::note:
      return "note";
    default:
      return "box";
  }
}

/// A class for style sheets, with a space before it.
const char* change_class(ChangeKind change) {
  switch (change) {
    case ChangeKind::added:
      return " added";
    case ChangeKind::removed:
      return " removed";
    case ChangeKind::changed:
      return " changed";
    case ChangeKind::none:
      break;
  }
  return "";
}

/// What a step is called in the SVG's classes, for style sheets of a handbook.
const char* class_name(const ChartNode& node) {
  switch (node.shape) {
    case NodeShape::start:
      return "step start";
    case NodeShape::end:
      return "step end";
    case NodeShape::diamond:
      return "step decision";
    case NodeShape::bar:
      return "step gateway";
    case NodeShape::note:
      return "step notify";
    case NodeShape::subprocess:
      return "step call";
    case NodeShape::box:
      break;
  }
  if (node.mark == NodeMark::stamp) return "step approval";
  return node.mark == NodeMark::hourglass ? "step wait" : "step task";
}

bool is_circle(const ChartNode& node) {
  return node.shape == NodeShape::start || node.shape == NodeShape::end;
}

std::string node_style(const ChartNode& node) {
  std::string style = node.shape == NodeShape::box || node.shape == NodeShape::subprocess
                          ? "rounded,filled"
                          : "filled";
  return node.faded || node.unseen || node.change == ChangeKind::removed ? style + ",dashed"
                                                                         : style;
}

void write_caption(Writer& writer, std::size_t i) {
  const ChartNode& node = writer.chart.nodes[i];
  const Rect& outline = writer.layout.nodes[i];
  const double half = text_size(node.lines, small_font).height / 2;
  const double y =
      node.shape == NodeShape::start ? outline.top - 2 - half : outline.bottom + 2 + half;
  writer.text += fmt::format(
      "    xlabel=<<font point-size=\"{}\" color=\"{}\">{}</font>>, xlp=\"{}\",\n", small_font,
      node.colours.text, html_lines(node.lines, "<br/>"), writer.at({outline.center().x, y}));
}

void write_node(Writer& writer, std::size_t i) {
  const ChartNode& node = writer.chart.nodes[i];
  const Rect& outline = writer.layout.nodes[i];
  const bool twice = node.shape == NodeShape::end || node.shape == NodeShape::subprocess;
  const double inset = twice ? 2 * double_border : 0;
  writer.text += fmt::format("  \"{}\" [\n", writer.names[i]);
  if (is_circle(node) && !node.lines.empty()) write_caption(writer, i);
  const bool wordless = is_circle(node) || node.lines.empty();
  writer.text +=
      wordless ? "    label=\"\",\n" : fmt::format("    label=<{}>,\n", node_label(node));
  writer.text +=
      fmt::format("    shape={}, style=\"{}\", fillcolor=\"{}\", color=\"{}\", fontcolor=\"{}\",\n",
                  shape_name(node.shape), node_style(node), node.colours.fill, node.colours.border,
                  node.colours.text);
  if (node.shape == NodeShape::subprocess) writer.text += "    peripheries=2,\n";
  if (node.change != ChangeKind::none) writer.text += "    penwidth=2,\n";
  writer.text += fmt::format("    class=\"{}{}\", id=\"step-{}\", tooltip={},", class_name(node),
                             change_class(node.change), writer.names[i], dot_string(node.tooltip));
  if (!node.link.empty()) writer.text += fmt::format(" URL=\"{}\",", node.link);
  writer.text +=
      fmt::format("\n    pos=\"{}\", width={}, height={}];\n", writer.at(outline.center()),
                  inches(outline.width() - inset), inches(outline.height() - inset));
}

void write_sign(Writer& writer, const std::string& name, Point at, Size size,
                const std::string& attributes) {
  writer.text += fmt::format("  \"{}\" [{}, pos=\"{}\", width={}, height={}];\n", name, attributes,
                             writer.at(at), inches(size.width), inches(size.height));
}

/// Of signs that say nothing more than they show.
constexpr const char* mute_mark = "class=\"mark\", tooltip=\" \"";

/// Attributes of a sign that is a word in white on a colour.
std::string word_sign(const std::string& word, const char* shape, const std::string& fill,
                      const char* border) {
  return fmt::format(
      "label=<<font point-size=\"{}\">{}</font>>, {}, fillcolor=\"{}\", color=\"{}\", "
      "fontcolor=\"#FFFFFF\"",
      badge_font, html_text(word), shape, fill, border);
}

void write_badge(Writer& writer, std::size_t i) {
  const ChartNode& node = writer.chart.nodes[i];
  if (!node.badge) return;
  const Rect place = badge_rect(node, writer.layout.nodes[i]);
  write_sign(writer, writer.names[i] + ".badge", place.center(), {place.width(), place.height()},
             word_sign(badge_text(*node.badge), "shape=ellipse, style=filled",
                       level_colour(node.badge->level), "#FFFFFF") +
                 fmt::format(", class=\"badge {}\", tooltip={}", to_string(node.badge->level),
                             dot_string(node.badge->tooltip)));
}

void write_mark(Writer& writer, std::size_t i) {
  const ChartNode& node = writer.chart.nodes[i];
  if (node.mark == NodeMark::none) return;
  const Point at = mark_rect(writer.layout.nodes[i]).center();
  const char* colour = node.faded                     ? "#CBD5E1"
                       : writer.chart.compares        ? "#94A3B8"
                       : node.mark == NodeMark::stamp ? "#C2412D"
                                                      : "#B98A1B";
  if (node.mark == NodeMark::stamp) {
    write_sign(
        writer, writer.names[i] + ".stamp", at, {14, 14},
        word_sign(writer.chart.stamp_text, "shape=box, style=\"rounded,filled\"", colour, colour) +
            ", " + mute_mark);
    return;
  }
  write_sign(writer, writer.names[i] + ".glass", at, {15, 15},
             fmt::format("label=\"\", shape=circle, style=filled, fillcolor=\"#FFFFFF\", "
                         "color=\"{}\", {}",
                         colour, mute_mark));
  for (const bool upper : {true, false}) {
    write_sign(writer, writer.names[i] + (upper ? ".upper" : ".lower"),
               {at.x, at.y + (upper ? -2.0 : 2.0)}, {7, 4},
               fmt::format("label=\"\", shape={}, style=filled, fillcolor=\"{}\", color=\"{}\", "
                           "penwidth=0.5, {}",
                           upper ? "invtriangle" : "triangle", colour, colour, mute_mark));
  }
}

/// Dashes on dashes would look like a full line: a rework edge that joins an earlier one ends
/// there, without a head.
std::optional<Polyline> joining_part(const Writer& writer, std::size_t i) {
  const ChartEdge& edge = writer.chart.edges[i];
  std::optional<Polyline> part;
  for (std::size_t k = 0; k < i && edge.rework; ++k) {
    const ChartEdge& other = writer.chart.edges[k];
    if (!other.rework || other.to != edge.to) continue;
    const auto candidate = before_joining(writer.layout.edges[i], writer.layout.edges[k]);
    if (candidate && (!part || candidate->size() < part->size())) part = candidate;
  }
  return part;
}

/// Line, print and class of an edge: a change says more than rework, and that more than nothing.
std::string edge_look(const Chart& chart, const ChartEdge& edge) {
  if (edge.change != ChangeKind::none) {
    const std::string colour = change_colours(edge.change).border;
    const bool dashed = edge.rework || edge.change == ChangeKind::removed;
    return fmt::format(", color=\"{0}\", fontcolor=\"{0}\", class=\"{1}{2}\"{3}", colour,
                       edge.rework ? "rework" : "flow", change_class(edge.change),
                       dashed ? ", style=dashed" : "");
  }
  std::string look;
  if (edge.rework) look = ", style=dashed, class=\"rework\"";
  if (edge.rework && !chart.compares) look += ", color=\"#B45309\", fontcolor=\"#92400E\"";
  if (edge.faded) look += ", color=\"#CBD5E1\", fontcolor=\"#94A3B8\"";
  return look;
}

void write_edge(Writer& writer, std::size_t i) {
  const ChartEdge& edge = writer.chart.edges[i];
  const Polyline& line = writer.layout.edges[i];
  const std::optional<Polyline> part = joining_part(writer, i);
  const double least = edge.change == ChangeKind::none ? 0.9 : 1.4;
  const double width = std::max(least, 0.9 + 1.4 * std::clamp(edge.weight, 0.0, 1.0));
  const double tip = head_point * width;
  std::string pos = part ? std::string() : "e," + writer.at(rounded(line, tip).back());
  for (const Point point : part ? rounded(*part, 0) : rounded(line, arrow_length + tip)) {
    pos += (pos.empty() ? "" : " ") + writer.at(point);
  }
  writer.text += fmt::format("  \"{}\" -> \"{}\" [pos=\"{}\", penwidth={}", writer.names[edge.from],
                             writer.names[edge.to], pos, coordinate(width));
  if (part) writer.text += ", arrowhead=none";
  writer.text += edge_look(writer.chart, edge);
  if (!edge.tooltip.empty()) {
    const std::string tooltip = dot_string(edge.tooltip);
    writer.text += fmt::format(", tooltip={}, labeltooltip={}", tooltip, tooltip);
  }
  if (writer.layout.labels[i]) {
    writer.text += fmt::format(",\n    label=<{}<br align=\"left\"/>>, lp=\"{}\"",
                               html_lines(edge.label, "<br align=\"left\"/>"),
                               writer.at(writer.layout.labels[i]->center()));
  }
  writer.text += "];\n";
}

}  // namespace

std::string to_dot(const Chart& chart, const Layout& layout) {
  Writer writer{chart, layout, node_names(chart), {}};
  // `layout` overrules the engine of the program that reads the chart: only `nop` and `nop2`
  // measure the text of a background, and every other one crashes when it is to be drawn.
  writer.text = fmt::format(
      "digraph chart {{\n"
      "  graph [charset=\"UTF-8\", bgcolor=\"#FFFFFF\", pad=0.25, outputorder=edgesfirst, "
      "layout=nop2, splines=true, fontname=\"{0}\",\n    _background={1}];\n"
      "  node [fontname=\"{0}\", fontsize={2}, penwidth=1.2, fixedsize=true, margin=0];\n"
      "  edge [fontname=\"{0}\", fontsize={3}, fontcolor=\"#475569\", color=\"#64748B\", "
      "arrowsize={4}, tooltip=\" \", labeltooltip=\" \"];\n",
      chart_fonts, dot_raw(background(chart, layout)), node_font, label_font, arrow_size);
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    write_node(writer, i);
    write_mark(writer, i);
    write_badge(writer, i);
  }
  // What is gone lies under what is there.
  for (const bool removed : {true, false}) {
    for (std::size_t i = 0; i < chart.edges.size(); ++i) {
      if ((chart.edges[i].change == ChangeKind::removed) == removed) write_edge(writer, i);
    }
  }
  return writer.text += "}\n";
}

}  // namespace gemba::inline render
