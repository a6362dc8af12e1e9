#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/toml/edit/toml_layout.h"
#include "core/toml/keys.h"
#include "core/toml/node.h"

namespace gemba::inline toml {

/// What every function that reads a part of one text needs to report what is wrong with it.
struct Reading {
  const Sources& sources;
  SourceId source;
  Diagnostics& found;
  std::string document = {};  ///< id of the document
  std::string element = {};   ///< id of the step, role … being read
  std::size_t reported = 0;
  /// Comparing names letter by letter is quadratic: a text full of faults gets no more suggestions
  /// at some point.
  std::size_t letters_to_compare = 50'000'000;

  std::optional<TomlLayout> layout = {};  ///< of the text, once it is needed

  /// Reports a fault, and what mends it. After the first thousand it says so once and is silent.
  void report(Code code, SourceSpan span, std::string message, std::vector<Note> notes = {},
              std::vector<TextEdit> fix = {});

  /// Puts what was reported since `first` into the order of the text.
  void sort_from(std::size_t first);

  /// The candidate nearest to a misspelt word, or none.
  std::optional<std::string> guess(std::string_view word,
                                   const std::vector<std::string_view>& candidates);

  /// Whether the nearest candidate, which was guessed, is the only one that can be meant.
  bool is_certain(std::string_view word, const std::string& guess,
                  const std::vector<std::string_view>& candidates);

  /// Edits that write `word` where the text `value` stands; none where that is not plain.
  std::vector<TextEdit> respell(const Node& value, std::string_view word) const;

  /// Edits that rename the key of a member wherever it is written for the same table.
  std::vector<TextEdit> rename(const Node& member, std::string_view key);

  /// Whether comparing a word with all candidates is within `letters_to_compare`, which it uses up.
  bool may_compare(std::string_view word, const std::vector<std::string_view>& candidates);

  /// What stands at `span`, as written.
  std::string_view written(SourceSpan span) const;
};

/// A user's word for a message: in single quotes, cut when it is long.
std::string quoted(std::string_view word);

/// "; did you mean 'x'?" or nothing.
std::string ask(const std::optional<std::string>& guess);

/// `a, b and c`.
std::string enumerate(std::span<const std::string_view> words, std::string_view last = "and");

/// Whether a value is `""`: written, and still nothing.
inline bool is_empty_text(const Node& value) {
  return value.kind == Node::Kind::text && value.text.empty();
}

/// "a text", "a number" … for messages.
std::string_view describe(Node::Kind kind);

/// Finds the keys of a text that are only misspelt, so that `member` finds what stands under them:
/// one wrong letter must not be reported again as a missing key, a step without role or fifty
/// references to a role that nobody defines. Reports nothing; `check_keys` does. `known`: the keys
/// of the text itself.
void find_misspelt(Reading& reading, Node& root, const TableKeys& known);

/// Reports every member of a table that it cannot have (S002).
void check_keys(Reading& reading, const Node& table, const TableKeys& known);

/// Reports S003: the value is not of a kind, and how it would be.
void report_type(Reading& reading, const Node& value, Node::Kind wanted);

/// Reports S003: the value is not what `wanted` says ("the id of a step").
void report_type(Reading& reading, const Node& value, std::string_view wanted);

/// A text, or empty when there is none. A number, date … is S003 and read as it is written.
std::string read_text(Reading& reading, const Node& table, std::string_view key);

/// A text or a list of texts.
std::vector<std::string> read_texts(Reading& reading, const Node& table, std::string_view key);

/// The elements of a value that may be one text or a list; other types are S003.
std::vector<const Node*> text_items(Reading& reading, const Node& value);

enum class Range : std::uint8_t { not_negative, positive, fraction };

/// A number within a range; else none and S003.
std::optional<double> read_number(Reading& reading, const Node& table, std::string_view key,
                                  Range range);

bool read_truth(Reading& reading, const Node& table, std::string_view key, bool fallback);

/// A date, or a text that is one.
std::optional<Date> as_date(Reading& reading, const Node& value);

/// A text that is a duration.
std::optional<Duration> as_duration(Reading& reading, const Node& value);

/// Position of a text in `choices`; none and S003 otherwise, with the nearest choice in `guessed`.
struct Choice {
  std::optional<std::size_t> index;
  std::optional<std::size_t> guessed;
};
Choice as_choice(Reading& reading, const Node& value, std::span<const std::string_view> choices,
                 std::string_view what);

/// The tables of `[[key]]`; anything else under that key is S003.
std::vector<const Node*> read_tables(Reading& reading, const Node& table, std::string_view key);

/// The value of `[key]` when it is a table; else null, with S003 when it is something else.
const Node* read_table(Reading& reading, const Node& table, std::string_view key);

/// Whether a text is made of `a-z 0-9 _ -` and no longer than an id may be.
bool is_id(std::string_view text);

/// Reports S003 unless `id` is made of `a-z 0-9 _ -`, with what it could be.
void check_id(Reading& reading, std::string_view id, SourceSpan span);

}  // namespace gemba::inline toml
