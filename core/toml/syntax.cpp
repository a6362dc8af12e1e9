#include "core/toml/syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/time/duration.h"
#include "core/toml/node.h"
#include "core/toml/reading.h"

namespace gemba::inline toml {
namespace {

/// What stands between the first and the last single quote.
std::string_view between_quotes(std::string_view text) {
  const std::size_t begin = text.find('\'');
  const std::size_t end = text.rfind('\'');
  if (begin == std::string_view::npos || end <= begin) return {};
  return text.substr(begin + 1, end - begin - 1);
}

bool ends_word(char c) {
  return std::string_view(" \t\r\n,=[]{}#\"").find(c) != std::string_view::npos;
}

/// One fault while it is being put into words.
struct Fault {
  const Source& source;
  SourceId id;
  std::string_view reason;  ///< the library's, without what it was doing
  std::size_t begin = 0;    ///< bytes of the place shown
  std::size_t end = 0;
  Code code = "S001";
  std::vector<Note> notes = {};

  std::string_view text() const { return source.text; }
  bool says(std::string_view words) const { return reason.find(words) != std::string_view::npos; }

  std::size_t line_begin(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text().rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  std::size_t line_end(std::size_t at) const {
    return std::min(text().find('\n', at), text().size());
  }

  /// The whole character at `at`, or what follows a line's end: nothing.
  void show_character(std::size_t at) {
    begin = end = at;
    if (at >= text().size() || text()[at] == '\n' || text()[at] == '\r') return;
    ++end;
    while (end < text().size() && (static_cast<unsigned char>(text()[end]) & 0xC0U) == 0x80U) ++end;
  }

  /// The unquoted word around `begin`.
  void show_word() {
    begin = std::min(begin, text().size());
    while (begin > 0 && !ends_word(text()[begin - 1])) --begin;
    end = begin;
    while (end < text().size() && !ends_word(text()[end])) ++end;
  }

  std::string_view shown() const { return text().substr(begin, end - begin); }

  /// The rest of the line from `at`, without spaces around it.
  void show_line(std::size_t at) {
    begin = at;
    while (begin < text().size() && (text()[begin] == ' ' || text()[begin] == '\t')) ++begin;
    end = begin + trimmed(text().substr(begin, line_end(begin) - begin)).size();
  }

  void note(std::size_t from, std::size_t to, std::string message) {
    notes.push_back({{id, position_at(source, from), position_at(source, to)}, std::move(message)});
  }
};

/// Signs that an input method types instead of the ASCII ones.
std::string_view meant_by(std::string_view character) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> pairs = {{{"“", "\""},
                                                                                    {"”", "\""},
                                                                                    {"＂", "\""},
                                                                                    {"「", "\""},
                                                                                    {"」", "\""},
                                                                                    {"‘", "'"},
                                                                                    {"’", "'"},
                                                                                    {"，", ","},
                                                                                    {"、", ","},
                                                                                    {"＝", "="},
                                                                                    {"：", "="},
                                                                                    {"【", "["},
                                                                                    {"】", "]"},
                                                                                    {"｛", "{"},
                                                                                    {"｝", "}"},
                                                                                    {"　", " "}}};
  for (const auto& [typed, meant] : pairs) {
    if (character == typed) return meant;
  }
  return {};
}

/// `[a.b]` and `[ a . "b" ]` without spaces, quotes and the brackets; empty when the line is no
/// header.
std::string header_name(std::string_view line) {
  std::string name;
  if (!line.starts_with('[')) return name;
  for (const char c : line.substr(line.starts_with("[[") ? 2 : 1)) {
    if (c == ']') return name;
    if (c != ' ' && c != '\t' && c != '"' && c != '\'') name += c;
  }
  return {};
}

void note_first_header(Fault& fault) {
  const std::string name = header_name(trimmed(fault.shown()));
  std::size_t line = 0;
  while (line < fault.begin) {
    const std::size_t end = fault.line_end(line);
    const std::string_view written = trimmed(fault.text().substr(line, end - line));
    if (!name.empty() && header_name(written) == name) {
      const std::size_t begin = line + fault.text().substr(line).find('[');
      const std::size_t close = fault.text().find(']', begin);
      const bool twice = fault.text().substr(begin).starts_with("[[");
      fault.note(begin, close + (twice ? 2 : 1), "the first one");
      return;
    }
    line = end + 1;
  }
}

std::string explain_second_table(Fault& fault) {
  const std::string name(between_quotes(fault.reason));
  fault.begin = fault.line_begin(fault.begin);
  fault.show_line(fault.begin);
  const std::size_t close = fault.shown().rfind(']');
  if (close != std::string_view::npos) fault.end = fault.begin + close + 1;
  const bool twice = fault.shown().starts_with("[[");
  if (fault.says("as table") || (fault.says("as array-of-tables"))) {
    note_first_header(fault);
    return fmt::format(
        "{} was something else before: write [[step]], [[pain]], [[kpi]], [[path]] "
        "and [[authority]] with two brackets, other tables with one",
        quoted(header_name(fault.shown())));
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kinds = {
      {{"roles.", "role"}, {"systems.", "system"}, {"data.", "datum"}, {"calendars.", "calendar"}}};
  note_first_header(fault);
  const std::string plain = header_name(fault.shown());
  for (const auto& [table, what] : kinds) {
    if (twice || !plain.starts_with(table)) continue;
    const std::string id = plain.substr(table.size());
    if (id.find('.') != std::string::npos) continue;
    fault.code = "S005";
    return fmt::format("there are two definitions of {} {}", what, quoted(id));
  }
  return fmt::format("table [{}] stands here a second time", plain.empty() ? name : plain);
}

/// A key that its table has already: shows the key, not the place where the library noticed.
std::string explain_second_key(Fault& fault) {
  if (fault.says("as dotted key-value pair")) {
    fault.show_word();
    return fmt::format("{} stands before as something else", quoted(fault.shown()));
  }
  const std::string_view key = trimmed(between_quotes(fault.reason));
  const std::size_t line = fault.line_begin(fault.begin);
  const std::size_t upto = std::min(fault.begin, fault.text().size());
  const std::size_t at = fault.text().substr(line, upto - line).rfind(key);
  if (!key.empty() && at != std::string_view::npos) {
    fault.begin = line + at;
    fault.end = fault.begin + key.size();
  }
  for (std::size_t end = line; end > 0;) {
    const std::size_t begin = fault.line_begin(end - 1);
    const std::string_view written = trimmed(fault.text().substr(begin, end - begin));
    if (written.starts_with('[')) break;
    if (written.starts_with(key) && trimmed(written.substr(key.size())).starts_with('=')) {
      const std::size_t from = begin + fault.text().substr(begin).find(key);
      fault.note(from, from + key.size(), "the first one");
      break;
    }
    end = begin;
  }
  return fmt::format("key {} is given twice in one table", quoted(key));
}

/// The library stops before, within or after the word that it cannot read.
void show_value(Fault& fault) {
  const std::string_view text = fault.text();
  const auto in_word = [&](std::size_t at) { return at < text.size() && !ends_word(text[at]); };
  if (!in_word(fault.begin) && fault.begin > 0 && in_word(fault.begin - 1)) --fault.begin;
  while (fault.begin < text.size() && (text[fault.begin] == ' ' || text[fault.begin] == '\t')) {
    ++fault.begin;
  }
  fault.show_word();
}

/// A word where a value should stand: most often a text or a duration without quotes.
std::string explain_value(Fault& fault) {
  show_value(fault);
  const std::string_view word = fault.shown();
  if (word.empty()) return "a value is missing here";
  for (const std::string_view truth : {"true", "false"}) {
    if (ascii_lower(word) == truth) return fmt::format("{} is written {}", quoted(word), truth);
  }
  for (std::size_t i = 0; i < word.size();) {
    const std::size_t begin = i++;
    while (i < word.size() && (static_cast<unsigned char>(word[i]) & 0xC0U) == 0x80U) ++i;
    const std::string_view sign = word.substr(begin, i - begin);
    const std::string_view meant = meant_by(sign);
    if (!meant.empty()) return fmt::format("'{}' is not '{}': type the ASCII sign", sign, meant);
  }
  if (parse_duration(word)) return fmt::format("a duration needs quotes: \"{}\"", word);
  if (fault.says("leading zeroes")) return fmt::format("{} begins with a zero", quoted(word));
  if (fault.says("not representable")) return fmt::format("{} is too large", quoted(word));
  const bool numeric = word.front() == '+' || word.front() == '-' || word.front() == '.' ||
                       (word.front() >= '0' && word.front() <= '9');
  return fmt::format("{} is no {}; a text needs quotes: \"…\"", quoted(word),
                     numeric ? "number, date or time" : "value");
}

struct Phrase {
  std::string_view library;
  std::string_view ours;
};

/// The library's reasons that need no look at the text. Earlier ones win.
constexpr std::array<Phrase, 16> phrases = {{
    {"expected '=', saw", "'=' is missing after the key"},
    {"expected value, saw", "a value is missing after '='"},
    {"(dangling comma)", "no comma may stand before '}'"},
    {"expected comma or closing ']'", "a comma or ']' is missing"},
    {"expected comma or closing '}'", "a comma or '}' is missing"},
    {"expected value or closing ']', saw comma", "a value is missing before the comma"},
    {"expected key-value pair or closing '}', saw comma", "a key is missing before the comma"},
    {"expected key or closing '}', saw '\\n'", "a table in braces must stay on one line"},
    {"expected key or closing '}', saw '\\r'", "a table in braces must stay on one line"},
    {"expected key or closing '}'", "a key or '}' is missing"},
    {"expected ']', saw", "']' is missing after the name of the table"},
    {"[[array-of-table]]", "no space may stand between the two brackets"},
    {"tables with blank bare keys", "the name of the table is missing"},
    {"expected a comment or whitespace, saw ','",
     "no comma may stand after a value; begin a new line"},
    {"expected a comment or whitespace",
     "nothing more may stand on this line; a text needs quotes"},
    {"unknown escape sequence",
     "this escape is unknown; write '\\\\' for a backslash, or use single quotes"},
}};

std::string explain_end(std::string_view doing) {
  if (doing == "array") return "the text ends inside a list: ']' is missing";
  if (doing == "inline table") return "the text ends inside a table: '}' is missing";
  if (doing == "table header") return "']' is missing after the name of the table";
  if (doing == "key-value pair") return "the text ends before the value of this key";
  return "the text ends too early";
}

std::string explain_character(Fault& fault) {
  fault.show_character(fault.begin);
  const std::string_view character = fault.shown();
  const std::string_view meant = meant_by(character);
  if (!meant.empty()) return fmt::format("'{}' is not '{}': type the ASCII sign", character, meant);
  const bool is_key = fault.says("expected bare key") || fault.says("expected keys");
  const bool may_be_key = is_key || fault.says("expected key or closing '}'");
  if (may_be_key && !character.empty() && (static_cast<unsigned char>(character[0]) & 0x80U) != 0) {
    return "a key of other letters than a-z needs quotes; ids are written in ASCII";
  }
  for (const auto& [library, ours] : phrases) {
    if (fault.says(library)) return std::string(ours);
  }
  if (is_key) return "a key is missing or malformed here";
  // The library's own words are better than none.
  std::string plain(fault.reason);
  for (std::size_t at = plain.find(", saw "); at != std::string::npos; at = plain.find(", saw ")) {
    plain.replace(at, 6, ", found ");
  }
  return plain;
}

std::string explain(Fault& fault, std::string_view doing) {
  if (fault.says("cannot redefine existing")) {
    return doing == "table header" ? explain_second_table(fault) : explain_second_key(fault);
  }
  for (const std::string_view kind : {"integer", "float", "date", "time", "bool", "inf", "nan"}) {
    if (doing.find(kind) != std::string_view::npos) return explain_value(fault);
  }
  if (doing == "value" || fault.says("could not determine value type")) return explain_value(fault);
  if (fault.says("encountered end-of-file")) {
    fault.end = fault.begin;
    return explain_end(doing);
  }
  return explain_character(fault);
}

}  // namespace

Diagnostic explain_syntax_error(const Source& source, SourceId id, std::string_view description,
                                Position at) {
  // "Error while parsing <what it was doing>: <reason>"
  constexpr std::string_view opening = "Error while parsing ";
  std::string_view doing;
  if (description.starts_with(opening)) {
    description.remove_prefix(opening.size());
    const std::size_t colon = description.find(": ");
    if (colon != std::string_view::npos) {
      doing = description.substr(0, colon);
      description.remove_prefix(colon + 2);
    }
  }
  Fault fault{source, id, description};
  fault.begin = fault.end = offset_of(source, at);
  Diagnostic diagnostic;
  diagnostic.message = explain(fault, doing);
  diagnostic.code = fault.code;
  diagnostic.span = {id, position_at(source, fault.begin), position_at(source, fault.end)};
  diagnostic.notes = std::move(fault.notes);
  return diagnostic;
}

}  // namespace gemba::inline toml
