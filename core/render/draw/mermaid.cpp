#include "core/render/draw/mermaid.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "core/base/text.h"
#include "core/base/unique_names.h"
#include "core/render/chart/change_marks.h"
#include "core/render/chart/chart_text.h"

namespace gemba::inline render {
namespace {

bool is_letter_or_digit(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

/// Whether a character means nothing to anybody who reads a label. A dash does at the beginning of
/// a line.
bool is_plain(char32_t c, char32_t before) {
  constexpr std::u32string_view signs = U" ,?!'/=";
  if (c == U'-') return is_letter_or_digit(before);
  return c >= 0x80 || is_letter_or_digit(c) || signs.find(c) != std::u32string_view::npos;
}

/// The title for YAML. Mermaid takes tags out of a title and shows `&amp;` for `&`, and reads no
/// numbers there: full-width twins say the same.
std::string yaml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '<') {
      quoted += "＜";
    } else if (c == '>') {
      quoted += "＞";
    } else if (c == '&') {
      quoted += "＆";
    } else {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
  }
  return quoted += '"';
}

/// A comment. Mermaid looks for `%%{` in comments, too.
std::string comment(std::string_view text) {
  std::string line = "  %% ";
  for (const char c : text) line += c == '%' ? std::string("#37;") : std::string(1, c);
  return line += '\n';
}

std::string legend_words(const Legend& legend) {
  std::string words = legend.title + ":";
  if (legend.scale) words += " " + legend.scale->low + " – " + legend.scale->high;
  for (const LegendEntry& entry : legend.entries) {
    words += " " + entry.text + (entry.fill.empty() ? "" : " (" + entry.fill + ")");
  }
  return words;
}

/// Names that are no word of Mermaid's, whatever the ids are.
std::vector<std::string> node_names(const Chart& chart) {
  UniqueNames names;
  std::vector<std::string> taken;
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    std::string name = plain_id(chart.nodes[i].id);
    if (name.empty()) name = std::to_string(i + 1);
    for (char& c : name) c = c == '-' ? '_' : c;
    taken.push_back(names.take("step_" + name, '_'));
  }
  return taken;
}

std::string label_of(const ChartNode& node) {
  std::string label = mermaid_text(node.text);
  std::vector<std::string> small = node.sub_lines;
  if (node.badge) small.push_back(fmt::format("⚠ {}", node.badge->count));
  if (small.empty()) return label;
  label += "<br/><small>";
  for (std::size_t i = 0; i < small.size(); ++i) {
    label += (i == 0 ? "" : "<br/>") + mermaid_text(small[i]);
  }
  return label += "</small>";
}

std::string shape_of(const ChartNode& node) {
  const std::string label = "\"" + label_of(node) + "\"";
  switch (node.shape) {
    case NodeShape::start:
    case NodeShape::end:
      return "([" + label + "])";
    case NodeShape::diamond:
      return "{" + label + "}";
    case NodeShape::bar:
      return "@{ shape: fork, label: " + label + " }";
    case NodeShape::note:
      return "@{ shape: doc, label: " + label + " }";
    case NodeShape::subprocess:
      return "[[" + label + "]]";
    case NodeShape::box:
      break;
  }
  if (node.mark == NodeMark::stamp) return "{{" + label + "}}";
  if (node.mark == NodeMark::hourglass) return "@{ shape: delay, label: " + label + " }";
  return "(" + label + ")";
}

void write_lane(const Chart& chart, const std::vector<std::string>& names, std::size_t lane,
                std::string& text) {
  const char* indent = chart.has_lanes ? "    " : "  ";
  if (chart.has_lanes) {
    const std::string name = mermaid_text(chart.lanes[lane].name);
    text += fmt::format("  subgraph lane_{}[\"{}\"]\n", lane + 1, name.empty() ? " " : name);
  }
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    if (chart.nodes[i].lane != lane) continue;
    text += indent + names[i] + shape_of(chart.nodes[i]) + "\n";
  }
  if (chart.has_lanes) text += "  end\n";
}

/// Line and print of an edge, empty for one like any other: a change says more than rework.
std::string edge_look(const ChartEdge& edge) {
  if (edge.change != ChangeKind::none) {
    const std::string colour = change_colours(edge.change).border;
    return fmt::format("stroke:{0},stroke-width:2px,color:{0}", colour);
  }
  return edge.rework ? "stroke:#B45309,color:#92400E" : "";
}

