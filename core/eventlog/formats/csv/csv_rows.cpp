#include "core/eventlog/formats/csv/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::string_view separators = ",\t;|";

// Calls `use` with every character outside of quoted fields until it returns false. A field is
// quoted only where a quote is its first character.
template <class Use>
void scan_bare(std::string_view text, Use use) {
  bool quoted = false;
  bool opens = true;  // whether a quote here begins or goes on with a quoted field
  for (const char c : text) {
    if (c == '"' && (quoted || opens)) {
      quoted = !quoted;
      opens = true;
    } else if (!quoted) {
      if (!use(c)) return;
      opens = c == '\n' || c == '\r' || separators.find(c) != std::string_view::npos;
    }
  }
}

using SeparatorCounts = std::array<std::vector<std::size_t>, separators.size()>;

// How often each separator stands on each of the first lines; empty lines do not count.
SeparatorCounts count_separators(std::string_view head, char line_end) {
  constexpr std::size_t most_lines = 30;
  SeparatorCounts counts;
  std::array<std::size_t, separators.size()> line{};
  std::size_t lines = 0;
  bool empty = true;
  const auto end_line = [&] {
    for (std::size_t which = 0; !empty && which < line.size(); ++which)
      counts[which].push_back(line[which]);
    lines += empty ? 0 : 1;
    empty = true;
    line = {};
  };
  scan_bare(head, [&](char c) {
    if (c == line_end) {
      end_line();
      return lines < most_lines;
    }
    if (c != '\r') empty = false;
    const std::size_t which = separators.find(c);
    if (which != std::string_view::npos) ++line[which];
    return true;
  });
  // The last line of a head may be cut short; it counts where there is no other.
  if (lines == 0) end_line();
  return counts;
}

// How many lines have the same number of separators, above 0, and that number, for the number most
// lines agree in.
std::pair<std::size_t, std::size_t> agreement(const std::vector<std::size_t>& counts) {
  std::pair<std::size_t, std::size_t> best{0, 0};
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const auto lines = static_cast<std::size_t>(std::count(counts.begin(), counts.end(), count));
    best = std::max(best, {lines, count});
  }
  return best;
}

}  // namespace

CsvDialect sniff_dialect(std::string_view head) {
  CsvDialect dialect;
  bool has_return = false;
  bool has_newline = false;
  scan_bare(head, [&](char c) {
    has_return = has_return || c == '\r';
    has_newline = has_newline || c == '\n';
    return !has_newline;
  });
  if (has_return && !has_newline) dialect.line_end = '\r';

  const auto columns = count_separators(head, dialect.line_end);
  std::size_t best = 0;
  for (std::size_t which = 1; which < separators.size(); ++which) {
    if (agreement(columns[which]) > agreement(columns[best])) best = which;
  }
  dialect.separator = separators[best];
  return dialect;
}

CsvRows::CsvRows(ByteStream& stream, CsvDialect dialect, CsvRowsOptions options)
    : stream_(stream),
      dialect_(dialect),
      find_marks_(options.find_marks),
      buffer_(options.buffer_size + 1),
      fields_(max_fields + 2) {
  row_ = end_ = buffer_.data();
  refill();
  if (options.in_the_middle) skip_line();
}

void CsvRows::skip_line() {
  while (true) {
    const auto rest = static_cast<std::size_t>(end_ - row_);
    const auto* found = static_cast<const char*>(std::memchr(row_, dialect_.line_end, rest));
    row_ = found == nullptr ? end_ : found + 1;
    while (*mark_ < static_cast<std::uint32_t>(row_ - buffer_.data())) ++mark_;
    if (found != nullptr || !refill()) return;
  }
}

CsvRows::Step CsvRows::advance() {
  if (must_refill_ && !refill() && row_ != end_) fail_open_quote();
  while (true) {
    if (row_ >= last_row_ || (row_ == end_ && at_end_)) return Step::end;
    const Outcome outcome = row_ == end_ ? Outcome::incomplete : split();
    must_refill_ = outcome == Outcome::incomplete;
    if (must_refill_) return Step::move;
    row_line_ = next_line_;
    next_line_ += 1 + lines_in_row_;
    if (outcome == Outcome::row) {
      if (!doubled_.empty()) unescape();
      return Step::row;
    }
  }
}

// Splits the row that begins at `row_` and steps behind it. Nothing changes when the row is not
// complete in the buffer: it is split again once there is more of it.
CsvRows::Outcome CsvRows::split() {
  doubled_.clear();
  lines_in_row_ = 0;
  const std::uint32_t* mark = mark_;
  std::size_t count = 0;
  const char* stop = split_bare(count, mark);
  if (stop == nullptr) stop = split_any(count, mark);
  if (stop == nullptr || (stop == end_ && !at_end_)) return Outcome::incomplete;
  count_ = count;
  std::string_view& last = fields_[count - 1];
  if (dialect_.line_end == '\n' && last.ends_with('\r') && last.data() + last.size() == stop) {
    last.remove_suffix(1);
  }
  const bool empty = count == 1 && last.empty() && *row_ != '"';
  row_ = std::min(stop + 1, end_);
  mark_ = mark;
  return empty ? Outcome::empty_line : Outcome::row;
}

// Splits a row without any quote, as most are, and returns its end; null for any other row, and
// then `count` and `mark` stay. What looks like a line end at the end of the buffer ends it, too.
const char* CsvRows::split_bare(std::size_t& count, const std::uint32_t*& mark) {
  // Copies on the stack: the compiler cannot know that writing fields changes none of the members.
  const char* const base = buffer_.data();
  const char line_end = dialect_.line_end;
  std::string_view* const fields = fields_.data();
  std::size_t found = 0;
  const std::uint32_t* next = mark;
  for (const char* at = row_; found <= max_fields;) {
    const char* const stop = base + *next;
    const char sign = *stop;
    if (sign == '"') return nullptr;
    fields[found++] = std::string_view(at, static_cast<std::size_t>(stop - at));
    if (sign == line_end) {
      count = found;
      mark = next + (stop == end_ ? 0 : 1);
      return stop;
    }
    ++next;
    at = stop + 1;
  }
  return nullptr;
}

