#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline eventlog {

/// By first or last byte: whether a text may begin or end with a blank. Most do not, and it costs
/// one look to know.
struct BlankBytes {
  std::array<bool, 256> first{}, last{};

  constexpr BlankBytes() {
    for (const unsigned blank : {9U, 10U, 11U, 12U, 13U, 32U}) first[blank] = last[blank] = true;
    // NBSP, the blanks from U+2000 on, U+3000 and the byte order mark in UTF-8.
    for (const unsigned lead : {0xC2U, 0xE2U, 0xE3U, 0xEFU}) first[lead] = true;
    for (unsigned byte = 0x80; byte <= 0x8F; ++byte) last[byte] = true;
    for (const unsigned byte : {0x9FU, 0xA0U, 0xAFU, 0xBFU}) last[byte] = true;
  }
};
inline constexpr BlankBytes blank_bytes;

/// A text without the blanks of any kind at its ends: white space, NBSP, U+3000 and the like.
std::string_view without_blanks(std::string_view text);

/// The same; quick for a text that has none.
inline std::string_view cut_blanks(std::string_view text) {
  if (text.empty() || (!blank_bytes.first[static_cast<unsigned char>(text.front())] &&
                       !blank_bytes.last[static_cast<unsigned char>(text.back())]))
    return text;
  return without_blanks(text);
}

/// Words that stand for a value that is missing.
class MissingWords {
 public:
  explicit MissingWords(const std::vector<std::string>& words);

  bool has(std::string_view text) const {
    if (text.empty() || text.size() > longest_ || !first_[static_cast<unsigned char>(text.front())])
      return false;
    return is_one(text);
  }

 private:
  bool is_one(std::string_view text) const;

  std::vector<std::string> words_;
  std::size_t longest_ = 0;
  std::array<bool, 256> first_{};  ///< by first byte
};

/// Those that exports of spreadsheets, databases and programs write, unless `[log] missing` names
/// others.
const std::vector<std::string>& usual_missing_words();

}  // namespace gemba::inline eventlog
