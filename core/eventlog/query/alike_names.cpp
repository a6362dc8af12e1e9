#include "core/eventlog/query/alike_names.h"

#include <string>
#include <unordered_map>

#include "core/base/narrow.h"
#include "core/base/text.h"

namespace gemba::inline eventlog {

std::vector<std::pair<std::string_view, std::string_view>> alike_names(const StringPool& names) {
  constexpr std::size_t most = 5;
  std::vector<std::pair<std::string_view, std::string_view>> found;
  std::unordered_map<std::string, std::uint32_t> seen;
  for (std::uint32_t number = 0; number < names.size() && found.size() < most; ++number) {
    const auto [first, is_new] = seen.emplace(ascii_lower(narrowed(names[number])), number);
    if (!is_new) found.emplace_back(names[first->second], names[number]);
  }
  return found;
}

}  // namespace gemba::inline eventlog
