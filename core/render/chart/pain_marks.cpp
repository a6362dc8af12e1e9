#include "core/render/chart/pain_marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t most_columns = 24;
constexpr std::size_t most_lines = 2;  // of what is said

/// What is said about one step.
struct Said {
  std::vector<const Pain*> pains;  ///< the most frequent first
  double count = 0;                ///< times; 0 where nobody counted
};

std::string times_words(double count, bool chinese) {
  const std::string figure = readable_number(count);
  return figure + (chinese ? " 次" : count == 1 ? " time" : " times");
}

std::string who_says(const Process& process, const Pain& pain, bool chinese) {
  std::string who = pain.from ? clean_text(process.definitions[*pain.from].name) : "";
  if (pain.count && *pain.count > 0) {
    if (!who.empty()) who += chinese ? "," : ", ";
    who += times_words(*pain.count, chinese);
  }
  if (who.empty()) return who;
  return chinese ? "(" + who + ")" : " (" + who + ")";
}

std::string caption(const Said& said, bool chinese) {
  const std::string word = chinese ? "痛点" : "pain";
  if (said.count > 0) return word + (chinese ? " " : ": ") + times_words(said.count, chinese);
  if (said.pains.size() == 1) return word;
  return fmt::format("{} × {}", word, said.pains.size());
}

void mark(ChartNode& node, const Process& process, const Said& said, bool chinese) {
  for (const Pain* pain : said.pains) {
    node.tooltip += (node.tooltip.empty() ? "" : "\n") + std::string(chinese ? "痛点:" : "Pain: ") +
                    clean_text(pain->text) + who_says(process, *pain, chinese);
  }
  std::vector<std::string> lines = {caption(said, chinese)};
  if (node.shape == NodeShape::start || node.shape == NodeShape::end) {
    node.lines.push_back(lines.front());  // the caption beside the circle
    return;
  }
  if (node.shape == NodeShape::bar) return;
  const std::string words = clean_text(said.pains.front()->text);
  if (!words.empty() && node.shape != NodeShape::diamond) {
    for (std::string& line : wrap_evenly("“" + words + "”", most_columns, most_lines))
      lines.push_back(std::move(line));
  }
  node.alerts += lines.size();
  node.pains = lines.size();
  for (std::string& line : lines) node.sub_lines.push_back(std::move(line));
}

Legend pain_legend(std::size_t steps, double count, bool chinese) {
  Legend legend;
  legend.title = chinese ? "痛点" : "Pain points";
  std::string text = chinese ? fmt::format("{} 个步骤", steps) : counted(steps, "step", "steps");
  if (steps == 0) text = chinese ? "文档里没有记录" : "none in the document";
  if (count > 0) text += (chinese ? ",共说到 " : ", said ") + times_words(count, chinese);
  legend.entries.push_back({.text = std::move(text)});
  return legend;
}

}  // namespace

void show_pains(Chart& chart, const Process& process, const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  std::vector<Said> said(process.steps.size());
  double all = 0;
  for (const Pain& pain : process.pains) {
    Said& at = said[pain.step.index()];
    at.pains.push_back(&pain);
    at.count += pain.count.value_or(0);
    all += pain.count.value_or(0);
  }
  std::size_t steps = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (said[i].pains.empty()) continue;
    ++steps;
    std::stable_sort(said[i].pains.begin(), said[i].pains.end(), [](const Pain* a, const Pain* b) {
      return a->count.value_or(0) > b->count.value_or(0);
    });
    mark(chart.nodes[i], process, said[i], chinese);
  }
  chart.legends.push_back(pain_legend(steps, all, chinese));
}

}  // namespace gemba::inline render
