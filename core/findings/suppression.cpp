#include "core/findings/suppression.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba::inline findings {
namespace {

constexpr std::string_view mark = "gemba:";

/// A comment of a TOML text, with the line that it stands on.
struct Comment {
  std::uint32_t line;
  std::string_view before;  ///< what stands before it on the line
  std::string_view text;    ///< behind the `#`
};

/// Finds the comments of a TOML text, which are no part of any string (TOML 1.0, Comment and
/// String).
class CommentFinder {
 public:
  explicit CommentFinder(std::string_view text) : text_(text) {}

  std::vector<Comment> find() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        ++at_;
        ++line_;
        line_begin_ = at_;
      } else if (c == '"' || c == '\'') {
        skip_string(c);
      } else if (c == '#') {
        take_comment();
      } else {
        ++at_;
      }
    }
    return std::move(comments_);
  }

 private:
  void take_comment() {
    std::size_t end = std::min(text_.find('\n', at_), text_.size());
    if (end > at_ && text_[end - 1] == '\r') --end;
    comments_.push_back({line_, text_.substr(line_begin_, at_ - line_begin_),
                         text_.substr(at_ + 1, end - at_ - 1)});
    at_ = end;
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_, 3) == three;
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') {
        if (!is_long) return;  // never closed; the parser says so
        ++line_;
        line_begin_ = at_ + 1;
      }
      if (c == '\\' && quote == '"') {
        // An escaped line end is still one.
        at_ += at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 1 : 2;
      } else if (!is_long && c == quote) {
        ++at_;
        return;
      } else if (is_long && text_.substr(at_, 3) == three) {
        at_ += 3;
        return;
      } else {
        ++at_;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  std::uint32_t line_ = 1;
  std::vector<Comment> comments_;
};

/// Where things stand in the lines of a text.
class Lines {
 public:
  explicit Lines(std::string_view text) {
    while (true) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      lines_.push_back(trimmed(text.substr(0, end)));
      if (end == text.size()) break;
      text.remove_prefix(end + 1);
    }
  }

  std::uint32_t count() const { return static_cast<std::uint32_t>(lines_.size()); }

  /// The lines that a comment on a line of its own is about.
  std::pair<std::uint32_t, std::uint32_t> below(std::uint32_t line) const {
    std::uint32_t first = line + 1;
    while (first <= count() && (at(first).empty() || at(first).front() == '#')) ++first;
    if (first > count()) return {line, line};
    std::uint32_t last = first;
    if (at(first).front() == '[') {
      while (last < count() && !at(last + 1).starts_with('[')) ++last;
    }
    return {first, last};
  }

 private:
  std::string_view at(std::uint32_t line) const { return lines_[line - 1]; }

  std::vector<std::string_view> lines_;
};

std::string_view skip_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

/// Reads what stands behind `gemba:`; false when it is no suppression.
bool parse(std::string_view text, Suppression& into) {
  constexpr std::string_view word = "ignore[";
  text = skip_spaces(text);
  if (!text.starts_with(word)) return false;
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return false;
  std::string_view rules = text.substr(word.size(), close - word.size());
  while (!rules.empty()) {
    const std::size_t comma = std::min(rules.find(','), rules.size());
    const std::string_view rule = trimmed(rules.substr(0, comma));
    if (!rule.empty()) into.rules.emplace_back(rule);
    rules.remove_prefix(std::min(comma + 1, rules.size()));
  }
  text = skip_spaces(text.substr(close + 1));
  constexpr std::string_view until = "until ";
  if (text.starts_with(until)) {
    text = skip_spaces(text.substr(until.size()));
    const std::size_t end = std::min(text.find(' '), text.size());
    into.until = parse_date(text.substr(0, end));
    if (!into.until) return false;
    text = skip_spaces(text.substr(end));
  }
  into.reason = trimmed(text);
  return !into.rules.empty();
}

bool meant_by(const std::string& name, std::string_view code) {
  const Rule* rule = find_rule(name);
  return rule != nullptr && rule->about.code == code;
}

