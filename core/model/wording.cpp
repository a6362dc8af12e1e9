#include "core/model/wording.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "core/base/text.h"

namespace gemba::inline model {
namespace {

bool is_name_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == ':' || u >= 0x80;
}

std::string readable_name(std::string_view word, const Process& process, bool chinese) {
  for (const Data& data : process.definitions.data) {
    if (data.id == word && !data.name.empty()) return data.name;
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> chinese_words = {
      {{"and", "且"},
       {"or", "或"},
       {"not", "非"},
       {"in", "属于"},
       {"true", "是"},
       {"false", "否"},
       {"approved", "通过"},
       {"rejected", "驳回"}}};
  if (chinese) {
    for (const auto& [english, translated] : chinese_words) {
      if (english == word) return std::string(translated);
    }
  }
  return std::string(word);
}

std::string_view readable_operator(std::string_view text) {
  if (text.starts_with("<=")) return "≤";
  if (text.starts_with(">=")) return "≥";
  if (text.starts_with("!=")) return "≠";
  if (text.starts_with("==")) return "=";
  return {};
}

}  // namespace

std::string readable_condition(const Condition& condition, const Process& process, bool chinese) {
  if (!condition.expr) return clean_text(condition.text);
  const std::string_view text = condition.text;
  std::string readable;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == '"' || rest.front() == '\'') {
      const std::size_t close = rest.find(rest.front(), 1);
      if (close == std::string_view::npos) break;
      readable += rest.substr(1, close - 1);
      at += close + 1;
    } else if (const std::string_view sign = readable_operator(rest); !sign.empty()) {
      readable += sign;
      at += 2;
    } else if (is_name_byte(rest.front())) {
      std::size_t length = 1;
      while (length < rest.size() && is_name_byte(rest[length])) ++length;
      readable += readable_name(rest.substr(0, length), process, chinese);
      at += length;
    } else {
      readable += rest.front();
      ++at;
    }
  }
  // Word by word this would read 非 通过, which nobody says.
  constexpr std::string_view stiff = "非 通过";
  for (std::size_t at = 0; chinese && (at = readable.find(stiff, at)) != std::string::npos;) {
    readable.replace(at, stiff.size(), "未通过");
  }
  return clean_text(readable);
}

std::string readable_share(double share) {
  const double hundred = share * 100;
  if (hundred > 0 && hundred < 0.05) return "<0.1%";
  if ((hundred > 0 && hundred < 1) || (hundred > 99 && hundred < 100))
    return fmt::format("{:.1f}%", hundred);
  return fmt::format("{:.0f}%", hundred);
}

std::string readable_number(double value) {
  std::string digits = fmt::format("{:.2f}", std::abs(value));
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  for (std::size_t at = std::min(digits.size(), digits.find('.')); at > 3;) {
    digits.insert(at -= 3, ",");
  }
  return value < 0 ? "-" + digits : digits;
}

std::string readable_duration(const Duration& duration, bool chinese) {
  switch (duration.kind) {
    case Duration::Kind::business_days:
      return fmt::format("{:g}{}", duration.days, chinese ? " 工作日" : "bd");
    case Duration::Kind::business_hours:
      return humane_seconds(static_cast<double>(duration.micros) / micros_per_second) +
             (chinese ? " 工时" : " bh");
    case Duration::Kind::elapsed:
      break;
  }
  return humane_seconds(static_cast<double>(duration.micros) / micros_per_second);
}

std::string readable_work_time(const WorkTime& time, bool chinese) {
  if (time.fixed) return readable_duration(*time.fixed, chinese);
  if (time.min && time.max) {
    return readable_duration(*time.min, chinese) + "–" + readable_duration(*time.max, chinese);
  }
  return "≈" + humane_seconds(time.mean_seconds());
}

std::string data_names(const std::vector<DataUse>& uses, const Process& process, bool chinese) {
  std::string names;
  for (const DataUse& use : uses) {
    if (!names.empty()) names += chinese ? "、" : ", ";
    names += data_name(use, process, chinese);
  }
  return names;
}

std::string data_name(const DataUse& use, const Process& process, bool chinese) {
  const std::string name = clean_text(process.definitions[use.data].name);
  if (!use.optional) return name;
  return name + (chinese ? "(如有)" : " (if any)");
}

std::string system_names(const Step& step, const Process& process, bool chinese) {
  std::string names;
  for (const SystemId system : systems_of(step)) {
    if (!names.empty()) names += chinese ? "、" : ", ";
    names += clean_text(process.definitions[system].name);
  }
  return names;
}

}  // namespace gemba::inline model