// Splits any row and returns its end; null when it is not complete in the buffer.
const char* CsvRows::split_any(std::size_t& count, const std::uint32_t*& mark) {
  const char* const base = buffer_.data();
  for (const char* at = row_;;) {
    const char* stop = nullptr;
    if (*at == '"') {
      stop = split_quoted(count, mark);
      if (stop == nullptr) return nullptr;
    } else {
      while (base[*mark] == '"') ++mark;
      stop = base + *mark;
      fields_[count] = std::string_view(at, static_cast<std::size_t>(stop - at));
    }
    // There is room for one field more than counts: a row that is too long is known to be so.
    if (count <= max_fields) ++count;
    if (stop == end_) return stop;
    ++mark;
    if (*stop == dialect_.line_end) return stop;
    at = stop + 1;
  }
}

// Whether text that is to be kept stands between a closing quote and the end of the field.
bool CsvRows::note_kept_text(const char* close, const char* after) const {
  const bool only_return = after == close + 2 && close[1] == '\r';
  return after > close + 1 && !only_return && (after < end_ || at_end_);
}

// Takes the field behind an opening quote, at which `mark` stands, and returns the separator or
// line end behind its closing quote; null when the closing quote, or what follows it, is not in the
// buffer.
const char* CsvRows::split_quoted(std::size_t field, const std::uint32_t*& mark) {
  const char* const base = buffer_.data();
  const char* const begin = base + *mark + 1;
  bool doubled = false;
  open_quote_line_ = next_line_ + lines_in_row_;
  const char* close = nullptr;
  for (++mark;; ++mark) {
    close = base + *mark;
    if (close == end_) return nullptr;
    if (*close == dialect_.line_end) ++lines_in_row_;
    if (*close != '"') continue;
    if (close + 1 == end_ && !at_end_) return nullptr;
    if (close + 1 == end_ || close[1] != '"') break;
    doubled = true;
    ++mark;
  }
  while (base[*mark] == '"') ++mark;
  const char* after = base + *mark;
  const bool kept_text = note_kept_text(close, after);
  // What stands behind the closing quote joins the text: the quote becomes a doubled one that is
  // cut later.
  fields_[field] = std::string_view(begin, kept_text ? after : close);
  if (doubled || kept_text) doubled_.push_back(field);
  return after;
}

// Cuts the quotes that are not text: of two, the second; the closing one of a field with text
// behind it, in which quotes stand for themselves.
void CsvRows::unescape() {
  for (const std::size_t field : doubled_) {
    if (field >= count_) continue;
    const std::string_view text = fields_[field];
    char* begin = buffer_.data() + (text.data() - buffer_.data());
    char* to = begin;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"') {
        ++at;
        if (at == text.size() || text[at] != '"') {
          to = std::copy(text.begin() + at, text.end(), to);
          break;
        }
      }
      *to++ = text[at];
    }
    fields_[field] = std::string_view(begin, static_cast<std::size_t>(to - begin));
  }
}

// Moves the row begun to the front and reads behind it; false when there is no more.
bool CsvRows::refill() {
  if (at_end_) return false;
  must_refill_ = false;
  const auto kept = static_cast<std::size_t>(end_ - row_);
  buffer_begin_ += static_cast<std::uint64_t>(row_ - buffer_.data());
  std::memmove(buffer_.data(), row_, kept);
  const std::size_t capacity = buffer_.size() - 1;
  if (kept == capacity) {
    if (capacity >= max_row) fail_too_long();
    buffer_.resize(capacity * 2 + 1);
  }
  const std::size_t room = buffer_.size() - 1 - kept;
  const std::size_t got = stream_.read(buffer_.data() + kept, room);
  at_end_ = got < room;
  const std::size_t size = kept + got;
  buffer_[size] = dialect_.line_end;
  row_ = buffer_.data();
  end_ = row_ + size;
  if (marks_.size() < buffer_.size() + marks_slack) marks_.resize(buffer_.size() + marks_slack);
  const std::size_t count = find_marks_(
      row_, size, {.separator = dialect_.separator, .line_end = dialect_.line_end, .quote = '"'}, 0,
      marks_.data());
  marks_[count] = static_cast<std::uint32_t>(size);
  mark_ = marks_.data();
  set_last_row();
  return got > 0 || kept > 0;
}

void CsvRows::end_at(std::uint64_t limit) {
  limit_ = limit;
  set_last_row();
}

// No row begins behind the buffer.
void CsvRows::set_last_row() {
  const std::uint64_t rest = limit_ - std::min(limit_, buffer_begin_);
  last_row_ = rest >= buffer_.size() ? buffer_.data() + buffer_.size() : buffer_.data() + rest;
}

void CsvRows::fail_too_long() const {
  throw Error(fmt::format(
      "'{}', line {}: a row is longer than {} MiB{}", stream_.name(), next_line_, max_row >> 20U,
      open_quote_line_ >= next_line_
          ? fmt::format("; is the quote on line {} never closed?", open_quote_line_)
          : "; is this a log?"));
}

void CsvRows::fail_open_quote() const {
  throw Error(fmt::format(
      "'{}', line {}: a quoted field is never closed; close it with \" or double a quote that is "
      "part of the text",
      stream_.name(), open_quote_line_));
}

}  // namespace gemba::inline eventlog
