#include "core/eventlog/bytes/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

struct Mark {
  std::string_view bytes;
  const char* encoding;
};

// The mark of UTF-32 begins like that of UTF-16.
constexpr Mark marks[] = {{"\xEF\xBB\xBF", "UTF-8"},
                          {{"\xFF\xFE\0\0", 4}, "UTF-32LE"},
                          {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                          {"\xFF\xFE", "UTF-16LE"},
                          {"\xFE\xFF", "UTF-16BE"}};

struct Name {
  const char* key;  ///< in lower case, without anything but letters and digits
  const char* name;
};

constexpr Name common_names[] = {{"utf8", "UTF-8"},
                                 {"gb18030", "GB18030"},
                                 {"gbk", "GB18030"},
                                 {"gb2312", "GB18030"},
                                 {"cp936", "GB18030"},
                                 {"ms936", "GB18030"},
                                 {"windows936", "GB18030"},
                                 {"euccn", "GB18030"},
                                 {"utf16", "UTF-16"},
                                 {"utf16le", "UTF-16LE"},
                                 {"utf16be", "UTF-16BE"},
                                 {"utf32", "UTF-32"},
                                 {"utf32le", "UTF-32LE"},
                                 {"utf32be", "UTF-32BE"},
                                 {"big5", "Big5"},
                                 {"big5hkscs", "Big5-HKSCS"},
                                 {"windows1252", "windows-1252"},
                                 {"cp1252", "windows-1252"},
                                 {"windows1251", "windows-1251"},
                                 {"windows1250", "windows-1250"},
                                 {"iso88591", "ISO-8859-1"},
                                 {"latin1", "ISO-8859-1"},
                                 {"iso885915", "ISO-8859-15"},
                                 {"shiftjis", "Shift_JIS"},
                                 {"eucjp", "EUC-JP"},
                                 {"euckr", "EUC-KR"},
                                 {"koi8r", "KOI8-R"}};

std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : ascii_lower(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  }
  return key;
}

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

/// What the two-byte units of a text are.
struct Units {
  std::size_t letters = 0;  ///< ASCII
  std::size_t wrong = 0;    ///< control characters that no text has
  std::size_t all = 0;
};

Units count_units(std::string_view text, std::size_t high, std::size_t low) {
  Units units;
  for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
    ++units.all;
    if (byte_at(text, at + high) != 0) continue;
    const std::uint8_t c = byte_at(text, at + low);
    if (c >= ' ' || (c >= '\t' && c <= '\r')) {
      ++units.letters;
    } else {
      ++units.wrong;
    }
  }
  return units;
}

// Even a log in Chinese has separators, line ends and digits, a quarter of it by far.
bool is_unmarked_utf16(std::string_view text, std::size_t high, std::size_t low) {
  const Units units = count_units(text, high, low);
  return units.wrong == 0 && units.letters >= 2 && units.letters * 4 >= units.all;
}

std::string detect_by_declaration(std::string_view head) {
  const std::string_view declared = declared_encoding(head);
  if (declared.empty()) return {};
  std::string name = canonical_encoding(declared);
  return bytes_per_unit(name) == 1 ? name : std::string();
}

bool looks_like_utf8(std::string_view text, bool is_whole) {
  constexpr std::size_t longest_character = 4;
  std::size_t good = 0;
  std::size_t damaged = 0;
  while (!text.empty()) {
    const std::optional<std::size_t> invalid = find_invalid_utf8(text);
    const std::string_view valid = text.substr(0, invalid.value_or(text.size()));
    good += static_cast<std::size_t>(std::count_if(valid.begin(), valid.end(), [](char c) {
      return (static_cast<std::uint8_t>(c) & 0xC0U) == 0xC0;
    }));
    if (!invalid) break;
    text.remove_prefix(*invalid);
    const bool may_be_cut = !is_whole && text.size() < longest_character &&
                            std::all_of(text.begin() + 1, text.end(), [](char c) {
                              return (static_cast<std::uint8_t>(c) & 0xC0U) == 0x80;
                            });
    if (may_be_cut && byte_at(text, 0) >= 0xC2) break;
    ++damaged;
    text.remove_prefix(1);
  }
  constexpr std::size_t enough = 4;
  return good >= damaged * enough;
}

/// What the bytes above 0x7F are when they are taken for GB18030.
struct Pairs {
  std::size_t everyday = 0;  ///< full-width signs and the 3,755 characters of GB2312's first level
  std::size_t others = 0;
  std::size_t wrong = 0;  ///< no character
  std::bitset<0x10000> kinds;
  std::size_t many_kinds = 0;  ///< different everyday characters
  std::size_t high_kinds = 0;  ///< those of them that no Korean syllable shares its bytes with
};

bool is_text_byte(std::uint8_t c) { return c >= ' ' || (c >= '\t' && c <= '\r'); }

// Length of the character that begins at `at` with a byte above 0x7F: 2, 4, 1 for none, 0 when it
// is cut off by the end.
std::size_t length_in_gb18030(std::string_view text, std::size_t at) {
  const auto is_lead = [](std::uint8_t c) { return c >= 0x81 && c <= 0xFE; };
  const auto is_digit = [](std::uint8_t c) { return c >= '0' && c <= '9'; };
  if (!is_lead(byte_at(text, at))) return 1;
  if (at + 1 == text.size()) return 0;
  const std::uint8_t second = byte_at(text, at + 1);
  if (second >= 0x40 && second != 0x7F && second != 0xFF) return 2;
  if (!is_digit(second)) return 1;
  if (at + 3 >= text.size()) return 0;
  return is_lead(byte_at(text, at + 2)) && is_digit(byte_at(text, at + 3)) ? 4 : 1;
}

