#include "core/base/narrow.h"

namespace gemba::inline base {

std::string narrowed(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
    };
    char narrow = text.front();
    std::size_t size = 1;
    if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x81 && byte(2) <= 0xBF) {
      narrow = static_cast<char>(byte(2) - 0x60);
      size = 3;
    } else if (byte(0) == 0xEF && byte(1) == 0xBD && byte(2) >= 0x80 && byte(2) <= 0x9E) {
      narrow = static_cast<char>(byte(2) - 0x20);
      size = 3;
    } else if (text.starts_with("\u3000")) {
      narrow = ' ';
      size = 3;
    }
    result += narrow;
    text.remove_prefix(size);
  }
  return result;
}

}  // namespace gemba::inline base
