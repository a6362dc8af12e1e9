#include "core/render/chart/small_print.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/text.h"
#include "core/model/authority.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t box_columns = 24;
constexpr std::size_t diamond_columns = 14;  // a diamond is narrow where its small print stands
constexpr std::size_t most_lines = 3;        // of one text: a chart is no page to read
constexpr std::size_t system_columns = 20;

/// Packs names into lines, none of them broken unless it is wider than a line. Ends in `…` where
/// names are left out.
std::vector<std::string> pack_names(std::string_view caption, const std::vector<DataUse>& uses,
                                    const Process& process, bool chinese, std::size_t columns) {
  const std::string_view separator = chinese ? "、" : ", ";
  std::vector<std::string> lines = {std::string(caption)};
  bool first = true;
  for (const DataUse& use : uses) {
    const std::string name = data_name(use, process, chinese);
    const std::string joined = lines.back() + (first ? "" : std::string(separator)) + name;
    if (first || display_width(joined) <= columns) {
      lines.back() = joined;
    } else {
      lines.back() += trimmed(separator);
      lines.push_back(name);
    }
    first = false;
  }
  const bool cut = lines.size() > most_lines;
  if (cut) lines.resize(most_lines);
  for (std::string& line : lines) line = truncate_to_width(line, columns + 2);
  if (cut) lines.back() = truncate_to_width(lines.back(), columns) + "…";
  return lines;
}

void append(std::vector<std::string>& lines, std::vector<std::string> more) {
  for (std::string& line : more) lines.push_back(std::move(line));
}

void append_data(const Step& step, const Process& process, bool chinese, std::size_t columns,
                 std::vector<std::string>& lines) {
  if (!step.needs.empty()) {
    append(lines, pack_names(chinese ? "需 " : "needs ", step.needs, process, chinese, columns));
  }
  if (!step.makes.empty()) {
    append(lines, pack_names(chinese ? "出 " : "makes ", step.makes, process, chinese, columns));
  }
}

}  // namespace

std::vector<std::string> step_times(const Step& step, const ChartOptions& options) {
  const bool chinese = is_chinese(options);
  std::vector<std::string> parts;
  if (step.time) parts.push_back(readable_work_time(*step.time, chinese));
  if (step.wait) {
    parts.push_back((chinese ? "等待 " : "wait ") + readable_duration(step.wait->value, chinese));
  }
  if (step.every) {
    const std::string interval = readable_duration(step.every->value, chinese);
    parts.push_back(chinese ? "每 " + interval + " 一次" : "every " + interval);
  }
  if (step.sla && options.show.sla) {
    parts.push_back("SLA ≤" + readable_duration(step.sla->value, chinese));
  }
  return parts;
}

std::vector<std::string> small_print(const Step& step, const Process& process,
                                     const ChartOptions& options,
                                     std::vector<std::string> figures) {
  const bool chinese = is_chinese(options);
  const std::size_t columns = step.kind == StepKind::decision ? diamond_columns : box_columns;
  std::vector<std::string> parts;
  if (options.show.systems && step.system) {
    parts.push_back(truncate_to_width(system_names(step, process, chinese), system_columns));
  }
  append(parts, std::move(figures));
  if (const std::optional<double> limit = approval_limit(step, process)) {
    parts.push_back((chinese ? "权限 ≤ " : "limit ≤ ") + readable_number(*limit));
  }
  std::vector<std::string> lines = join_parts(parts, columns);
  if (options.show.data) append_data(step, process, chinese, columns, lines);
  if (options.show.scripts && !step.script.empty()) {
    append(lines, wrap_evenly("“" + step.script + "”", columns, most_lines));
  }
  return lines;
}

}  // namespace gemba::inline render