void write_edges(const Chart& chart, const std::vector<std::string>& names, std::string& text) {
  std::map<std::string, std::string> looks;
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    const ChartEdge& edge = chart.edges[i];
    const std::string label = mermaid_text(edge.text);
    const bool dashed = edge.rework || edge.change == ChangeKind::removed;
    text += fmt::format("  {} {}{} {}\n", names[edge.from], dashed ? "-.->" : "-->",
                        label.empty() ? "" : "|\"" + label + "\"|", names[edge.to]);
    std::string& members = looks[edge_look(edge)];
    members += (members.empty() ? "" : ",") + std::to_string(i);
  }
  for (const auto& [look, members] : looks) {
    if (!look.empty()) text += "  linkStyle " + members + " " + look + "\n";
  }
}

/// Addresses as they are; a `;` would end a number that begins with the `#` of an address.
void write_links(const Chart& chart, const std::vector<std::string>& names, std::string& text) {
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    std::string_view link = chart.nodes[i].link;
    if (link.empty() || link.front() == '#') continue;
    text += "  click " + names[i] + " href \"";
    for (const char c : link) text += c == ';' ? std::string("%3B") : std::string(1, c);
    text += "\"\n";
  }
}

/// Whether white print is read better on a colour than black.
bool is_dark(const std::string& colour) {
  const unsigned long value = std::stoul(colour.substr(1), nullptr, 16);
  return (value >> 16 & 255) * 3 + (value >> 8 & 255) * 6 + (value & 255) < 1400;
}

/// The style of a node. The caption of a circle stands inside of it here.
std::string look_of(const ChartNode& node) {
  std::string print = node.colours.text;
  if (node.shape == NodeShape::start || node.shape == NodeShape::end) {
    print = is_dark(node.colours.fill) ? "#FFFFFF" : "#1F2937";
  }
  std::string look =
      fmt::format("fill:{},stroke:{},color:{}", node.colours.fill, node.colours.border, print);
  if (node.change != ChangeKind::none) look += ",stroke-width:2px";
  if (node.faded || node.unseen || node.change == ChangeKind::removed)
    look += ",stroke-dasharray:4 3";
  return look;
}

void write_looks(const Chart& chart, const std::vector<std::string>& names, std::string& text) {
  std::vector<std::string> order;
  std::map<std::string, std::string> members;
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    const std::string look = look_of(chart.nodes[i]);
    std::string& list = members[look];
    if (list.empty()) order.push_back(look);
    list += (list.empty() ? "" : ",") + names[i];
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    text += fmt::format("  classDef look{} {}\n  class {} look{}\n", i + 1, order[i],
                        members[order[i]], i + 1);
  }
  if (!chart.has_lanes || chart.lanes.empty()) return;
  text += "  classDef lane fill:#F8FAFC,stroke:#CBD5E1,color:#334155\n  class ";
  for (std::size_t i = 0; i < chart.lanes.size(); ++i) {
    text += (i == 0 ? "lane_" : ",lane_") + std::to_string(i + 1);
  }
  text += " lane\n";
}

}  // namespace

std::string mermaid_text(std::string_view text) {
  std::string safe;
  char32_t before = 0;
  for (const char32_t c : decode_utf8(text)) {
    // While it works Mermaid writes `ﬂ°` for the sign before a number and `¶ß` for the one behind.
    if (c == U'ﬂ') {
      safe += "fl";
    } else if (c == U'ß' && before == U'¶') {
      safe += "\u2060ß";
    } else {
      safe += is_plain(c, before) ? encode_utf8(c) : fmt::format("#{};", static_cast<unsigned>(c));
    }
    before = c;
  }
  return safe;
}

std::string to_mermaid(const Chart& chart) {
  const std::vector<std::string> names = node_names(chart);
  std::string text = "---\ntitle: " + yaml_string(chart.title) + "\n---\nflowchart ";
  text += chart.direction == Direction::down ? "TD\n" : "LR\n";
  std::string facts;
  for (const std::string& fact : chart.facts) facts += (facts.empty() ? "" : " · ") + fact;
  if (!facts.empty()) text += comment(facts);
  for (const Legend& legend : chart.legends) text += comment(legend_words(legend));
  for (std::size_t i = 0; i < chart.lanes.size(); ++i) write_lane(chart, names, i, text);
  write_edges(chart, names, text);
  write_links(chart, names, text);
  write_looks(chart, names, text);
  return text;
}

}  // namespace gemba::inline render
