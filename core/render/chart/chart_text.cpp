#include "core/render/chart/chart_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/model/wording.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr std::size_t label_columns = 16;
constexpr std::size_t label_lines = 3;

/// The label of a flow, else its condition.
std::string flow_words(const Flow& flow, const Process& process, bool chinese) {
  std::string words = flow.label;
  if (words.empty() && flow.when) words = readable_condition(*flow.when, process, chinese);
  return words;
}

}  // namespace

Process with_clean_texts(const Process& process) {
  Process clean = process;
  const auto print = [](std::string& text) { text = clean_text(text); };
  print(clean.title);
  print(clean.version);
  for (Role& role : clean.definitions.roles) print(role.name);
  for (System& system : clean.definitions.systems) print(system.name);
  for (Data& data : clean.definitions.data) print(data.name);
  for (Step& step : clean.steps) {
    print(step.name);
    print(step.note);
    print(step.script);
  }
  for (Flow& flow : clean.flows) print(flow.label);
  return clean;
}

bool is_chinese(const ChartOptions& options) { return !options.language.starts_with("en"); }

std::string flow_text(const Flow& flow, const Process& process, std::optional<double> share,
                      bool chinese) {
  std::string text = flow_words(flow, process, chinese);
  if (share) text += (text.empty() ? "" : " · ") + readable_share(*share);
  return text;
}

std::vector<std::string> flow_label(const Flow& flow, const Process& process,
                                    std::optional<double> share, bool chinese) {
  const std::string words = flow_words(flow, process, chinese);
  if (words.empty() && !share) return {};
  std::vector<std::string> lines;
  if (!words.empty()) lines = wrap_evenly(words, label_columns, label_lines);
  if (share) {
    const std::string figure = readable_share(*share);
    const std::string joined = lines.empty() ? figure : lines.back() + " · " + figure;
    if (lines.empty()) {
      lines.push_back(figure);
    } else if (display_width(joined) <= label_columns) {
      lines.back() = joined;
    } else {
      lines.push_back(figure);
    }
  }
  return lines;
}

std::vector<std::string> join_parts(const std::vector<std::string>& parts, std::size_t columns) {
  std::vector<std::string> lines;
  for (const std::string& part : parts) {
    if (!lines.empty() && display_width(lines.back()) + 3 + display_width(part) <= columns) {
      lines.back() += " · " + part;
    } else {
      lines.push_back(part);
    }
  }
  return lines;
}

std::vector<std::string> process_facts(const Process& process, bool chinese) {
  std::vector<std::string> parts = {clean_text(process.id)};
  const auto add = [&](std::string_view in_chinese, std::string_view in_english,
                       const std::string& value) {
    if (!value.empty()) parts.push_back(std::string(chinese ? in_chinese : in_english) + value);
  };
  if (process.kind == Process::Kind::map) parts.emplace_back(chinese ? "现状图" : "as-is map");
  add("版本 ", "version ", process.version);
  if (process.status == Process::Status::draft) parts.emplace_back(chinese ? "草稿" : "draft");
  if (process.status == Process::Status::retired)
    parts.emplace_back(chinese ? "已停用" : "retired");
  if (process.owner) add("负责人 ", "owner ", process.definitions[*process.owner].name);
  if (process.effective) add("生效 ", "effective ", to_string(*process.effective));
  if (process.review_by) add("复审 ", "review by ", to_string(*process.review_by));
  return parts;
}

bool is_trivial_name(const Step& step) {
  static constexpr std::array<std::string_view, 8> trivial = {"开始",  "结束",   "start", "end",
                                                              "begin", "finish", "stop",  "完成"};
  const std::string name = ascii_lower(step.name);
  return name.empty() || name == step.id ||
         std::find(trivial.begin(), trivial.end(), name) != trivial.end();
}

std::string safe_address(std::string_view address) {
  if (!address.starts_with("https://") && !address.starts_with("http://")) return {};
  static constexpr std::string_view plain = "-._~:/?#[]@!$()*+,;=%";
  std::string safe;
  for (const char c : address) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || plain.find(c) != std::string_view::npos) {
      safe += c;
    } else {
      safe += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return safe;
}

std::string plain_id(std::string_view id) {
  const bool plain = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  return plain ? std::string(id) : std::string();
}

}  // namespace gemba::inline render
