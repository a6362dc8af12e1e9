#include "core/base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/unsafe.h"

namespace gemba::inline base {
namespace {

constexpr char32_t ellipsis = U'…';

/// Decodes the code point that begins at `at`; the text is valid UTF-8. Advances `at`.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  utf8proc_int32_t code_point = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto used =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
  if (used <= 0) {
    ++at;
    return U'\uFFFD';
  }
  at += static_cast<std::size_t>(used);
  return static_cast<char32_t>(code_point);
}

std::size_t width_of(char32_t code_point) {
  return static_cast<std::size_t>(
      std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point))));
}

bool is_plain(char c) { return c >= ' ' && c <= '~'; }

/// Closing punctuation must not begin a line.
bool is_closing(char32_t c) {
  return std::u32string_view(U",.;:!?)]}、。,；：！？）】》”’…%").find(c) !=
         std::u32string_view::npos;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t code_point = 0;
    const auto used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (used <= 0) return at;
    at += static_cast<std::size_t>(used);
  }
  return std::nullopt;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (const std::optional<std::size_t> bad = find_invalid_utf8(text)) {
    valid += text.substr(0, *bad);
    valid += encode_utf8(0xFFFD);
    text.remove_prefix(*bad + 1);
  }
  return valid += text;
}

std::u32string decode_utf8(std::string_view text) {
  std::u32string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) decoded.push_back(next_code_point(text, at));
  return decoded;
}

std::string encode_utf8(char32_t code_point) {
  utf8proc_uint8_t bytes[4];
  const auto used = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(used)};
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(next_code_point(text, at));
  return width;
}

std::string truncate_to_width(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t width = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    width += width_of(next_code_point(text, next));
    if (width > columns - 1) break;
    at = next;
  }
  return std::string(text.substr(0, at)) + encode_utf8(ellipsis);
}

std::vector<std::string> wrap_to_width(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::u32string line;
  std::size_t width = 0;
  std::size_t break_at = 0;  // code points of `line` before the last place where it may be broken
  const auto flush = [&](std::size_t count) {
    std::string encoded;
    std::u32string head = line.substr(0, count);
    while (!head.empty() && head.back() == U' ') head.pop_back();
    for (const char32_t c : head) encoded += encode_utf8(c);
    lines.push_back(std::move(encoded));
    line.erase(0, count);
    while (!line.empty() && line.front() == U' ') line.erase(0, 1);
    width = 0;
    for (const char32_t c : line) width += width_of(c);
    break_at = 0;
  };
  for (const char32_t c : decode_utf8(text)) {
    if (c == U'\n') {
      flush(line.size());
      continue;
    }
    const bool wide = width_of(c) == 2;
    const bool after_wide = !line.empty() && width_of(line.back()) == 2;
    if ((wide || after_wide || c == U' ') && !is_closing(c)) break_at = line.size();
    if (width + width_of(c) > columns && !line.empty() && c != U' ') {
      flush(break_at > 0 ? break_at : line.size());
    }
    if (c == U' ' && line.empty()) continue;
    line.push_back(c);
    width += width_of(c);
    if (c == U' ') break_at = line.size();
  }
  if (!line.empty() || lines.empty()) flush(line.size());
  return lines;
}

std::string printable(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (is_plain(text[at])) {
      shown += text[at++];
      continue;
    }
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == U'\t') {
      shown += ' ';
    } else if (c == U'\uFFFD' && at == begin + 1) {
      shown += encode_utf8(c);
    } else if (is_unsafe(c)) {
      shown += fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c));
    } else {
      shown += text.substr(begin, at - begin);
    }
  }
  return shown;
}

std::string clean_text(std::string_view text) {
  std::string clean;
  bool space = false;
  for (const char32_t c : decode_utf8(valid_utf8(text))) {
    if (c == U' ' || c == U'\n' || c == U'\t' || c == U'\r') {
      space = true;
    } else if (!is_unsafe(c)) {
      if (space && !clean.empty()) clean += ' ';
      space = false;
      clean += encode_utf8(c);
    }
  }
  return clean;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = std::min(text.find_first_not_of(white), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(white) + 1);
}

void add_item(std::string& list, std::string_view item, std::string_view between) {
  if (!list.empty()) list += between;
  list += item;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return counted(static_cast<std::int64_t>(count), one, many);
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

bool glob_match(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  if (pattern.starts_with("**")) {
    std::string_view rest = pattern.substr(2);
    // `**/x` also matches `x` itself: no folder at all.
    if (rest.starts_with('/') && glob_match(rest.substr(1), name)) return true;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      if (glob_match(rest, name.substr(i))) return true;
    }
    return false;
  }
  if (pattern.front() == '*') {
    for (std::size_t i = 0; i <= name.size(); ++i) {
      if (glob_match(pattern.substr(1), name.substr(i))) return true;
      if (i < name.size() && name[i] == '/') break;
    }
    return false;
  }
  if (name.empty()) return false;
  const bool one = pattern.front() == '?' ? name.front() != '/' : pattern.front() == name.front();
  return one && glob_match(pattern.substr(1), name.substr(1));
}

}  // namespace gemba::inline base
