#include "core/eventlog/formats/xes/xes_classifier.h"

#include <algorithm>

namespace gemba::inline eventlog {

std::vector<std::string> classifier_keys(std::string_view list) {
  constexpr std::string_view white = " \t\r\n";
  std::vector<std::string> keys;
  while (true) {
    const std::size_t begin = list.find_first_not_of(white);
    if (begin == std::string_view::npos) return keys;
    list.remove_prefix(begin);
    const bool quoted = list.front() == '\'' && list.find('\'', 1) != std::string_view::npos;
    if (quoted) list.remove_prefix(1);
    const std::size_t end =
        std::min(quoted ? list.find('\'') : list.find_first_of(white), list.size());
    if (end > 0) keys.emplace_back(list.substr(0, end));
    list.remove_prefix(quoted ? end + 1 : end);
  }
}

}  // namespace gemba::inline eventlog
