#include "core/render/chart/chart.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/compare/compare.h"
#include "core/render/chart/change_marks.h"
#include "core/render/chart/chart_flow.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/heat.h"
#include "core/render/chart/pain_marks.h"
#include "core/render/chart/sizes.h"
#include "core/render/chart/small_print.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t box_columns = 18;
constexpr std::size_t caption_columns = 20;

NodeShape shape_of(StepKind kind) {
  switch (kind) {
    case StepKind::start:
      return NodeShape::start;
    case StepKind::end:
      return NodeShape::end;
    case StepKind::decision:
      return NodeShape::diamond;
    case StepKind::fork:
    case StepKind::join:
      return NodeShape::bar;
    case StepKind::notify:
      return NodeShape::note;
    case StepKind::call:
      return NodeShape::subprocess;
    default:
      return NodeShape::box;
  }
}

NodeColours colours_of(StepKind kind) {
  switch (kind) {
    case StepKind::start:
      return {"#34D399", "#059669", "#475569"};
    case StepKind::end:
      return {"#334155", "#334155", "#475569"};
    case StepKind::decision:
      return {"#E0E7FF", "#6366F1", "#1F2937"};
    case StepKind::fork:
    case StepKind::join:
      return {"#1F2937", "#1F2937", "#475569"};
    case StepKind::approval:
      return {"#FFF7ED", "#EA8C55", "#1F2937"};
    case StepKind::wait:
      return {"#FEFCE8", "#CFA93A", "#1F2937"};
    case StepKind::notify:
      return {"#F0F9FF", "#5BA4CF", "#1F2937"};
    case StepKind::call:
      return {"#F5F3FF", "#8B7FD6", "#1F2937"};
    case StepKind::task:
      break;
  }
  return {"#FFFFFF", "#94A3B8", "#1F2937"};
}

/// Wraps a decision's question so that its diamond is smallest.
std::vector<std::string> diamond_lines(const std::string& name) {
  std::vector<std::string> best;
  double best_area = 0;
  for (std::size_t columns = 8; columns <= 14; columns += 2) {
    std::vector<std::string> lines = wrap_evenly(name, columns, 4);
    const Size size = diamond_size(lines);
    if (best.empty() || size.width * size.height < best_area) {
      best_area = size.width * size.height;
      best = std::move(lines);
    }
  }
  return best;
}

std::string full_name(const Step& step, const std::string& id) {
  if (!step.name.empty()) return step.name;
  return id.empty() ? "?" : id;
}

std::vector<std::string> lines_of(const Step& step, const std::string& name) {
  switch (step.kind) {
    case StepKind::start:
    case StepKind::end:
      if (is_trivial_name(step)) return {};
      return wrap_evenly(name, caption_columns, 2);
    case StepKind::fork:
    case StepKind::join:
      return {};
    default:
      break;
  }
  return step.kind == StepKind::decision ? diamond_lines(name) : wrap_evenly(name, box_columns, 4);
}

bool has_small_print(StepKind kind) { return !is_terminal(kind) && !is_parallel(kind); }

ChartNode make_node(const Process& process, const Step& step, const ChartOptions& options) {
  ChartNode node;
  node.id = clean_text(step.id);
  node.shape = shape_of(step.kind);
  if (step.kind == StepKind::approval) node.mark = NodeMark::stamp;
  if (step.kind == StepKind::wait) node.mark = NodeMark::hourglass;
  node.text = full_name(step, node.id);
  node.lines = lines_of(step, node.text);
  if (has_small_print(step.kind)) {
    node.sub_lines = small_print(step, process, options, step_times(step, options));
  }
  node.colours = colours_of(step.kind);
  node.tooltip = step.name;
  if (!step.note.empty()) node.tooltip += " — " + step.note;
  node.link = safe_address(step.link);
  const std::string anchor = plain_id(step.id);
  if (node.link.empty() && !anchor.empty()) node.link = "#step-" + anchor;
  return node;
}

void fade(ChartNode& node) {
  node.faded = true;
  const bool filled = node.shape == NodeShape::start || node.shape == NodeShape::end ||
                      node.shape == NodeShape::bar;
  node.colours = {filled ? "#CBD5E1" : "#F8FAFC", "#CBD5E1", "#94A3B8"};
}

void apply_heat(Chart& chart, const Process& process, const Profile& profile,
                const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  require_figures(process, profile, options.metric);
  const std::vector<std::optional<HeatFigure>> figures =
      heat_figures(process, profile, options.metric);
  if (auto legend = heat_legend(figures, options.metric, chinese)) {
    chart.legends.push_back(std::move(*legend));
  }
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    ChartNode& node = chart.nodes[i];
    if (node.shape == NodeShape::start || node.shape == NodeShape::end ||
        node.shape == NodeShape::bar) {
      continue;
    }
    const bool seen = i < figures.size() && figures[i];
    std::vector<std::string> words;
    if (seen) words.push_back(heat_text(figures[i]->value, options.metric, chinese));
    node.sub_lines = small_print(process.steps[i], process, options, std::move(words));
    if (seen) {
      const HeatColour colour = heat_colour(figures[i]->heat);
      node.colours.fill = colour.fill;
      node.colours.border = colour.border;
    } else if (process.steps[i].kind != StepKind::decision) {
      node.colours.fill = "#FFFFFF";
      node.colours.border = "#CBD5E1";
    }
  }
}

