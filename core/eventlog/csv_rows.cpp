#include "core/eventlog/csv_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace gemba {

namespace {

constexpr std::size_t first_size = std::size_t{1} << 20U;

constexpr std::string_view separators = ",\t;|";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t index_of(char c) { return static_cast<unsigned char>(c); }

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

}  // namespace

CsvDialect sniff_dialect(std::string_view head) {
  if (head.starts_with(byte_order_mark)) head.remove_prefix(byte_order_mark.size());
  CsvDialect dialect;
  bool has_return = false;
  bool has_newline = false;
  scan_bare(head, [&](char c) {
    has_return = has_return || c == '\r';
    has_newline = has_newline || c == '\n';
    return !has_newline;
  });
  if (has_return && !has_newline) dialect.line_end = '\r';

  std::array<std::size_t, separators.size()> counts{};
  scan_bare(head.substr(std::min(head.find_first_not_of("\r\n"), head.size())), [&](char c) {
    const std::size_t which = separators.find(c);
    if (which != std::string_view::npos) ++counts[which];
    return c != dialect.line_end;
  });
  const auto most = std::max_element(counts.begin(), counts.end());
  dialect.separator = separators[static_cast<std::size_t>(most - counts.begin())];
  return dialect;
}

CsvRows::CsvRows(ByteStream& stream, CsvDialect dialect)
    : stream_(stream), dialect_(dialect), buffer_(first_size + 1) {
  ends_field_[index_of(dialect.separator)] = true;
  ends_field_[index_of(dialect.line_end)] = true;
  row_ = end_ = buffer_.data();
  *end_ = dialect.line_end;
  refill();
  if (std::string_view(row_, static_cast<std::size_t>(end_ - row_)).starts_with(byte_order_mark)) {
    row_ += byte_order_mark.size();
    taken_ += byte_order_mark.size();
  }
}

bool CsvRows::next() {
  while (true) {
    if (row_ == end_ && !refill()) return false;
    const Outcome outcome = split();
    if (outcome == Outcome::incomplete) {
      if (!refill()) fail_open_quote();
      continue;
    }
    row_line_ = next_line_;
    next_line_ += 1 + lines_in_row_;
    if (outcome == Outcome::row) {
      unescape();
      return true;
    }
  }
}

// Splits the row that begins at `row_` and steps behind it. Nothing changes when the row is not
// complete in the buffer: it is split again once there is more of it.
CsvRows::Outcome CsvRows::split() {
  fields_.clear();
  doubled_.clear();
  lines_in_row_ = 0;
  char* at = row_;
  while (true) {
    char* begin = at;
    if (fields_.size() > max_fields) {
      fields_.pop_back();
      if (!doubled_.empty() && doubled_.back() == max_fields) doubled_.pop_back();
    }
    if (*at == '"') {
      fields_.emplace_back();
      at = split_quoted(at + 1, fields_.size() - 1);
      if (at == nullptr) return Outcome::incomplete;
    } else {
      while (!ends_field_[index_of(*at)]) ++at;
      fields_.emplace_back(begin, static_cast<std::size_t>(at - begin));
    }
    if (at == end_) {
      if (!at_end_) return Outcome::incomplete;
      break;
    }
    if (*at == dialect_.line_end) break;
    ++at;
  }
  std::string_view& last = fields_.back();
  if (dialect_.line_end == '\n' && last.ends_with('\r') && last.data() + last.size() == at) {
    last.remove_suffix(1);
  }
  const char* row_begin = row_;
  row_ = std::min(at + 1, end_);
  taken_ += static_cast<std::uint64_t>(row_ - row_begin);
  const bool empty = fields_.size() == 1 && last.empty() && *row_begin != '"';
  return empty ? Outcome::empty_line : Outcome::row;
}

// Takes a field from behind its opening quote up to the separator or line end behind its closing
// quote; null when the closing quote, or what follows it, is not in the buffer.
char* CsvRows::split_quoted(char* at, std::size_t field) {
  char* begin = at;
  bool doubled = false;
  open_quote_line_ = next_line_ + lines_in_row_;
  char* close = nullptr;
  while (true) {
    close = static_cast<char*>(std::memchr(at, '"', static_cast<std::size_t>(end_ - at)));
    if (close == nullptr || (close + 1 == end_ && !at_end_)) return nullptr;
    if (close + 1 == end_ || close[1] != '"') break;
    doubled = true;
    at = close + 2;
  }
  lines_in_row_ += static_cast<std::uint64_t>(std::count(begin, close, dialect_.line_end));
  char* after = close + 1;
  while (!ends_field_[index_of(*after)]) ++after;
  std::size_t size = static_cast<std::size_t>(close - begin);
  const auto kept = static_cast<std::size_t>(after - close - 1);
  const bool only_return = kept == 1 && close[1] == '\r';
  if (kept > 0 && !only_return && (after < end_ || at_end_)) {
    // What stands behind the closing quote joins the text: the quote becomes a doubled one that is
    // cut later.
    doubled = true;
    size += kept + 1;
  }
  fields_[field] = std::string_view(begin, size);
  if (doubled) doubled_.push_back(field);
  return after;
}

// Cuts the quotes that are not text: of two, the second; the closing one of a field with text
// behind it, in which quotes stand for themselves.
void CsvRows::unescape() {
  for (const std::size_t field : doubled_) {
    const std::string_view text = fields_[field];
    char* begin = const_cast<char*>(text.data());
    char* to = begin;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"') {
        ++at;
        if (text[at] != '"') {
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
  const auto kept = static_cast<std::size_t>(end_ - row_);
  std::memmove(buffer_.data(), row_, kept);
  const std::size_t capacity = buffer_.size() - 1;
  if (kept == capacity) {
    if (capacity >= max_row) fail_too_long();
    buffer_.resize(capacity * 2 + 1);
  }
  const std::size_t room = buffer_.size() - 1 - kept;
  const std::size_t got = stream_.read(buffer_.data() + kept, room);
  at_end_ = got < room;
  row_ = buffer_.data();
  end_ = buffer_.data() + kept + got;
  *end_ = dialect_.line_end;
  return got > 0 || kept > 0;
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

}  // namespace gemba
