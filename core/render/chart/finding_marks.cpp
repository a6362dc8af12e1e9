#include "core/render/chart/finding_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

/// Whether something else of the process has the id of a step.
bool is_ambiguous(const Process& process, const std::string& id) {
  const auto has_id = [&](const auto& list) {
    return std::any_of(list.begin(), list.end(), [&](const auto& each) { return each.id == id; });
  };
  const Definitions& all = process.definitions;
  return has_id(all.roles) || has_id(all.systems) || has_id(all.data) || has_id(all.calendars) ||
         has_id(process.kpis) ||
         std::any_of(process.paths.begin(), process.paths.end(),
                     [&](const PathTest& each) { return each.name == id; });
}

/// Whether a step is the last thing that begins before a place in the text.
bool stands_in(const Process& process, const Step& step, const SourceSpan& span) {
  SourceSpan nearest;
  bool is_step = false;
  const auto consider = [&](const SourceSpan& begin, bool own) {
    if (begin.source != span.source || begin.begin > span.begin || begin < nearest) return;
    nearest = begin;
    is_step = own;
  };
  nearest.source = span.source;
  const auto consider_all = [&](const auto& list) {
    for (const auto& each : list) consider(each.span, false);
  };
  const Definitions& all = process.definitions;
  consider_all(all.roles);
  consider_all(all.systems);
  consider_all(all.data);
  consider_all(all.calendars);
  consider_all(all.authority);
  consider_all(process.kpis);
  consider_all(process.paths);
  for (const Step& each : process.steps) consider(each.span, &each == &step);
  return is_step;
}

/// The step that a finding is about.
std::optional<StepId> step_of(const Process& process, const Diagnostic& finding) {
  const std::optional<StepId> step = process.find_step(finding.element);
  if (!step || !is_ambiguous(process, finding.element)) return step;
  return stands_in(process, process[*step], finding.span) ? step : std::nullopt;
}

void add_to_badge(ChartNode& node, const Diagnostic& finding) {
  if (!node.badge) node.badge = Badge{};
  Badge& badge = *node.badge;
  ++badge.count;
  badge.level = std::max(badge.level, finding.level);
  if (!badge.tooltip.empty()) badge.tooltip += "\n";
  badge.tooltip += fmt::format("{} {}", finding.code, clean_text(finding.message));
}

std::string level_words(Level level, std::size_t count, bool chinese) {
  if (chinese) {
    const char* word = level == Level::error ? "错误" : level == Level::warning ? "警告" : "提示";
    return fmt::format("{} {}", word, count);
  }
  if (level == Level::error) return counted(count, "error", "errors");
  return level == Level::warning ? counted(count, "warning", "warnings")
                                 : counted(count, "info", "info");
}

std::string rest_words(std::size_t rest, bool alone, bool chinese) {
  if (chinese) return fmt::format("{}{} 条关于整个文档", alone ? "" : "另有 ", rest);
  return fmt::format("{}{} about the document", rest, alone ? "" : " more");
}

}  // namespace

std::string level_colour(Level level) {
  if (level == Level::error) return "#DC2626";
  return level == Level::warning ? "#D97706" : "#2563EB";
}

void show_findings(Chart& chart, const Process& process, const Diagnostics& findings,
                   const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  std::array<std::size_t, 4> counts{};
  std::size_t rest = 0;
  for (const Diagnostic& finding : findings) {
    const std::optional<StepId> step = step_of(process, finding);
    if (!step) {
      ++rest;
      continue;
    }
    // Steps come first in the chart of a comparison, too.
    add_to_badge(chart.nodes[step->index()], finding);
    ++counts[static_cast<std::size_t>(finding.level)];
  }
  Legend legend;
  legend.title = chinese ? "检查发现" : "Findings";
  for (const Level level : {Level::error, Level::warning, Level::info}) {
    const std::size_t count = counts[static_cast<std::size_t>(level)];
    if (count == 0) continue;
    const std::string colour = level_colour(level);
    legend.entries.push_back({.sign = LegendSign::disc,
                              .fill = colour,
                              .border = colour,
                              .text = level_words(level, count, chinese)});
  }
  const bool alone = legend.entries.empty();
  if (rest > 0) {
    legend.entries.push_back({.text = rest_words(rest, alone, chinese)});
  } else if (alone) {
    legend.entries.push_back({.text = chinese ? "没有" : "none"});
  }
  chart.legends.push_back(std::move(legend));
}

}  // namespace gemba::inline render
