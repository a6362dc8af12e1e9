#include "core/render/bpmn/bpmn_text.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "core/model/wording.h"
#include "core/render/chart/small_print.h"

namespace gemba::inline render {
namespace {

/// Lines with the captions of one language.
struct Notes {
  bool chinese;
  std::string text = {};

  void add(std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
  }
  void add(std::string_view in_chinese, std::string_view in_english, const std::string& words) {
    if (words.empty()) return;
    const bool begins_line = words.front() == '\n';
    add(std::string(chinese ? in_chinese : in_english) + (begins_line ? ":" : ": ") + words);
  }
};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : std::string(between)) + part;
  return all;
}

}  // namespace

std::string step_documentation(const Process& process, const Step& step, const ChartNode& drawn,
                               bool chinese) {
  Notes notes{chinese};
  notes.add(step.note);
  notes.add("话术", "Script", step.script);
  const auto alerts = drawn.sub_lines.end() - static_cast<std::ptrdiff_t>(drawn.alerts);
  notes.add("时间", "Times", joined({drawn.sub_lines.begin(), alerts}, " · "));
  const auto deviations = alerts + static_cast<std::ptrdiff_t>(drawn.pains);
  notes.add(joined({alerts, deviations}, " "));
  notes.add("偏离", "Deviation", joined({deviations, drawn.sub_lines.end()}, " · "));
  notes.add("系统", "System", system_names(step, process, chinese));
  notes.add("需要", "Needs", data_names(step.needs, process, chinese));
  notes.add("产出", "Makes", data_names(step.makes, process, chinese));
  notes.add("链接", "Link", step.link);
  if (drawn.badge) notes.add("检查发现", "Findings", "\n" + drawn.badge->tooltip);
  return notes.text;
}

std::string process_documentation(const Process& process, const Chart& chart, bool chinese) {
  Notes notes{chinese};
  notes.add(joined(chart.facts, " · "));
  notes.add("触发", "Trigger", process.trigger);
  notes.add("目标", "Goal", process.goal);
  notes.add("范围", "Scope", process.scope);
  return notes.text;
}

std::string exit_question(StepKind kind, bool chinese) {
  if (kind == StepKind::approval) return chinese ? "通过?" : "Approved?";
  if (kind == StepKind::start) return chinese ? "哪种情况?" : "Which case?";
  return chinese ? "结果?" : "Outcome?";
}

BpmnExpression bpmn_duration(const Duration& duration) {
  if (duration.kind == Duration::Kind::business_days) {
    return {fmt::format("{:g}bd", duration.days), false};
  }
  constexpr Micros minute = 60 * micros_per_second;
  constexpr Micros hour = 60 * minute;
  if (duration.kind == Duration::Kind::business_hours) {
    return {fmt::format("{:g}bh", static_cast<double>(duration.micros) / hour), false};
  }
  const Micros days = duration.micros / micros_per_day;
  const Micros hours = duration.micros % micros_per_day / hour;
  const Micros minutes = duration.micros % hour / minute;
  const double seconds = static_cast<double>(duration.micros % minute) / micros_per_second;
  std::string time;
  if (hours != 0) time += fmt::format("{}H", hours);
  if (minutes != 0) time += fmt::format("{}M", minutes);
  if (seconds != 0 || (days == 0 && time.empty())) time += fmt::format("{}S", seconds);
  std::string text = "P";
  if (days != 0) text += fmt::format("{}D", days);
  if (!time.empty()) text += "T" + time;
  return {text, true};
}

}  // namespace gemba::inline render
