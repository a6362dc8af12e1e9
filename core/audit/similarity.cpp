#include "core/audit/similarity.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

bool is_separator(char32_t c) {
  const bool ascii_word = (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
  const bool cjk_punctuation =
      (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20);
  return (c < 0x80 && !ascii_word) || cjk_punctuation;
}

std::u32string letters(std::string_view name) {
  std::u32string text = decode_utf8(ascii_lower(name));
  text.erase(std::remove_if(text.begin(), text.end(), is_separator), text.end());
  return text;
}

std::vector<std::pair<char32_t, char32_t>> bigrams(const std::u32string& text) {
  std::vector<std::pair<char32_t, char32_t>> result;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) result.emplace_back(text[i], text[i + 1]);
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char32_t c : letters(name)) plain += encode_utf8(c);
  return plain;
}

double name_similarity(std::string_view a, std::string_view b) {
  const std::u32string first = letters(a);
  const std::u32string second = letters(b);
  if (first == second) return first.empty() ? 0 : 1;
  const auto left = bigrams(first);
  const auto right = bigrams(second);
  if (left.empty() || right.empty()) return 0;
  std::vector<std::pair<char32_t, char32_t>> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(),
                        std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size());
}

}  // namespace gemba::inline audit
