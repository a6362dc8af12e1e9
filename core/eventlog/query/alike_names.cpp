#include "core/eventlog/query/alike_names.h"

#include <string>
#include <unordered_map>

#include "core/base/text.h"

namespace gemba::inline eventlog {
namespace {

/// In lower case and with narrow letters for the full-width ones of ASCII (U+FF01 to U+FF5E).
std::string folded(std::string_view name) {
  std::string result;
  for (const char32_t code : decode_utf8(name)) {
    const bool wide = code >= 0xFF01 && code <= 0xFF5E;
    result += encode_utf8(wide ? code - 0xFEE0 : code == 0x3000 ? U' ' : code);
  }
  return ascii_lower(result);
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> alike_names(const StringPool& names) {
  constexpr std::size_t most = 5;
  std::vector<std::pair<std::string_view, std::string_view>> found;
  std::unordered_map<std::string, std::uint32_t> seen;
  for (std::uint32_t number = 0; number < names.size() && found.size() < most; ++number) {
    const auto [first, is_new] = seen.emplace(folded(names[number]), number);
    if (!is_new) found.emplace_back(names[first->second], names[number]);
  }
  return found;
}

}  // namespace gemba::inline eventlog
