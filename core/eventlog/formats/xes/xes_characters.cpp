#include "core/eventlog/formats/xes/xes_characters.h"

#include <array>
#include <bit>
#include <charconv>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/base/text.h"

namespace gemba::inline eventlog::xml {

namespace {

// What section 2.2 allows in a reference; expat refuses the same.
bool is_character(std::uint32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
}

std::optional<char32_t> numbered(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number, hexadecimal ? 16 : 10);
  if (error != std::errc() || stop != end || !is_character(number)) return std::nullopt;
  return static_cast<char32_t>(number);
}

std::optional<char32_t> named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char32_t>, 5> predefined = {
      {{"amp", U'&'}, {"lt", U'<'}, {"gt", U'>'}, {"quot", U'"'}, {"apos", U'\''}}};
  for (const auto& [known, character] : predefined) {
    if (name == known) return character;
  }
  return std::nullopt;
}

}  // namespace

const char* find_special_portable(const char* at, char wanted) {
  while (is(*at, plain) && *at != wanted) ++at;
  return at;
}

#if defined(__SSE2__)
// Compared as signed bytes, what is below the blank are the control characters and all that is no
// ASCII.
const char* find_special(const char* at, char wanted) {
  const __m128i wanted_16 = _mm_set1_epi8(wanted);
  const __m128i less_16 = _mm_set1_epi8('<');
  const __m128i and_16 = _mm_set1_epi8('&');
  const __m128i blank_16 = _mm_set1_epi8(' ');
  while (true) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, less_16), _mm_cmpeq_epi8(bytes, and_16));
    const __m128i others =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted_16), _mm_cmplt_epi8(bytes, blank_16));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(marks, others)));
    if (found != 0) return at + std::countr_zero(found);
    at += sizeof bytes;
  }
}
#else
const char* find_special(const char* at, char wanted) { return find_special_portable(at, wanted); }
#endif

// The ranges of the second byte are those of RFC 3629, section 4.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t index) -> unsigned {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
  };
  const auto continues = [&](std::size_t index, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(index) >= low && byte(index) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return text.empty() ? 0 : 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  if (first < 0xE0) return continues(1) ? 2 : 0;
  if (first < 0xF0) {
    const bool allowed = continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) &&
                         continues(2) && !(first == 0xEF && byte(1) == 0xBF && byte(2) > 0xBD);
    return allowed ? 3 : 0;
  }
  const bool allowed = continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) &&
                       continues(2) && continues(3);
  return allowed ? 4 : 0;
}

std::optional<Reference> read_reference(std::string_view text) {
  const std::size_t end = text.substr(0, longest_reference).find(';');
  if (end == std::string_view::npos || text.front() != '&') return std::nullopt;
  const std::string_view inside = text.substr(1, end - 1);
  const std::optional<char32_t> character =
      inside.starts_with('#') ? numbered(inside.substr(1)) : named(inside);
  if (!character) return std::nullopt;
  return Reference{end + 1, *character};
}

bool append_value(std::string& to, std::string_view raw) {
  while (!raw.empty()) {
    const std::size_t same = std::min(raw.find_first_of("&\t\r\n"), raw.size());
    to += raw.substr(0, same);
    raw.remove_prefix(same);
    if (raw.empty()) break;
    if (raw.front() == '&') {
      const std::optional<Reference> reference = read_reference(raw);
      if (!reference) return false;
      to += encode_utf8(reference->character);
      raw.remove_prefix(reference->size);
    } else {
      // The two bytes of a line end are one character.
      raw.remove_prefix(raw.starts_with("\r\n") ? 2 : 1);
      to += ' ';
    }
  }
  return true;
}

}  // namespace gemba::inline eventlog::xml
