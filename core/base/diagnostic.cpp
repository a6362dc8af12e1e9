#include "core/base/diagnostic.h"

namespace gemba::inline base {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::off:
      return "off";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      break;
  }
  return "error";
}

std::optional<Level> parse_level(std::string_view text) {
  for (const Level level : {Level::off, Level::info, Level::warning, Level::error}) {
    if (text == to_string(level)) return level;
  }
  return std::nullopt;
}

}  // namespace gemba::inline base
