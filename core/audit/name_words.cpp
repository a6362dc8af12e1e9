#include "core/audit/name_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array endings = {""sv, "s"sv, "es"sv, "d"sv, "ed"sv, "ing"sv, "ning"sv};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Whether what stands at `at` is the word, perhaps with an ending.
bool is_word_at(std::string_view text, std::size_t at, std::string_view word) {
  if (!is_letter(word.front())) return true;
  if (at > 0 && is_letter(text[at - 1])) return false;
  const std::string_view rest = text.substr(at + word.size());
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter);
  const std::string_view ending = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    if (is_word_at(text, at, word)) return true;
  }
  return false;
}

}  // namespace

bool says_any(std::string_view text, std::span<const std::string_view> words) {
  const std::string lower = ascii_lower(text);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return has_word(lower, word); });
}

}  // namespace gemba::inline audit
