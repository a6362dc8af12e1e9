#include "core/toml/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba::inline toml {

namespace {

constexpr std::size_t longest_id = 100;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The beginning of a word that may be megabytes long, whole characters only.
std::string_view beginning(std::string_view word, std::size_t most) {
  if (word.size() <= most) return word;
  while (most > 0 && (static_cast<unsigned char>(word[most]) & 0xC0U) == 0x80U) --most;
  return word.substr(0, most);
}

}  // namespace

void Reading::report(Code code, SourceSpan span, std::string message, std::vector<Note> notes,
                     std::vector<TextEdit> fix) {
  constexpr std::size_t most = 1000;
  if (++reported > most) return;
  if (reported == most) {
    message += "; there are more faults like this, only the first thousand of a file are listed";
  }
  constexpr std::size_t longest = 200;  // a thousand copies of an endless id would fill the memory
  found.push_back({.code = code,
                   .level = Level::error,
                   .message = std::move(message),
                   .span = span,
                   .document = std::string(beginning(document, longest)),
                   .element = std::string(beginning(element, longest)),
                   .notes = std::move(notes),
                   .fix = std::move(fix)});
}

void Reading::sort_from(std::size_t first) {
  const auto begin = found.begin() + static_cast<std::ptrdiff_t>(first);
  std::stable_sort(begin, found.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
}

bool Reading::may_compare(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (letters_to_compare == 0) return false;
  std::size_t letters = 0;
  for (const std::string_view candidate : candidates) {
    letters += (candidate.size() + 8) * (word.size() + 8);
  }
  // Giving up for good: even counting the letters of many names for many faults takes too long.
  letters_to_compare -= std::min(letters, letters_to_compare);
  return letters_to_compare > 0;
}

std::optional<std::string> Reading::guess(std::string_view word,
                                          const std::vector<std::string_view>& candidates) {
  if (!may_compare(word, candidates)) return std::nullopt;
  return nearest(word, candidates);
}

bool Reading::is_certain(std::string_view word, const std::string& guess,
                         const std::vector<std::string_view>& candidates) {
  return may_compare(word, candidates) && only_near(word, candidates) == guess;
}

std::vector<TextEdit> Reading::respell(const Node& value, std::string_view word) const {
  const auto text = respelled(written(value.span), value.text, word);
  if (!text) return {};
  return {{value.span, *text}};
}

std::vector<TextEdit> Reading::rename(const Node& member, std::string_view key) {
  const Source& text = sources[source];
  if (!layout) layout.emplace(text.text);
  // Each of very many keys is looked for in the whole text.
  letters_to_compare -= std::min(layout->statements.size(), letters_to_compare);
  if (letters_to_compare == 0) return {};
  std::vector<WrittenKey> places = layout->places_of_key(offset_of(text, member.key_span.begin));
  if (places.empty()) {  // in an inline table
    places.push_back({offset_of(text, member.key_span.begin), offset_of(text, member.key_span.end),
                      std::string(member.key)});
  }
  std::vector<TextEdit> edits;
  for (const WrittenKey& place : places) {
    const std::string_view before =
        std::string_view(text.text).substr(place.begin, place.end - place.begin);
    const auto after = respelled(before, member.key, key);
    if (!after) return {};
    edits.push_back(
        {{source, position_at(text, place.begin), position_at(text, place.end)}, *after});
  }
  return edits;
}

std::string_view Reading::written(SourceSpan span) const {
  const Source& text = sources[span.source];
  const std::size_t begin = offset_of(text, span.begin);
  const std::size_t end = offset_of(text, span.end);
  return std::string_view(text.text).substr(begin, end > begin ? end - begin : 0);
}

std::string quoted(std::string_view word) {
  constexpr std::size_t most_columns = 60;
  return fmt::format("'{}'",
                     truncate_to_width(printable(beginning(word, most_columns * 4)), most_columns));
}

std::string ask(const std::optional<std::string>& guess) {
  return guess ? fmt::format("; did you mean {}?", quoted(*guess)) : std::string();
}

std::string enumerate(std::span<const std::string_view> words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    text += words[i];
  }
  return text;
}

std::string_view describe(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::text:
      return "a text";
    case Node::Kind::number:
      return "a number";
    case Node::Kind::truth:
      return "true or false";
    case Node::Kind::date:
      return "a date";
    case Node::Kind::time:
      return "a time";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::table:
      break;
  }
  return "a table";
}

