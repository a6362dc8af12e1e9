#include "core/rules/wording.h"

#include <fmt/format.h>

namespace gemba {

std::string path_text(const Process& process, const std::vector<StepId>& path) {
  constexpr std::size_t most = 9;
  constexpr std::size_t first = 3;  // then the end, where what is wrong shows
  std::string text;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (at > 0) text += " → ";
    if (path.size() > most && at == first) {
      text += "… → ";
      at = path.size() - (most - first);
    }
    text += fmt::format("'{}'", process[path[at]].id);
  }
  return text;
}

}  // namespace gemba