void count_pair(Pairs& pairs, std::uint8_t first, std::uint8_t second) {
  const bool is_sign = first >= 0xA1 && first <= 0xA3;
  const bool is_character = first >= 0xB0 && first <= 0xD7;
  if (second < 0xA1 || !(is_sign || is_character)) {
    ++pairs.others;
    return;
  }
  ++pairs.everyday;
  const std::size_t kind = (std::size_t{first} << 8U) | second;
  if (!is_character || pairs.kinds.test(kind)) return;
  pairs.kinds.set(kind);
  ++pairs.many_kinds;
  constexpr std::uint8_t last_korean_syllable = 0xC8;
  if (first > last_korean_syllable) ++pairs.high_kinds;
}

bool looks_like_gb18030(std::string_view text, bool is_whole) {
  Pairs pairs;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint8_t first = byte_at(text, at);
    if (!is_text_byte(first)) return false;
    if (first < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = length_in_gb18030(text, at);
    if (length == 0 && !is_whole) break;
    if (length == 2) {
      count_pair(pairs, first, byte_at(text, at + 1));
    } else {
      ++(length == 4 ? pairs.others : pairs.wrong);
    }
    at += std::max<std::size_t>(length, 1);
  }
  constexpr std::size_t enough_kinds = 40;
  const bool is_korean = pairs.many_kinds >= enough_kinds && pairs.high_kinds == 0;
  return !is_korean && pairs.everyday > 0 && pairs.everyday >= pairs.others * 3 &&
         pairs.everyday >= pairs.wrong * 100;
}

}  // namespace

std::string detect_encoding(std::string_view head, bool is_whole) {
  for (const Mark& mark : marks) {
    if (head.starts_with(mark.bytes)) return mark.encoding;
  }
  std::string declared = detect_by_declaration(head);
  if (!declared.empty()) return declared;
  if (is_unmarked_utf16(head, 1, 0)) return "UTF-16LE";
  if (is_unmarked_utf16(head, 0, 1)) return "UTF-16BE";
  if (looks_like_utf8(head, is_whole)) return "UTF-8";
  return looks_like_gb18030(head, is_whole) ? "GB18030" : "";
}

std::string canonical_encoding(std::string_view name) {
  const std::string key = key_of(name);
  for (const Name& common : common_names) {
    if (key == common.key) return common.name;
  }
  return std::string(name);
}

std::string suggest_encoding(std::string_view name) {
  std::vector<std::string_view> names = {"GBK", "GB2312"};
  for (const Name& common : common_names) names.emplace_back(common.name);
  std::string suggestion = did_you_mean(name, names);
  return suggestion.empty() ? "; iconv -l lists those that are, GB18030 and windows-1252 are two"
                            : suggestion;
}

bool contradicts(std::string_view named, std::string_view told, std::string_view head) {
  if (told.empty() || told.starts_with(named)) return false;  // UTF-16LE is a UTF-16
  // Plain ASCII is told as UTF-8, and as good in most other encodings.
  return bytes_per_unit(named) != bytes_per_unit(told) ||
         std::any_of(head.begin(), head.end(), [](char c) { return (c & 0x80) != 0; });
}

std::string describe_misfit(std::string_view named, std::string_view told) {
  if (!named.empty()) {
    return fmt::format(
        "not text in '{}', the encoding that is named; {} with --encoding", named,
        told.empty() ? "name another one" : fmt::format("the file looks like {}: name that", told));
  }
  if (told == "UTF-8")
    return "not UTF-8 text; name the encoding of the file with --encoding, for example gb18030";
  return fmt::format("not text in {}, which the file looks like; name its encoding with --encoding",
                     told);
}

int bytes_per_unit(std::string_view canonical_name) {
  const std::string key = key_of(canonical_name);
  if (key.starts_with("utf16") || key.starts_with("ucs2") || key == "iso10646ucs2") return 2;
  const bool has_four = key.starts_with("utf32") || key.starts_with("ucs4") ||
                        key == "iso10646ucs4" || key == "wchart" || key == "internal";
  return has_four ? 4 : 1;
}

std::string_view declared_encoding(std::string_view text) {
  constexpr std::string_view begin = "<?xml";
  constexpr std::string_view key = "encoding";
  constexpr std::string_view space = " \t\r\n";
  if (!text.starts_with(begin)) return {};
  text = text.substr(0, text.find("?>"));
  const std::size_t found = text.find(key, begin.size());
  if (found == std::string_view::npos || space.find(text[found - 1]) == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(found + key.size());
  const auto skip_space = [&] {
    text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
  };
  skip_space();
  if (!text.starts_with('=')) return {};
  text.remove_prefix(1);
  skip_space();
  if (!text.starts_with('"') && !text.starts_with('\'')) return {};
  const std::size_t close = text.find(text.front(), 1);
  return close == std::string_view::npos ? std::string_view() : text.substr(1, close - 1);
}

}  // namespace gemba::inline eventlog
