#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/archive.h"

namespace gemba::inline eventlog {

/// What a number of a cell is shown as.
struct NumberFormat {
  enum class Kind : std::uint8_t {
    number,
    date,     ///< a day
    moment,   ///< a time of a clock, with its day or without
    elapsed,  ///< hours, minutes or seconds on end: `[h]:mm`
    padded    ///< at least `width` digits: `00000`
  };
  Kind kind = Kind::number;
  std::uint8_t width = 0;

  bool is_time() const { return kind == Kind::date || kind == Kind::moment; }
  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;
};

/// Reads a format code (ECMA-376 Part 1, 18.8.31), of which the first section counts: letters of
/// dates and clocks outside of quotes, brackets and escapes make it one.
NumberFormat read_number_format(std::string_view code);

/// The format that goes by a number without being defined (18.8.30); those of East Asia (27 to 36,
/// 50 to 58) are dates or clocks in all of its languages.
NumberFormat built_in_format(std::uint32_t number);

/// The formats of the cell styles of a workbook (18.8.10), as `s` of a cell counts them. Throws
/// `Error` when the part is damaged.
std::vector<NumberFormat> read_cell_formats(const Archive& archive, std::string_view part);

}  // namespace gemba::inline eventlog
