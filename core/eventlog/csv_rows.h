#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/eventlog/byte_stream.h"

namespace gemba {

/// How a separated text is written.
struct CsvDialect {
  char separator = ',';
  char line_end = '\n';  ///< `\r` for texts without any `\n` outside of quotes
};

/// Tells the dialect by the first lines: the one of `, tab ; |` that splits the first line that is
/// not empty into most columns. What stands in quotes does not count.
CsvDialect sniff_dialect(std::string_view head);

/// Splits a separated text into rows (RFC 4180, and leniently: a quote inside a bare field stands
/// for itself, text after a closing quote is kept). Empty lines are no rows. Memory is bounded by
/// the longest row.
class CsvRows {
 public:
  CsvRows(ByteStream& stream, CsvDialect dialect);

  /// Goes to the next row; false at the end. Throws `Error` for a quote that is never closed and
  /// for a row longer than `max_row`.
  bool next();

  /// The fields of the row, unquoted; of a row with more than `max_fields`, one more than these.
  /// Valid until the next call of `next`.
  const std::vector<std::string_view>& fields() const { return fields_; }

  /// 1-based line on which the row begins.
  std::uint64_t line() const { return row_line_; }

  /// Bytes taken up to the end of this row.
  std::uint64_t position() const { return taken_; }

  static constexpr std::size_t max_row = std::size_t{64} << 20U;
  static constexpr std::size_t max_fields = 16'384;  ///< what spreadsheets can hold

 private:
  enum class Outcome : std::uint8_t { row, empty_line, incomplete };

  Outcome split();
  char* split_quoted(char* at, std::size_t field);
  void unescape();
  bool refill();
  [[noreturn]] void fail_too_long() const;
  [[noreturn]] void fail_open_quote() const;

  ByteStream& stream_;
  CsvDialect dialect_;
  std::array<bool, 256> ends_field_{};  ///< separator and line end
  std::vector<char>
      buffer_;           ///< one byte longer than what it holds: a line end that stops every search
  char* row_ = nullptr;  ///< where the next row begins
  char* end_ = nullptr;
  bool at_end_ = false;  ///< the stream has no more
  std::vector<std::string_view> fields_;
  std::vector<std::size_t> doubled_;   ///< fields with doubled quotes in them
  std::uint64_t open_quote_line_ = 0;  ///< line of a quote whose end was not found yet
  std::uint64_t row_line_ = 0;
  std::uint64_t next_line_ = 1;
  std::uint64_t lines_in_row_ = 0;
  std::uint64_t taken_ = 0;
};

}  // namespace gemba
