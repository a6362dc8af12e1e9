#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/number_format.h"

namespace gemba::inline eventlog {

/// Texts that stay where they are until all are given up.
class TextStore {
 public:
  std::string_view keep(std::string_view text);
  void clear();

 private:
  static constexpr std::size_t block_size = std::size_t{64} << 10U;
  std::vector<std::unique_ptr<char[]>> blocks_;  ///< the last one has room
  std::vector<std::unique_ptr<char[]>> long_texts_;
  std::size_t used_ = block_size;  ///< of the last block
};

/// A number as it is written in full: without an exponent (but where it has more than 21 digits
/// before or 20 behind the point), without zeros that say nothing. Integers keep every digit that
/// they are written with. Another text stays as it is. Valid until `buffer` changes.
std::string_view plain_number(std::string_view text, std::string& buffer);

/// How the cells of a workbook that hold numbers are written.
class NumberTexts {
 public:
  explicit NumberTexts(bool since_1904) : since_1904_(since_1904) {}

  /// A number in its format: days as `2026-01-05`, times as `2026-01-05T09:03:00` with milliseconds
  /// where there are some, to the nearest one or to the second as `TimestampReader` reads serial
  /// numbers; less than a day as `09:03:00`. Numbers that Excel shows as no date (below 0, after
  /// 9999) stay numbers. The false 29 February 1900 of Lotus 1-2-3 counts (ECMA-376 Part 1,
  /// 18.17.4.1). Valid until the next call.
  std::string_view write(std::string_view text, NumberFormat format);

  /// The same time as a serial number of 1900, which `--time-format excel` reads; valid likewise.
  std::string_view serial_of_1900(std::string_view text);

  bool since_1904() const { return since_1904_; }

 private:
  std::string_view write_time(std::string_view digits, NumberFormat::Kind kind);
  std::string_view write_elapsed(std::string_view digits);
  std::string_view write_padded(std::string_view digits, std::size_t width);
  void put_day(std::int64_t serial);
  void put_clock(std::int64_t millis);

  bool since_1904_;
  std::string number_;  ///< `plain_number` of the last one
  std::string text_;
  std::int64_t last_day_ = -1;  ///< its text is the last date
  std::string last_date_;
};

}  // namespace gemba::inline eventlog
