#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The characters of XML 1.0 as far as the scanner of logs judges them: names are ASCII.
namespace gemba::inline eventlog::xml {

/// So many bytes behind the end of a text must be readable for `find_special`.
inline constexpr std::size_t padding = 16;

/// What a byte is good for; more than one of these may be.
enum Kind : std::uint8_t { space = 1, name_start = 2, name_character = 4, plain = 8 };

constexpr std::uint8_t kind_of(unsigned c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  const bool digit = (c >= '0' && c <= '9') || c == '-' || c == '.';
  std::uint8_t kind = 0;
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') kind |= space;
  if (letter) kind |= name_start;
  if (letter || digit) kind |= name_character;
  if (c >= 0x20 && c < 0x80 && c != '<' && c != '&') kind |= plain;
  return kind;
}

inline constexpr std::array<std::uint8_t, 256> kinds = [] {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c < table.size(); ++c) table[c] = kind_of(c);
  return table;
}();

inline bool is(char c, Kind kind) { return (kinds[static_cast<unsigned char>(c)] & kind) != 0; }
inline bool is_space(char c) { return is(c, space); }
inline bool is_name_start(char c) { return is(c, name_start); }
inline bool is_name_character(char c) { return is(c, name_character); }

/// The first byte from `at` on that is `wanted`, `<`, `&`, a control character (white space other
/// than the blank included) or no ASCII. There must be one, such as a NUL at the end.
const char* find_special(const char* at, char wanted);

/// The same byte by byte, for machines without SSE2 and as the measure of the other in tests.
const char* find_special_portable(const char* at, char wanted);

/// Length of the character of UTF-8 that `text` begins with; 0 when it is none or not allowed in
/// XML (section 2.2). Control characters are not looked for.
std::size_t utf8_length(std::string_view text);

/// A reference to a character or to a predefined entity (sections 4.1 and 4.6).
struct Reference {
  std::size_t size = 0;  ///< bytes from `&` to `;`
  char32_t character = 0;
};

/// No reference is taken for one beyond this length.
inline constexpr std::size_t longest_reference = 12;

/// Reads the reference that `text` begins with; none when it is no good one.
std::optional<Reference> read_reference(std::string_view text);

/// Appends the value of an attribute that stands as `raw` between its quotes, or says that it holds
/// a reference that cannot be read.
bool append_value(std::string& to, std::string_view raw);

}  // namespace gemba::inline eventlog::xml
