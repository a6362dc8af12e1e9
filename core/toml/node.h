#pragma once
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/model/definitions.h"

namespace gemba::inline toml {

/// A value of a TOML text, free of any library's types. The members of a table stand in the order
/// in which they were written. Valid as long as its `Tree`.
struct Node {
  enum class Kind : std::uint8_t { text, number, truth, date, time, list, table };

  Kind kind = Kind::table;
  bool truth = false;
  double number = 0;       ///< integers too
  std::string_view text;   ///< of a text
  Date date;               ///< of a local date
  std::string_view key;    ///< of a table's member
  std::string_view meant;  ///< of a member under a misspelt key: the key that was probably meant
  SourceSpan key_span;     ///< of a table's member: the key (its last part when it is dotted)
  SourceSpan span;  ///< the value with its quotes or brackets; of `[x]` and `[[x]]` the header
  std::pmr::vector<Node> items;  ///< of lists and tables

  explicit Node(std::pmr::memory_resource* memory) : items(memory) {}
};

/// A whole TOML text, and what its values point to.
struct Tree {
  std::unique_ptr<std::pmr::memory_resource> memory;
  std::unique_ptr<const void, void (*)(const void*)> texts;
  Node root;
};

/// Deeper values are not read: no document nests deeper, and what is there is reported as unknown
/// further up.
inline constexpr int max_depth = 24;

/// Reads a TOML text. What is wrong goes to `found` as S001, or S005 for a definition written
/// twice; none then.
std::optional<Tree> parse_text(const Sources& sources, SourceId source, Diagnostics& found);

/// The member of a table under a key, else the one under a misspelling of it, or null.
const Node* member(const Node& table, std::string_view key);

}  // namespace gemba::inline toml
