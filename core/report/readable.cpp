#include "core/report/readable.h"

#include <algorithm>

#include "core/base/text.h"

namespace gemba::inline report {

std::string readable_line(std::string_view text) {
  std::string line;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    line += printable(rest.substr(0, end));
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of("\r\n"), rest.size()));
    if (!rest.empty()) line += ' ';
  }
  return line;
}

std::string readable_lines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\t\n"), text.size());
    std::string_view piece = text.substr(0, end);
    std::string_view kept = text.substr(end, 1);
    if (kept == "\n" && piece.ends_with('\r')) {
      piece.remove_suffix(1);
      kept = "\r\n";
    }
    lines += printable(piece);
    lines += kept;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string readable_message(std::string_view text) {
  constexpr std::string_view indent = "  ";
  std::string message = readable_lines(text);
  for (std::size_t at = 0; (at = message.find('\n', at)) != std::string::npos;) {
    ++at;
    if (std::string_view(message).substr(at).starts_with(indent)) continue;
    message.insert(at, indent);
  }
  return message;
}

}  // namespace gemba::inline report
