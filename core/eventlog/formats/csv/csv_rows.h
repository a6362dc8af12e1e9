#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/csv/csv_marks.h"

namespace gemba::inline eventlog {

/// How a separated text is written.
struct CsvDialect {
  char separator = ',';
  char line_end = '\n';  ///< `\r` for texts without any `\n` outside of quotes
};

/// Tells the dialect by the first lines: the one of `, tab ; |` that splits most of them into the
/// same number of columns. What stands in quotes does not count.
CsvDialect sniff_dialect(std::string_view head);

/// How rows are read.
struct CsvRowsOptions {
  /// The stream begins somewhere in the text: what stands before its first line end is passed over.
  bool in_the_middle = false;
  FindMarks find_marks = best_find_marks();
  std::size_t buffer_size = std::size_t{256} << 10U;  ///< at first; a longer row makes it grow
};

/// Splits a separated text into rows (RFC 4180, and leniently: a quote inside a bare field stands
/// for itself, text after a closing quote is kept). Empty lines are no rows. Memory is bounded by
/// the longest row.
class CsvRows {
 public:
  enum class Step : std::uint8_t {
    row,   ///< there is a row
    move,  ///< the buffer is about to move: the fields of all rows until now end their life
    end    ///< there are no more rows
  };

  CsvRows(ByteStream& stream, CsvDialect dialect, CsvRowsOptions options = {});

  /// Goes on by one step. Throws `Error` for a quote that is never closed and for a row longer than
  /// `max_row`.
  Step advance();

  /// Goes to the next row; false at the end. The fields of the row before are gone.
  bool next() {
    Step step = advance();
    while (step == Step::move) step = advance();
    return step == Step::row;
  }

  /// The fields of the row, unquoted; of a row with more than `max_fields`, one more than these.
  /// Valid until `advance` says `move`.
  std::span<const std::string_view> fields() const { return {fields_.data(), count_}; }

  /// 1-based line on which the row begins, counted from where the stream begins.
  std::uint64_t line() const { return row_line_; }

  /// The line after the last row.
  std::uint64_t next_line() const { return next_line_; }

  /// Offset in the stream where the next line begins.
  std::uint64_t position() const {
    return buffer_begin_ + static_cast<std::uint64_t>(row_ - buffer_.data());
  }

  /// Lines that begin at this offset of the stream or later are not read.
  void end_at(std::uint64_t limit);

  static constexpr std::size_t max_row = std::size_t{64} << 20U;
  static constexpr std::size_t max_fields = 16'384;  ///< what spreadsheets can hold

 private:
  enum class Outcome : std::uint8_t { row, empty_line, incomplete };

  Outcome split();
  const char* split_bare(std::size_t& count, const std::uint32_t*& mark);
  const char* split_any(std::size_t& count, const std::uint32_t*& mark);
  const char* split_quoted(std::size_t field, const std::uint32_t*& mark);
  bool note_kept_text(const char* close, const char* after) const;
  void unescape();
  bool refill();
  void set_last_row();
  void skip_line();
  [[noreturn]] void fail_too_long() const;
  [[noreturn]] void fail_open_quote() const;

  ByteStream& stream_;
  CsvDialect dialect_;
  FindMarks find_marks_;
  LargeVector<char> buffer_;        ///< one byte longer than what it holds: a line end that ends it
  std::uint64_t buffer_begin_ = 0;  ///< offset of the buffer in the stream
  LargeVector<std::uint32_t>
      marks_;  ///< offsets of separators, line ends and quotes; the last is `end_`
  const std::uint32_t* mark_ = nullptr;  ///< the first one at or behind `row_`
  const char* row_ = nullptr;            ///< where the next row begins
  const char* end_ = nullptr;
  bool at_end_ = false;       ///< the stream has no more
  bool must_refill_ = false;  ///< the next row is not complete in the buffer
  std::uint64_t limit_ = UINT64_MAX;
  const char* last_row_ = nullptr;        ///< where `limit_` is in the buffer, or behind it
  LargeVector<std::string_view> fields_;  ///< room for `max_fields` and two more
  std::size_t count_ = 0;
  std::vector<std::size_t> doubled_;   ///< fields with quotes in them that are not text
  std::uint64_t open_quote_line_ = 0;  ///< line of a quote whose end was not found yet
  std::uint64_t row_line_ = 0;
  std::uint64_t next_line_ = 1;
  std::uint64_t lines_in_row_ = 0;
};

}  // namespace gemba::inline eventlog
