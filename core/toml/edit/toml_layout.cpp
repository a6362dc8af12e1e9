#include "core/toml/edit/toml_layout.h"

#include <algorithm>

namespace gemba::inline toml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Walks over a text. Never beyond its end, whatever it holds.
struct Walk {
  std::string_view text;
  std::size_t at = 0;

  bool done() const { return at >= text.size(); }
  char here() const { return done() ? '\0' : text[at]; }
  bool sees(std::string_view words) const { return text.substr(at).starts_with(words); }
  bool sees_one_of(std::string_view set) const {
    return !done() && set.find(text[at]) != std::string_view::npos;
  }

  void skip(std::string_view set) {
    while (sees_one_of(set)) ++at;
  }
  void skip_until(std::string_view set) { at = std::min(text.find_first_of(set, at), text.size()); }
  void skip_space_and_comments() {
    for (skip(" \t\r\n"); here() == '#'; skip(" \t\r\n")) skip_until("\n");
  }

  void skip_string() {
    const char quote = here();
    const std::string three(3, quote);
    const bool many_lines = sees(three);
    const std::string_view close =
        many_lines ? std::string_view(three) : std::string_view(three).substr(2);
    at += close.size();
    while (!done() && !sees(close)) at += quote == '"' && here() == '\\' ? 2 : 1;
    at = std::min(at + close.size(), text.size());
    // Up to two more quotes in front of the closing ones belong to the string.
    for (int i = 0; many_lines && i < 2 && here() == quote; ++i) ++at;
  }

  void skip_value() {
    std::size_t open = 0;
    do {
      if (open > 0) skip_space_and_comments();
      if (done()) return;
      if (sees_one_of("\"'")) {
        skip_string();
      } else if (sees_one_of("[{")) {
        ++open;
        ++at;
      } else if (open > 0 && sees_one_of("]}")) {
        --open;
        ++at;
      } else if (open > 0) {
        ++at;
      } else {
        skip_bare();
      }
    } while (open > 0 && !done());
  }

  /// A number, date or word. Dates may have a space inside.
  void skip_bare() {
    const std::size_t begin = at;
    skip_until(",]}#\n");
    while (at > begin && std::string_view(" \t\r").find(text[at - 1]) != std::string_view::npos)
      --at;
  }

  /// Dotted keys; empty when there is none.
  std::vector<WrittenKey> keys() {
    std::vector<WrittenKey> found;
    do {
      if (here() == '.') ++at;
      skip(" \t");
      WrittenKey key{at, at, {}};
      const bool quoted = sees_one_of("\"'");
      if (quoted) {
        skip_string();
      } else {
        skip_until(" \t\r\n.=[]{}#\"',");
      }
      key.end = at;
      if (key.end < key.begin + (quoted ? 2U : 1U)) return {};
      key.text = text.substr(key.begin, key.end - key.begin);
      if (quoted) key.text = key.text.substr(1, key.text.size() - 2);
      found.push_back(std::move(key));
      skip(" \t");
    } while (here() == '.');
    return found;
  }

  std::optional<Statement> header() {
    Statement statement;
    statement.begin = at;
    statement.kind = sees("[[") ? Statement::Kind::array : Statement::Kind::table;
    const std::string_view close = statement.kind == Statement::Kind::array ? "]]" : "]";
    at += close.size();
    statement.keys = keys();
    if (statement.keys.empty() || !sees(close)) return std::nullopt;
    statement.end = at += close.size();
    return statement;
  }

  std::optional<Statement> pair() {
    Statement statement;
    statement.begin = at;
    statement.keys = keys();
    if (statement.keys.empty() || here() != '=') return std::nullopt;
    ++at;
    skip(" \t");
    statement.value = at;
    skip_value();
    statement.end = at;
    return statement;
  }
};

bool begins_with(const std::vector<const WrittenKey*>& path,
                 const std::vector<const WrittenKey*>& beginning, std::size_t count) {
  if (path.size() < count || beginning.size() < count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (path[i]->text != beginning[i]->text) return false;
  }
  return true;
}

