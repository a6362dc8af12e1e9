#include "core/audit/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gemba {

std::string quoted(const Step& step) { return "'" + step.name + "'"; }

std::string quoted_role(const Process& process, const Step& step) {
  return step.role ? "'" + process.definitions[*step.role].name + "'" : "nobody in particular";
}

std::string number(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string percent(double fraction) { return number(fraction * 100) + "%"; }

std::string listed(const std::vector<std::string>& items, std::size_t most) {
  const std::size_t shown = items.size() > most ? most : items.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == items.size();
    if (i > 0) text += last ? " and " : ", ";
    text += items[i];
  }
  if (shown < items.size()) text += fmt::format(" and {} more", items.size() - shown);
  return text;
}

}  // namespace gemba
