#include "core/base/xml.h"

#include <fmt/format.h>

#include <cstdint>

#include "core/base/text.h"

namespace gemba::inline base {
namespace {

bool is_xml(char32_t c) {
  return (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') && c != 0xFFFE && c != 0xFFFF;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string safe;
  for (const char32_t c : decode_utf8(valid_utf8(text))) {
    if (!is_xml(c))
      safe += encode_utf8(0xFFFD);
    else if (std::u32string_view(U"&<>\"'\t\n\r").find(c) != std::u32string_view::npos)
      safe += fmt::format("&#{};", static_cast<std::uint32_t>(c));
    else
      safe += encode_utf8(c);
  }
  return safe;
}

}  // namespace gemba::inline base