bool is_bare_key(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

bool needs_escapes(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) {
    return c == '"' || c == '\'' || c == '\\' || c == 0x7F || static_cast<unsigned char>(c) < 0x20;
  });
}

}  // namespace

TomlLayout::TomlLayout(std::string_view text) {
  Walk walk{text, text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0};
  std::size_t header = Statement::none;
  for (walk.skip_space_and_comments(); !walk.done(); walk.skip_space_and_comments()) {
    auto statement = walk.here() == '[' ? walk.header() : walk.pair();
    if (!statement) return;
    if (statement->kind == Statement::Kind::pair) {
      statement->header = header;
    } else {
      header = statements.size();
    }
    statements.push_back(std::move(*statement));
  }
}

std::vector<const WrittenKey*> TomlLayout::path(std::size_t statement) const {
  std::vector<const WrittenKey*> keys;
  const std::size_t header = statements[statement].header;
  if (header != Statement::none) {
    for (const WrittenKey& key : statements[header].keys) keys.push_back(&key);
  }
  for (const WrittenKey& key : statements[statement].keys) keys.push_back(&key);
  return keys;
}

std::optional<std::size_t> TomlLayout::statement_at(std::size_t offset) const {
  const auto after = std::upper_bound(
      statements.begin(), statements.end(), offset,
      [](std::size_t place, const Statement& statement) { return place < statement.begin; });
  if (after == statements.begin() || offset >= std::prev(after)->end) return std::nullopt;
  return static_cast<std::size_t>(after - statements.begin()) - 1;
}

std::vector<WrittenKey> TomlLayout::places_of_key(std::size_t offset) const {
  const auto own = statement_at(offset);
  if (!own) return {};
  const auto wanted = path(*own);
  std::size_t depth = 0;
  while (depth < wanted.size() && !(wanted[depth]->begin <= offset && offset < wanted[depth]->end))
    ++depth;
  if (depth == wanted.size()) return {};
  // A `[[x]]` above the key begins another table.
  const auto parts = [&](std::size_t i) {
    const Statement& each = statements[i];
    return each.kind == Statement::Kind::array && each.keys.size() <= depth &&
           begins_with(path(i), wanted, each.keys.size());
  };
  std::size_t first = *own;
  while (first > 0 && !parts(first)) --first;
  std::vector<WrittenKey> places;
  for (std::size_t i = first; i < statements.size() && (i <= *own || !parts(i)); ++i) {
    const auto each = path(i);
    const bool is_written_here = each.size() - statements[i].keys.size() <= depth;
    if (is_written_here && begins_with(each, wanted, depth + 1)) places.push_back(*each[depth]);
  }
  return places;
}

std::vector<WrittenItem> written_items(std::string_view text, std::size_t begin) {
  std::vector<WrittenItem> items;
  Walk walk{text, begin + 1};
  for (walk.skip_space_and_comments(); !walk.done() && walk.here() != ']';
       walk.skip_space_and_comments()) {
    WrittenItem item;
    item.begin = walk.at;
    walk.skip_value();
    item.end = walk.at;
    if (item.end == item.begin) return {};
    walk.skip_space_and_comments();
    if (walk.here() == ',') item.comma = walk.at++;
    items.push_back(item);
  }
  return items;
}

std::optional<std::string> respelled(std::string_view written, std::string_view before,
                                     std::string_view word) {
  if (written == before) {
    if (!is_bare_key(written) || !is_bare_key(word)) return std::nullopt;
    return std::string(word);
  }
  if (written.size() < 2 || needs_escapes(word) || needs_escapes(before)) return std::nullopt;
  const std::string quote(1, written.front());
  if ((quote != "\"" && quote != "'") || written != quote + std::string(before) + quote) {
    return std::nullopt;
  }
  return quote + std::string(word) + quote;
}

}  // namespace gemba::inline toml
