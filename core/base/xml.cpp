#include "core/base/xml.h"

#include <fmt/format.h>

#include <cstdint>

#include "core/base/text.h"
#include "core/base/unsafe.h"

namespace gemba::inline base {
namespace {

/// Without the controls that XML advises against.
bool is_xml(char32_t c) {
  return (!is_control(c) || c == U'\t' || c == U'\n' || c == U'\r') && c != 0xFFFE && c != 0xFFFF;
}

bool is_markup(char32_t c) {
  return std::u32string_view(U"&<>\"'").find(c) != std::u32string_view::npos;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string safe;
  for (const char32_t c : decode_utf8(valid_utf8(text))) {
    if (!is_xml(c))
      safe += encode_utf8(0xFFFD);
    else if (is_markup(c) || is_unsafe(c))
      safe += fmt::format("&#{};", static_cast<std::uint32_t>(c));
    else
      safe += encode_utf8(c);
  }
  return safe;
}

}  // namespace gemba::inline base
