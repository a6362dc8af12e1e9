#include "core/rules/path_text.h"

#include <fmt/format.h>

namespace gemba::inline rules {

std::string path_text(const Process& process, std::span<const StepId> steps) {
  constexpr std::size_t most = 12, head = 4, tail = 7;
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!text.empty()) text += " → ";
    if (steps.size() > most && i == head) {
      text += "… → ";
      i = steps.size() - tail;
    }
    text += fmt::format("'{}'", process[steps[i]].id);
  }
  return text;
}

}  // namespace gemba::inline rules
