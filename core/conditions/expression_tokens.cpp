#include "core/conditions/expression_tokens.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/time/duration.h"

namespace gemba::inline conditions {
namespace {

/// What people type for the signs of the language, in pairs with the sign meant.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> lookalikes = {
    {{"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"＜", "<"}, {"＞", ">"},   {"＝", "="}, {"（", "("},
     {"）", ")"}, {"【", "["}, {"】", "]"}, {"［", "["}, {"］", "]"},   {"，", ","}, {"、", ","},
     {"“", "\""}, {"”", "\""}, {"‘", "'"},  {"’", "'"},  {"&&", "and"}, {"||", "or"}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Lexer {
  std::string_view text;
  std::size_t at = 0;
  std::vector<ExprToken> tokens = {};

  void push(ExprToken::Kind kind, std::size_t begin, std::string_view word, double number = 0) {
    tokens.push_back(
        {kind, word, number, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)});
  }

  /// Bytes of the name character at `at`, 0 when there is none. Letters of every script count.
  std::size_t name_character() const {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      return is_ascii_letter(c) || is_digit(c) || c == '_' || c == '.' || c == ':' ? 1 : 0;
    }
    utf8proc_int32_t code_point = 0;
    const auto used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                         static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (used <= 0) return 0;
    const utf8proc_category_t category = utf8proc_category(code_point);
    const bool word = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
    return word ? static_cast<std::size_t>(used) : 0;
  }

  std::int32_t code_point_here() const {
    utf8proc_int32_t code_point = 0;
    utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                     static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    return code_point;
  }

  /// Whether a name may begin with the name character at `at`. `.5` and ２００ are meant as
  /// numbers: a name that nobody knows would silently be true of nothing.
  bool begins_name() const {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) return is_ascii_letter(c) || c == '_';
    const utf8proc_category_t category = utf8proc_category(code_point_here());
    return category != UTF8PROC_CATEGORY_ND && category != UTF8PROC_CATEGORY_NO;
  }

  std::optional<ExprError> refuse_name() const {
    Lexer rest = *this;
    while (rest.at < text.size() && rest.name_character() > 0) rest.at += rest.name_character();
    return ExprError{fmt::format("'{}' is neither a name nor a number; names begin with a letter, "
                                 "numbers with a digit 0 to 9",
                                 text.substr(at, rest.at - at)),
                     at};
  }

  std::optional<ExprError> take_number() {
    const std::size_t begin = at;
    // Letters belong to it: they make it a duration, or an error that names the whole word.
    while (at < text.size() && name_character() > 0 && text[at] != ':') at += name_character();
    const std::string_view word = text.substr(begin, at - begin);
    double number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error == std::errc() && end == word.data() + word.size() && word.back() != '.') {
      push(ExprToken::Kind::number, begin, word, number);
      return std::nullopt;
    }
    if (const auto duration = parse_duration(word)) {
      push(ExprToken::Kind::number, begin, word, working_seconds(*duration));
      return std::nullopt;
    }
    return ExprError{
        fmt::format("'{}' is neither a number nor a duration; a text needs quotes", word), begin};
  }

  std::optional<ExprError> take_text() {
    const std::size_t begin = at;
    const std::size_t close = text.find(text[begin], begin + 1);
    if (close == std::string_view::npos) return ExprError{"the closing quote is missing", begin};
    at = close + 1;
    push(ExprToken::Kind::text, begin, text.substr(begin + 1, close - begin - 1));
    return std::nullopt;
  }

  // A name that holds spaces or signs, as columns of tables do.
  std::optional<ExprError> take_quoted_name() {
    const std::size_t begin = at;
    const std::size_t close = text.find('`', begin + 1);
    if (close == std::string_view::npos) return ExprError{"the closing ` is missing", begin};
    if (close == begin + 1) return ExprError{"there is no name between ` and `", begin};
    at = close + 1;
    push(ExprToken::Kind::name, begin, text.substr(begin + 1, close - begin - 1));
    tokens.back().quoted = true;
    return std::nullopt;
  }

  std::optional<ExprError> take_sign() {
    constexpr std::array<std::string_view, 13> signs = {"<=", ">=", "!=", "==", "=", "<", ">",
                                                        "(",  ")",  "[",  "]",  ",", "-"};
    const std::string_view rest = text.substr(at);
    for (const auto& [typed, meant] : lookalikes) {
      if (!rest.starts_with(typed)) continue;
      return ExprError{fmt::format("'{}' is not known here; write {}", typed, meant), at};
    }
    for (const std::string_view sign : signs) {
      if (!rest.starts_with(sign)) continue;
      const std::size_t begin = at;
      at += sign.size();
      push(ExprToken::Kind::sign, begin, sign == "==" ? "=" : sign);
      return std::nullopt;
    }
    if (rest.front() == '!') return ExprError{"'!' is not known here; write not", at};
    std::size_t length = 1;
    while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U) {
      ++length;
    }
    return ExprError{fmt::format("'{}' has no meaning in a condition", rest.substr(0, length)), at};
  }

  std::optional<ExprError> take() {
    if (is_digit(text[at])) return take_number();
    if (text[at] == '"' || text[at] == '\'') return take_text();
    if (text[at] == '`') return take_quoted_name();
    if (name_character() == 0) return take_sign();
    if (!begins_name()) return refuse_name();
    const std::size_t begin = at;
    while (at < text.size() && name_character() > 0) at += name_character();
    push(ExprToken::Kind::name, begin, text.substr(begin, at - begin));
    return std::nullopt;
  }
};

}  // namespace

std::variant<std::vector<ExprToken>, ExprError> split_expression(std::string_view text) {
  Lexer lexer{text};
  for (;;) {
    while (lexer.at < text.size() && is_space(text[lexer.at])) ++lexer.at;
    if (lexer.at == text.size()) break;
    if (auto error = lexer.take()) return *std::move(error);
  }
  lexer.push(ExprToken::Kind::end, text.size(), {});
  return std::move(lexer.tokens);
}

}  // namespace gemba::inline conditions
