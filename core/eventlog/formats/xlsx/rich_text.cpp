#include "core/eventlog/formats/xlsx/rich_text.h"

#include <charconv>

#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::size_t escape_size = 7;  // `_x000D_`

/// The unit of UTF-16 that an escape at the beginning of `text` stands for, or none.
std::optional<char32_t> escaped_unit(std::string_view text) {
  if (text.size() < escape_size || !text.starts_with("_x") || text[escape_size - 1] != '_')
    return std::nullopt;
  const char* const end = text.data() + escape_size - 1;
  std::uint32_t unit = 0;
  if (std::from_chars(text.data() + 2, end, unit, 16).ptr != end) return std::nullopt;
  return unit;
}

bool is_high(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string_view without_white_space(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(white);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

}  // namespace

void decode_xstring(std::string& text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return;
  std::string decoded = text.substr(0, at);
  const std::string_view all = text;
  while (at < all.size()) {
    const std::optional<char32_t> unit = escaped_unit(all.substr(at));
    if (!unit) {
      decoded += all[at++];
      continue;
    }
    at += escape_size;
    const std::optional<char32_t> low =
        is_high(*unit) ? escaped_unit(all.substr(at)) : std::nullopt;
    if (low && is_low(*low)) {
      decoded += encode_utf8(0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
      at += escape_size;
    } else {
      decoded += encode_utf8(is_high(*unit) || is_low(*unit) ? 0xFFFD : *unit);
    }
  }
  text = std::move(decoded);
}

std::string_view XmlText::end() {
  if (!preserve_) {
    const std::string_view bare = without_white_space(text_);
    if (bare.size() != text_.size()) text_ = std::string(bare);
  }
  decode_xstring(text_);
  return text_;
}

void RichText::open(std::string_view name, XmlAttributes attributes) {
  ++depth_;
  if (passed_over_ == 0 && name == "t") {
    run_.begin(attributes, preserve_);
    in_text_ = true;
  } else if (passed_over_ > 0 || name != "r") {
    ++passed_over_;
  }
}

bool RichText::close() {
  if (depth_ == 0) return false;
  --depth_;
  if (passed_over_ > 0) {
    --passed_over_;
  } else if (in_text_) {
    text_ += run_.end();
    in_text_ = false;
  }
  return true;
}

}  // namespace gemba::inline eventlog