namespace {

/// Whether a misspelt member can get its right key: nothing else stands under that, or the two go
/// together like `[role.lead]` and `[roles.agent]`, `[[setp]]` and `[[step]]`.
bool is_free(const Node& table, const Node& item, std::string_view key, bool is_document) {
  const auto goes_with = [&](const Node& other) {
    return other.key == key && other.kind == item.kind &&
           (item.kind == Node::Kind::table || (is_document && item.kind == Node::Kind::list));
  };
  return std::all_of(table.items.begin(), table.items.end(), [&](const Node& other) {
    return &other == &item || (other.key != key && other.meant != key) || goes_with(other);
  });
}

}  // namespace

void check_keys(Reading& reading, const Node& table, const TableKeys& known) {
  const std::vector<std::string_view> words(known.keys.begin(), known.keys.end());
  for (const Node& item : table.items) {
    if (std::find(words.begin(), words.end(), item.key) != words.end()) continue;
    const auto guess = item.meant.empty() ? reading.guess(item.key, words)
                                          : std::optional<std::string>(item.meant);
    const std::string advice =
        guess ? ask(guess) : fmt::format("; the keys are {}", enumerate(known.keys));
    const bool certain =
        guess && is_free(table, item, *guess, known.keys.data() == keys::document.keys.data()) &&
        reading.is_certain(item.key, *guess, words);
    reading.report("S002", item.key_span,
                   fmt::format("unknown key {} in {}{}", quoted(item.key), known.what, advice), {},
                   certain ? reading.rename(item, *guess) : std::vector<TextEdit>());
  }
}

namespace {

/// Whether a value is one word: neither a text nor made of others.
bool is_scalar(const Node& value) {
  return value.kind == Node::Kind::number || value.kind == Node::Kind::truth ||
         value.kind == Node::Kind::date || value.kind == Node::Kind::time;
}

void report_type(Reading& reading, const Node& value, std::string_view wanted,
                 std::string_view advice) {
  const std::string subject =
      value.key.empty() ? std::string("an element of this list") : quoted(value.key);
  reading.report(
      "S003", value.span,
      fmt::format("{} is {}, but {} is wanted{}", subject, describe(value.kind), wanted, advice));
}

}  // namespace

void report_type(Reading& reading, const Node& value, std::string_view wanted) {
  report_type(reading, value, wanted, "");
}

void report_type(Reading& reading, const Node& value, Node::Kind wanted) {
  std::string advice;
  if (wanted == Node::Kind::text && is_scalar(value))
    advice = fmt::format("; write it in quotes: \"{}\"", reading.written(value.span));
  const bool unquoted = wanted == Node::Kind::number || wanted == Node::Kind::truth;
  if (unquoted && value.kind == Node::Kind::text) advice = "; write it without quotes";
  report_type(reading, value, describe(wanted), advice);
}

std::string read_text(Reading& reading, const Node& table, std::string_view key) {
  const Node* value = member(table, key);
  if (value == nullptr) return {};
  if (value->kind == Node::Kind::text) return std::string(value->text);
  report_type(reading, *value, Node::Kind::text);
  // A number or date without quotes is what the user meant, if not how it is written.
  return is_scalar(*value) ? std::string(reading.written(value->span)) : std::string();
}

std::vector<const Node*> text_items(Reading& reading, const Node& value) {
  if (value.kind == Node::Kind::text) return {&value};
  if (value.kind != Node::Kind::list) {
    report_type(reading, value, "a text or a list of texts");
    return {};
  }
  std::vector<const Node*> items;
  for (const Node& item : value.items) {
    if (item.kind == Node::Kind::text) {
      items.push_back(&item);
    } else {
      report_type(reading, item, Node::Kind::text);
    }
  }
  return items;
}

std::vector<std::string> read_texts(Reading& reading, const Node& table, std::string_view key) {
  std::vector<std::string> texts;
  if (const Node* value = member(table, key)) {
    for (const Node* item : text_items(reading, *value)) texts.emplace_back(item->text);
  }
  return texts;
}

std::optional<double> read_number(Reading& reading, const Node& table, std::string_view key,
                                  Range range) {
  const Node* value = member(table, key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != Node::Kind::number) {
    report_type(reading, *value, Node::Kind::number);
    return std::nullopt;
  }
  const double number = value->number;
  const bool low = range == Range::positive ? number <= 0 : number < 0;
  const bool high = range == Range::fraction && number > 1;
  if (std::isfinite(number) && !low && !high) return number;
  std::string wanted = range == Range::positive       ? "greater than 0"
                       : range == Range::not_negative ? "0 or more"
                                                      : "a fraction between 0 and 1";
  if (high && number <= 100) wanted += fmt::format("; for {}% write {}", number, number / 100);
  reading.report(
      "S003", value->span,
      fmt::format("{} is {}, but must be {}", quoted(key), reading.written(value->span), wanted));
  return std::nullopt;
}