/// What is to be said about one suppression, of whose rules `used` took something away.
std::string idle_message(const Suppression& each, Date today, const std::vector<bool>& used,
                         const std::function<bool(const Rule&)>& is_on) {
  std::vector<std::string_view> known;
  for (const Rule* rule : all_rules())
    known.insert(known.end(), {rule->about.code, rule->about.name});
  for (const std::string& name : each.rules) {
    if (find_rule(name) == nullptr)
      return fmt::format("unknown rule '{}'{}", name, did_you_mean(name, known));
  }
  if (each.until && *each.until < today)
    return fmt::format("the suppression has run out on {}: mend what it hides, or extend it",
                       to_string(*each.until));
  for (std::size_t number = 0; number < each.rules.size(); ++number) {
    if (!used[number] && is_on(*find_rule(each.rules[number])))
      return fmt::format("nothing here needs the suppression of '{}': take it out",
                         each.rules[number]);
  }
  if (each.reason.empty()) return "the suppression gives no reason: write it behind the brackets";
  return {};
}

}  // namespace

std::vector<Suppression> read_suppressions(SourceId source, std::string_view text,
                                           Diagnostics& found) {
  std::vector<Suppression> suppressions;
  if (text.find(mark) == std::string_view::npos) return suppressions;
  const Lines lines(text);
  for (const Comment& comment : CommentFinder(text).find()) {
    const std::string_view content = skip_spaces(comment.text);
    if (!content.starts_with(mark)) continue;
    const auto width = [](std::string_view part) {
      return static_cast<std::uint32_t>(decode_utf8(part).size());
    };
    const std::uint32_t column = width(comment.before) + 2 +
                                 static_cast<std::uint32_t>(comment.text.size() - content.size());
    Suppression each;
    each.span = {source, {comment.line, column}, {comment.line, column + width(content)}};
    if (!parse(content.substr(mark.size()), each)) {
      found.push_back({.code = bad_value.about.code,
                       .level = Level::error,
                       .message = "not a suppression; write it like # gemba: ignore[F116] why, or "
                                  "# gemba: ignore[F116] until 2026-12-31 why",
                       .span = each.span});
      continue;
    }
    const bool alone = trimmed(comment.before).empty();
    std::tie(each.first_line, each.last_line) =
        alone ? lines.below(comment.line) : std::pair(comment.line, comment.line);
    suppressions.push_back(std::move(each));
  }
  return suppressions;
}

std::size_t apply_suppressions(const std::vector<Suppression>& suppressions, Date today,
                               Level level, const std::function<bool(const Rule&)>& is_on,
                               std::string_view document, Diagnostics& found) {
  std::vector<std::vector<bool>> used;
  for (const Suppression& each : suppressions) used.emplace_back(each.rules.size(), false);
  const auto is_suppressed = [&](const Diagnostic& finding) {
    bool suppressed = false;
    for (std::size_t number = 0; number < suppressions.size(); ++number) {
      const Suppression& each = suppressions[number];
      const std::uint32_t line = finding.span.begin.line;
      if (line < each.first_line || line > each.last_line ||
          finding.code == syntax_error.about.code)
        continue;
      if (finding.span.source != each.span.source || (each.until && *each.until < today)) continue;
      for (std::size_t rule = 0; rule < each.rules.size(); ++rule) {
        if (!meant_by(each.rules[rule], finding.code)) continue;
        used[number][rule] = suppressed = true;
      }
    }
    return suppressed;
  };
  const auto kept = std::stable_partition(found.begin(), found.end(),
                                          [&](const auto& each) { return !is_suppressed(each); });
  const auto taken = static_cast<std::size_t>(found.end() - kept);
  found.erase(kept, found.end());
  if (level == Level::off) return taken;
  for (std::size_t number = 0; number < suppressions.size(); ++number) {
    std::string message = idle_message(suppressions[number], today, used[number], is_on);
    if (message.empty()) continue;
    found.push_back({.code = idle_suppression.about.code,
                     .level = level,
                     .message = std::move(message),
                     .span = suppressions[number].span,
                     .document = std::string(document)});
  }
  return taken;
}

}  // namespace gemba::inline findings