/// Flows that leave a step and are there still.
std::ptrdiff_t exits(const FlowGraph& graph, const ChartFlow& flow, std::size_t step) {
  const std::vector<FlowId>& out = graph.out[step];
  return std::count_if(out.begin(), out.end(),
                       [&](FlowId id) { return !flow.removed[id.index()]; });
}

std::vector<ChartEdge> make_edges(const Process& process, const FlowGraph& graph,
                                  const ChartFlow& flow, const ChartOptions& options) {
  std::vector<ChartEdge> edges;
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const Flow& written = process.flows[i];
    ChartEdge edge;
    edge.from = written.from.index();
    edge.to = written.to.index();
    const bool alone = exits(graph, flow, edge.from) == 1;
    const bool fork = process[written.from].kind == StepKind::fork;
    const std::optional<double> share =
        alone || fork || flow.removed[i] ? std::nullopt : flow.shares[i];
    edge.text = flow_text(written, process, share, is_chinese(options));
    edge.label = flow_label(written, process, share, is_chinese(options));
    edge.weight = flow.weighted ? flow.weights[i] : 0.25;
    edge.rework = flow.back[i];
    edge.faded = !flow.reachable[edge.from];
    edges.push_back(std::move(edge));
  }
  for (const FlowId id : flow.main_path) edges[id.index()].main = true;
  return edges;
}

/// The roles or systems whose lanes the earlier version of a comparison has.
std::vector<std::size_t> earlier_lanes(const Comparison& comparison, LaneKey by) {
  std::vector<std::size_t> keys;
  if (by == LaneKey::role) {
    for (const RoleId id : comparison.roles) keys.push_back(id.index());
  } else if (by == LaneKey::system) {
    for (const SystemId id : comparison.systems) keys.push_back(id.index());
  }
  return keys;
}

/// What draws a process with or without a log or another version of it.
Chart draft(const Process& given, const ChartOptions& options, const Profile* profile,
            const Comparison* comparison) {
  const Process process = with_clean_texts(given);
  const FlowGraph graph(process);
  std::optional<Removed> removed;
  std::vector<std::size_t> earlier;
  if (comparison != nullptr) {
    removed = removed_parts(*comparison);
    earlier = earlier_lanes(*comparison, options.lanes);
  }
  const ChartFlow flow = chart_flow(process, graph, profile, removed ? &*removed : nullptr);
  Lanes lanes = assign_lanes(process, graph, flow, options, earlier);
  Chart chart;
  chart.title = process.title;
  chart.facts = process_facts(process, is_chinese(options));
  chart.direction = options.direction;
  chart.has_lanes = options.lanes != LaneKey::none && !process.steps.empty();
  chart.lanes = std::move(lanes.lanes);
  chart.language = options.language;
  chart.stamp_text = is_chinese(options) ? "批" : "✓";
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    ChartNode node = make_node(process, process.steps[i], options);
    node.lane = lanes.of[i];
    node.fan = std::max({graph.in[i].size(), graph.out[i].size(), std::size_t{1}});
    chart.nodes.push_back(std::move(node));
  }
  chart.edges = make_edges(process, graph, flow, options);
  if (profile != nullptr) apply_heat(chart, process, *profile, options);
  if (options.show.pains) show_pains(chart, process, options);
  if (comparison != nullptr) mark_changes(chart, *comparison, lanes.keys, earlier, options);
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    if (!flow.reachable[i]) fade(chart.nodes[i]);
  }
  return chart;
}

}  // namespace

std::optional<Direction> parse_direction(std::string_view text) {
  if (text == "down") return Direction::down;
  if (text == "right") return Direction::right;
  return std::nullopt;
}

std::optional<LaneKey> parse_lane_key(std::string_view text) {
  if (text == "role") return LaneKey::role;
  if (text == "system") return LaneKey::system;
  if (text == "none") return LaneKey::none;
  return std::nullopt;
}

std::optional<HeatMetric> parse_heat_metric(std::string_view text) {
  if (text == "median") return HeatMetric::median;
  if (text == "mean") return HeatMetric::mean;
  if (text == "p90") return HeatMetric::p90;
  if (text == "waiting") return HeatMetric::waiting;
  if (text == "cost") return HeatMetric::cost;
  if (text == "count") return HeatMetric::count;
  return std::nullopt;
}

Chart make_chart(const Process& process, const ChartOptions& options, const Profile* profile) {
  return draft(process, options, profile, nullptr);
}

Chart make_chart(const Comparison& comparison, const ChartOptions& options) {
  return draft(comparison.process, options, nullptr, &comparison);
}

}  // namespace gemba::inline render
