#include "core/toml/node.h"

namespace gemba::inline toml {
const Node* member(const Node& table, std::string_view key) {
  const Node* misspelt = nullptr;
  for (const Node& item : table.items) {
    if (item.key == key) return &item;
    if (item.meant == key) misspelt = &item;
  }
  return misspelt;
}

}  // namespace gemba::inline toml
