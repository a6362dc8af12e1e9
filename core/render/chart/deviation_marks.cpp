#include "core/render/chart/deviation_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t most_activities = 4;
constexpr std::size_t activity_columns = 24;

bool has_room(const ChartNode& node) {
  return node.shape != NodeShape::start && node.shape != NodeShape::end &&
         node.shape != NodeShape::bar;
}

std::string cases_words(std::int64_t cases, bool chinese) {
  const std::string figure = readable_number(static_cast<double>(cases));
  return figure + (chinese ? " 件" : cases == 1 ? " case" : " cases");
}

std::string steps_words(std::size_t steps, bool chinese) {
  if (chinese) return fmt::format("{} 个步骤", steps);
  return counted(steps, "step", "steps");
}

void alert(ChartNode& node, const std::string& words, const std::string& at_length) {
  node.tooltip += (node.tooltip.empty() ? "" : "\n") + at_length;
  if (!has_room(node)) return;
  node.sub_lines.push_back(words);
  ++node.alerts;
}

void mark_skipped(ChartNode& node, const Deviation& skip, std::int64_t cases, bool chinese) {
  const std::string words = (chinese ? "跳过 " : "skipped ") + readable_share(skip.share);
  const std::string all = readable_number(static_cast<double>(cases));
  const std::string skipped = readable_number(static_cast<double>(skip.cases));
  alert(node, words,
        chinese ? fmt::format("{} 件里有 {} 件跳过", all, skipped)
                : fmt::format("skipped in {} of {} cases", skipped, all));
}

void mark_unseen(ChartNode& node, bool chinese) {
  node.unseen = true;
  if (has_room(node) && !node.faded) {
    node.colours.fill = "#FFFFFF";
    node.colours.border = "#94A3B8";
  }
  alert(node, chinese ? "从未出现" : "never seen",
        chinese ? "日志里从未出现" : "never seen in the log");
}

LegendEntry plain_entry(std::string text) { return {.text = std::move(text)}; }

Legend step_legend(std::size_t skipped, std::size_t unseen, bool judged, bool chinese) {
  Legend legend;
  legend.title = chinese ? "与文档不符" : "Deviations";
  if (!judged) {
    legend.entries.push_back(
        plain_entry(chinese ? "无法判断跳过:按文档,案件走不到终点"
                            : "skipped steps not judged: by the document, no case can end"));
  }
  if (skipped > 0) {
    legend.entries.push_back(
        plain_entry((chinese ? "跳过 " : "skipped ") + steps_words(skipped, chinese) +
                    (chinese ? "(按文档该做而没做的案件,占全部案件的比例)"
                             : " (share of all cases that lack it where the document wants it)")));
  }
  if (unseen > 0) {
    legend.entries.push_back(
        {LegendSign::box, "#FFFFFF", "#94A3B8", true,
         (chinese ? "从未出现 " : "never seen ") + steps_words(unseen, chinese)});
  }
  if (legend.entries.empty()) {
    legend.entries.push_back(
        plain_entry(chinese ? "没有步骤被跳过或从未出现" : "no step was skipped, none never seen"));
  }
  return legend;
}

Legend activity_legend(const Profile& profile, bool chinese) {
  Legend legend;
  legend.title = chinese ? "文档里没有的活动" : "Activities not in the document";
  const std::size_t shown = std::min(most_activities, profile.unknown.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const UnknownActivity& each = profile.unknown[i];
    const double share = static_cast<double>(each.cases) / static_cast<double>(profile.cases);
    legend.entries.push_back(plain_entry(
        fmt::format("{} {} ({})", truncate_to_width(clean_text(each.name), activity_columns),
                    cases_words(each.cases, chinese), readable_share(share))));
  }
  const std::size_t rest = profile.unknown.size() - shown;
  if (rest > 0) {
    legend.entries.push_back(
        plain_entry(chinese ? fmt::format("另有 {} 种", rest) : fmt::format("and {} more", rest)));
  }
  if (shown == 0) legend.entries.push_back(plain_entry(chinese ? "没有" : "none"));
  return legend;
}

}  // namespace

void show_deviations(Chart& chart, const Profile& profile, const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  std::size_t skipped = 0;
  const auto never_seen = [&](StepId step) {
    return std::find(profile.never_seen.begin(), profile.never_seen.end(), step) !=
           profile.never_seen.end();
  };
  const std::vector<Deviation> none;
  for (const Deviation& each : profile.conformance ? profile.conformance->deviations : none) {
    if (each.kind != DeviationKind::skipped || never_seen(*each.step)) continue;
    mark_skipped(chart.nodes[each.step->index()], each, profile.conformance->cases, chinese);
    ++skipped;
  }
  for (const StepId step : profile.never_seen) mark_unseen(chart.nodes[step.index()], chinese);
  chart.legends.push_back(
      step_legend(skipped, profile.never_seen.size(), profile.conformance.has_value(), chinese));
  chart.legends.push_back(activity_legend(profile, chinese));
}

}  // namespace gemba::inline render
