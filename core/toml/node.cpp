#include "core/toml/node.h"

#include <algorithm>

namespace gemba::toml_text {
namespace {
bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }
}  // namespace

const Node* member(const Node& table, std::string_view key) {
  const Node* misspelt = nullptr;
  for (const Node& item : table.items) {
    if (item.key == key) return &item;
    if (item.meant == key) misspelt = &item;
  }
  return misspelt;
}

Position position_at(const Source& source, std::size_t offset) {
  const auto& starts = source.line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  std::uint32_t column = 1;
  for (std::size_t at = starts[line - 1]; at < offset && at < source.text.size(); ++at) {
    if (begins_code_point(source.text[at])) ++column;
  }
  return {line, column};
}

std::size_t offset_of(const Source& source, Position position) {
  if (position.line == 0 || position.line > source.line_starts.size()) return source.text.size();
  std::size_t at = source.line_starts[position.line - 1];
  std::uint32_t column = 1;
  while (at < source.text.size() && source.text[at] != '\n' && column < position.column) {
    ++at;
    while (at < source.text.size() && !begins_code_point(source.text[at])) ++at;
    ++column;
  }
  return at;
}

}  // namespace gemba::toml_text
