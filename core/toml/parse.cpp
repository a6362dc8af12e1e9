#include <toml++/toml.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/toml/guard.h"
#include "core/toml/node.h"
#include "core/toml/syntax.h"

namespace gemba::inline toml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Turns the library's tree into nodes.
struct Converter {
  SourceId source;
  bool has_mark;
  std::pmr::memory_resource* memory;

  /// The library does not count a byte order mark as a column of the first line; spans do.
  Position position(const ::toml::source_position& at) const {
    return {at.line, at.column + (has_mark && at.line == 1 ? 1U : 0U)};
  }

  SourceSpan span(const ::toml::source_region& region) const {
    return {source, position(region.begin), position(region.end)};
  }

  Node convert(const ::toml::node& from, int depth) const {
    Node to(memory);
    to.span = span(from.source());
    switch (from.type()) {
      case ::toml::node_type::table:
        add_members(*from.as_table(), depth, to);
        break;
      case ::toml::node_type::array:
        add_elements(*from.as_array(), depth, to);
        break;
      default:
        set_scalar(from, to);
        break;
    }
    return to;
  }

  static void set_scalar(const ::toml::node& from, Node& to) {
    if (const auto* text = from.as_string()) {
      to.kind = Node::Kind::text;
      to.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
      to.kind = Node::Kind::number;
      to.number = static_cast<double>(integer->get());
    } else if (const auto* number = from.as_floating_point()) {
      to.kind = Node::Kind::number;
      to.number = number->get();
    } else if (const auto* truth = from.as_boolean()) {
      to.kind = Node::Kind::truth;
      to.truth = truth->get();
    } else if (const auto* date = from.as_date()) {
      to.kind = Node::Kind::date;
      to.date = {date->get().year, date->get().month, date->get().day};
    } else {
      to.kind = Node::Kind::time;
    }
  }

  void add_members(const ::toml::table& from, int depth, Node& to) const {
    to.kind = Node::Kind::table;
    if (depth == 0) return;
    to.items.reserve(from.size());
    for (auto&& [key, value] : from) {
      Node item = convert(value, depth - 1);
      item.key = key.str();
      item.key_span = span(key.source());
      to.items.push_back(std::move(item));
    }
    // The library sorts members by name; people read them in the order in which they wrote them.
    std::sort(to.items.begin(), to.items.end(),
              [](const Node& a, const Node& b) { return a.key_span.begin < b.key_span.begin; });
  }

  void add_elements(const ::toml::array& from, int depth, Node& to) const {
    to.kind = Node::Kind::list;
    if (depth == 0) return;
    to.items.reserve(from.size());
    for (const ::toml::node& element : from) to.items.push_back(convert(element, depth - 1));
  }
};

}  // namespace

std::optional<Tree> parse_text(const Sources& sources, SourceId source, Diagnostics& found) {
  const Source& text = sources[source];
  if (auto absurd = find_unreadable(text, source)) {
    found.push_back(std::move(*absurd));
    return std::nullopt;
  }
  // Nodes are many and small, live together and end together.
  constexpr std::size_t bytes_per_byte = 8;
  auto memory =
      std::make_unique<std::pmr::monotonic_buffer_resource>(text.text.size() * bytes_per_byte);
  const Converter converter{source, text.text.starts_with(byte_order_mark), memory.get()};
  try {
    auto table = std::make_unique<const ::toml::table>(::toml::parse(std::string_view(text.text)));
    Node root = converter.convert(*table, max_depth);
    const auto end = [](const void* of) { delete static_cast<const ::toml::table*>(of); };
    return Tree{std::move(memory), {table.release(), end}, std::move(root)};
  } catch (const ::toml::parse_error& error) {
    const Position at = converter.position(error.source().begin);
    found.push_back(explain_syntax_error(text, source, error.description(), at));
    return std::nullopt;
  }
}

}  // namespace gemba::inline toml
