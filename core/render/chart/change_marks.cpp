#include "core/render/chart/change_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t most_columns = 24;
constexpr std::size_t most_lines = 2;
constexpr std::size_t version_columns = 20;

bool is_filled(NodeShape shape) {
  return shape == NodeShape::start || shape == NodeShape::end || shape == NodeShape::bar;
}

std::string change_word(ChangeKind change, bool chinese) {
  static constexpr std::array<const char*, 4> in_chinese = {"", "新增", "删除", "修改"};
  static constexpr std::array<const char*, 4> in_english = {"", "added", "removed", "changed"};
  return (chinese ? in_chinese : in_english)[static_cast<std::size_t>(change)];
}

/// `改 角色、时间`: what print shows of a change.
std::vector<std::string> changed_line(const ChangeNote& note, bool chinese) {
  std::string words = chinese ? "改 " : "changed: ";
  for (std::size_t i = 0; i < note.aspects.size(); ++i) {
    if (i > 0) words += chinese ? "、" : ", ";
    words += note.aspects[i];
  }
  return wrap_evenly(words, most_columns, most_lines);
}

std::string lines_of(const std::vector<std::string>& details) {
  std::string lines;
  for (const std::string& detail : details) lines += (lines.empty() ? "" : "\n") + detail;
  return lines;
}

void mark_node(ChartNode& node, const ChangeNote& note, bool chinese) {
  node.change = note.change;
  node.colours = change_colours(note.change);
  if (is_filled(node.shape)) {
    node.colours.fill = node.colours.border;
    if (note.change == ChangeKind::removed) node.colours.fill = "#FECACA";
  }
  if (note.change == ChangeKind::none) return;
  const std::string word = change_word(note.change, chinese);
  node.tooltip += (node.tooltip.empty() ? "" : "\n") + word;
  if (note.change != ChangeKind::changed) return;
  node.tooltip += "\n" + lines_of(note.details);
  if (is_filled(node.shape)) return;
  for (std::string& line : changed_line(note, chinese)) node.sub_lines.push_back(std::move(line));
}

void mark_edge(ChartEdge& edge, const ChangeNote& note, bool chinese) {
  edge.change = note.change;
  edge.tooltip = change_word(note.change, chinese);
  if (note.change == ChangeKind::changed) edge.tooltip += "\n" + lines_of(note.details);
}

/// A lane is new where nobody worked, and gone where nobody works any more.
void mark_lanes(Chart& chart, const std::vector<std::optional<std::size_t>>& keys,
                const std::vector<std::size_t>& earlier) {
  for (std::size_t lane = 0; lane < chart.lanes.size() && chart.has_lanes; ++lane) {
    if (!keys[lane]) continue;
    const bool before = std::find(earlier.begin(), earlier.end(), *keys[lane]) != earlier.end();
    const bool now = std::any_of(chart.nodes.begin(), chart.nodes.end(), [&](const ChartNode& n) {
      return n.lane == lane && n.change != ChangeKind::removed;
    });
    if (before != now) chart.lanes[lane].change = now ? ChangeKind::added : ChangeKind::removed;
  }
}

std::string counted_parts(std::size_t steps, std::size_t flows, bool chinese) {
  std::vector<std::string> parts;
  if (steps > 0) {
    parts.push_back(chinese ? fmt::format("{} 个步骤", steps) : counted(steps, "step", "steps"));
  }
  if (flows > 0) {
    parts.push_back(chinese ? fmt::format("{} 条流向", flows) : counted(flows, "flow", "flows"));
  }
  return fmt::format("{}", fmt::join(parts, chinese ? "、" : ", "));
}

Legend change_legend(const Chart& chart, const Comparison& comparison, bool chinese) {
  const std::string before = truncate_to_width(comparison.before, version_columns);
  Legend legend;
  if (chinese) {
    legend.title = before.empty() ? "改动" : "与 " + before + " 版相比";
  } else {
    legend.title = before.empty() ? "Changes" : "Changes since version " + before;
  }
  for (const ChangeKind change : {ChangeKind::added, ChangeKind::changed, ChangeKind::removed}) {
    const auto is_one = [&](const auto& part) { return part.change == change; };
    const auto steps = std::count_if(chart.nodes.begin(), chart.nodes.end(), is_one);
    const auto flows = std::count_if(chart.edges.begin(), chart.edges.end(), is_one);
    if (steps + flows == 0) continue;
    const NodeColours colours = change_colours(change);
    legend.entries.push_back({.sign = LegendSign::box,
                              .fill = colours.fill,
                              .border = colours.border,
                              .dashed = change == ChangeKind::removed,
                              .text = change_word(change, chinese) + " " +
                                      counted_parts(static_cast<std::size_t>(steps),
                                                    static_cast<std::size_t>(flows), chinese)});
  }
  if (legend.entries.empty()) {
    legend.entries.push_back({.text = chinese ? "没有改动" : "none"});
  }
  return legend;
}

}  // namespace

NodeColours change_colours(ChangeKind change) {
  switch (change) {
    case ChangeKind::added:
      return {"#DCFCE7", "#16A34A", "#1F2937"};
    case ChangeKind::removed:
      return {"#FEF2F2", "#DC2626", "#B4797A"};
    case ChangeKind::changed:
      return {"#FEF3C7", "#D97706", "#1F2937"};
    case ChangeKind::none:
      break;
  }
  return {"#FFFFFF", "#A8B4C4", "#475569"};
}

Removed removed_parts(const Comparison& comparison) {
  const auto is_removed = [](const ChangeNote& note) { return note.change == ChangeKind::removed; };
  Removed removed;
  for (const ChangeNote& note : comparison.steps) removed.steps.push_back(is_removed(note));
  for (const ChangeNote& note : comparison.flows) removed.flows.push_back(is_removed(note));
  return removed;
}

void mark_changes(Chart& chart, const Comparison& comparison,
                  const std::vector<std::optional<std::size_t>>& keys,
                  const std::vector<std::size_t>& earlier, const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  chart.compares = true;
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    mark_node(chart.nodes[i], comparison.steps[i], chinese);
  }
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    mark_edge(chart.edges[i], comparison.flows[i], chinese);
  }
  mark_lanes(chart, keys, earlier);
  chart.legends.push_back(change_legend(chart, comparison, chinese));
}

}  // namespace gemba::inline render