bool read_truth(Reading& reading, const Node& table, std::string_view key, bool fallback) {
  const Node* value = member(table, key);
  if (value == nullptr) return fallback;
  if (value->kind == Node::Kind::truth) return value->truth;
  report_type(reading, *value, Node::Kind::truth);
  return fallback;
}

std::optional<Date> as_date(Reading& reading, const Node& value) {
  if (value.kind == Node::Kind::date) return value.date;
  if (value.kind != Node::Kind::text) {
    report_type(reading, value, "a date like 2026-01-31");
    return std::nullopt;
  }
  if (const auto date = parse_date(value.text)) return date;
  reading.report("S003", value.span,
                 fmt::format("{} is not a date; write it like 2026-01-31, without quotes",
                             quoted(value.text)));
  return std::nullopt;
}

std::optional<Duration> as_duration(Reading& reading, const Node& value) {
  if (value.kind != Node::Kind::text) {
    report_type(reading, value, "a duration like \"15m\"");
    return std::nullopt;
  }
  if (const auto duration = parse_duration(value.text)) return duration;
  reading.report("S003", value.span,
                 fmt::format("{} is not a duration; write it like \"15m\", \"1h30m\" or \"PT15M\"",
                             quoted(value.text)));
  return std::nullopt;
}

Choice as_choice(Reading& reading, const Node& value, std::span<const std::string_view> choices,
                 std::string_view what) {
  if (value.kind != Node::Kind::text) {
    report_type(reading, value, Node::Kind::text);
    return {};
  }
  const auto index_of = [&](std::string_view word) -> std::optional<std::size_t> {
    const auto at = std::find(choices.begin(), choices.end(), word);
    if (at == choices.end()) return std::nullopt;
    return static_cast<std::size_t>(at - choices.begin());
  };
  if (const auto index = index_of(value.text)) return {index, index};
  const auto guess = reading.guess(value.text, {choices.begin(), choices.end()});
  const std::string advice = guess ? ask(guess) : "; it can be " + enumerate(choices, "or");
  reading.report("S003", value.span,
                 fmt::format("{} is not {}{}", quoted(value.text), what, advice));
  return {std::nullopt, guess ? index_of(*guess) : std::nullopt};
}

std::vector<const Node*> read_tables(Reading& reading, const Node& table, std::string_view key) {
  const Node* value = member(table, key);
  if (value == nullptr) return {};
  if (value->kind != Node::Kind::list) {
    reading.report("S003", value->span,
                   fmt::format("{} is {}; write [[{}]], once for each", quoted(key),
                               describe(value->kind), key));
    return {};
  }
  std::vector<const Node*> tables;
  for (const Node& item : value->items) {
    if (item.kind == Node::Kind::table) {
      tables.push_back(&item);
    } else {
      report_type(reading, item, fmt::format("a table [[{}]]", key));
    }
  }
  return tables;
}

const Node* read_table(Reading& reading, const Node& table, std::string_view key) {
  const Node* value = member(table, key);
  if (value == nullptr || value->kind == Node::Kind::table) return value;
  const bool repeated = value->kind == Node::Kind::list && !value->items.empty() &&
                        value->items.front().kind == Node::Kind::table;
  reading.report(
      "S003", repeated ? value->items.front().span : value->span,
      fmt::format("{} is {}, but a table [{}] is wanted", quoted(key), describe(value->kind), key));
  return nullptr;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= longest_id &&
         std::all_of(text.begin(), text.end(), is_id_character);
}

void check_id(Reading& reading, std::string_view id, SourceSpan span) {
  if (id.size() > longest_id) {
    reading.report("S003", span, fmt::format("this id has more than {} characters", longest_id));
    return;
  }
  if (is_id(id)) return;
  const std::string shown = quoted(id);
  std::string better;
  const bool ascii = std::all_of(id.begin(), id.end(), [](char c) { return (c & 0x80) == 0; });
  if (!ascii) id = {};
  for (const char c : ascii_lower(id)) {
    if (is_id_character(c)) better += c;
    const bool gap = c == ' ' || c == '.' || c == '/';
    if (gap && !better.empty() && better.back() != '-') better += '-';
  }
  while (better.ends_with('-')) better.pop_back();
  const std::string advice =
      better.empty() ? "; write what people read into 'name'" : fmt::format("; write '{}'", better);
  reading.report(
      "S003", span,
      fmt::format("{} is not an id: ids are made of a-z, 0-9, '_' and '-'{}", shown, advice));
}

}  // namespace gemba::inline toml
