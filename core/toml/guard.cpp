#include "core/toml/guard.h"

#include <fmt/format.h>

#include <unordered_set>
#include <vector>

#include "core/base/text.h"
#include "core/toml/node.h"

namespace gemba::inline toml {
namespace {

constexpr std::size_t max_nesting = 100;
constexpr std::size_t max_dots = 50;
// The library looks through a list of all of these for each of them.
constexpr std::size_t max_scattered = 30'000;

Diagnostic fault(const Source& source, SourceId id, std::size_t begin, std::size_t end,
                 std::string message) {
  Diagnostic diagnostic;
  diagnostic.code = "S001";
  diagnostic.message = std::move(message);
  diagnostic.span = {id, position_at(source, begin), position_at(source, end)};
  return diagnostic;
}

bool looks_like_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 4 && ((text[0] == 0 && text[2] == 0) || (text[1] == 0 && text[3] == 0));
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

std::optional<Diagnostic> find_foreign_bytes(const Source& source, SourceId id) {
  const std::string_view text = source.text;
  if (looks_like_utf16(text)) {
    return fault(source, id, 0, 0, "this text is UTF-16; save it as UTF-8");
  }
  if (const auto at = find_invalid_utf8(text)) {
    Diagnostic diagnostic =
        fault(source, id, *at, *at,
              fmt::format("byte 0x{:02X} is not UTF-8; save the file as UTF-8 (it may be in GBK or "
                          "another old encoding)",
                          static_cast<unsigned char>(text[*at])));
    ++diagnostic.span.end.column;
    return diagnostic;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_control(text[at])) continue;
    return fault(source, id, at, at + 1,
                 fmt::format("control character U+{:04X} may not stand in a document",
                             static_cast<unsigned char>(text[at])));
  }
  return std::nullopt;
}

/// Follows strings, comments, brackets and keys, and nothing else of the grammar.
struct Scanner {
  const Source& source;
  SourceId id;
  std::string_view text;
  std::size_t at = 0;
  std::vector<std::size_t> open = {};  ///< offsets of the brackets that are open
  bool in_key = true;
  bool in_header = false;
  std::size_t key_begin = 0;
  std::size_t first_dot = 0;
  std::size_t dots = 0;
  std::size_t scattered = 0;
  std::unordered_set<std::string_view> header_roots = {};

  std::optional<Diagnostic> found(std::size_t begin, std::size_t end, std::string message) const {
    return fault(source, id, begin, end, std::move(message));
  }

  void begin_key() {
    in_key = true;
    dots = 0;
    key_begin = at;
  }

  std::optional<Diagnostic> skip_string() {
    const char quote = text[at];
    const std::size_t begin = at;
    const std::string_view triple = quote == '"' ? R"(""")" : "'''";
    if (text.substr(at).starts_with(triple)) return skip_long_string(triple, begin);
    for (++at; at < text.size() && text[at] != '\n'; ++at) {
      if (text[at] == quote) {
        ++at;
        return std::nullopt;
      }
      if (text[at] == '\\' && quote == '"' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
    }
    std::size_t end = at;
    if (end > begin + 1 && text[end - 1] == '\r') --end;
    return found(begin, end, "this text is not closed: a quote is missing at its end");
  }

  std::optional<Diagnostic> skip_long_string(std::string_view triple, std::size_t begin) {
    const char quote = triple.front();
    for (at += 3; at < text.size(); ++at) {
      if (text[at] == '\\' && quote == '"') {
        ++at;
      } else if (text.substr(at).starts_with(triple)) {
        // One or two quotes before the closing three belong to the text.
        at += 3;
        for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
        return std::nullopt;
      }
    }
    return found(begin, begin + 3, fmt::format("this text is never closed: {} is missing", triple));
  }

  std::optional<Diagnostic> end_key(std::size_t end) {
    if (dots > max_dots) {
      return found(key_begin, end, fmt::format("a key of more than {} parts", max_dots));
    }
    if (in_header) {
      header_roots.insert(text.substr(key_begin, (dots > 0 ? first_dot : end) - key_begin));
      scattered += dots > 1 ? 1 : 0;
    } else if (dots > 0) {
      ++scattered;
    }
    in_key = false;
    if (scattered + header_roots.size() <= max_scattered) return std::nullopt;
    return found(key_begin, end,
                 fmt::format("this file has more than {} dotted keys and tables; no document needs "
                             "as many",
                             max_scattered));
  }

  std::optional<Diagnostic> take_newline() {
    if (!open.empty()) return std::nullopt;
    std::optional<Diagnostic> problem = in_header && in_key ? end_key(at) : std::nullopt;
    in_header = false;
    begin_key();
    key_begin = at + 1;
    return problem;
  }

  std::optional<Diagnostic> take_bracket(char c) {
    if (c == ']' || c == '}') {
      if (in_header && in_key) return end_key(at);
      if (!open.empty()) open.pop_back();
      in_key = false;
      return std::nullopt;
    }
    if (in_key && open.empty() && c == '[') {
      in_header = true;
      key_begin = at + 1;
      return std::nullopt;
    }
    open.push_back(at);
    if (open.size() > max_nesting) {
      return found(at, at + 1, fmt::format("brackets are nested more than {} deep", max_nesting));
    }
    if (c == '{') {
      begin_key();
    } else {
      in_key = false;
    }
    return std::nullopt;
  }

  std::optional<Diagnostic> take() {
    const char c = text[at];
    switch (c) {
      case '#':
        while (at + 1 < text.size() && text[at + 1] != '\n') ++at;
        return std::nullopt;
      case '\n':
        return take_newline();
      case '[':
      case ']':
      case '{':
      case '}':
        return take_bracket(c);
      case '.':
        if (in_key && dots++ == 0) first_dot = at;
        return std::nullopt;
      case '=':
        return in_key ? end_key(at) : std::nullopt;
      case ',':
        if (!open.empty() && text[open.back()] == '{') begin_key();
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  std::optional<Diagnostic> scan() {
    while (at < text.size()) {
      const bool is_string = text[at] == '"' || text[at] == '\'';
      std::optional<Diagnostic> problem = is_string ? skip_string() : take();
      if (problem) return problem;
      if (!is_string) ++at;
    }
    if (in_key && in_header) {
      if (auto problem = end_key(text.size())) return problem;
    }
    if (open.empty()) return std::nullopt;
    return found(open.front(), open.front() + 1,
                 fmt::format("this '{}' is never closed", text[open.front()]));
  }
};

}  // namespace

std::optional<Diagnostic> find_unreadable(const Source& source, SourceId id) {
  if (auto problem = find_foreign_bytes(source, id)) return problem;
  return Scanner{source, id, source.text}.scan();
}

}  // namespace gemba::inline toml
