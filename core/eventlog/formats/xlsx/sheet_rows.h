#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/cell_text.h"
#include "core/eventlog/formats/xlsx/workbook.h"
#include "core/eventlog/formats/xlsx/xlsx.h"

namespace gemba::inline eventlog {

/// What the cells of a column are needed for.
enum class ColumnUse : std::uint8_t {
  none,
  text,
  time,   ///< a time of an event: numbers of a workbook of 1904 that may be days are days
  serial  ///< the same, and times are to be serial numbers of 1900
};

/// A cell whose text is not what the sheet is about.
struct OddCell {
  enum class Kind : std::uint8_t {
    error,        ///< `#N/A`
    uncalculated  ///< a formula whose value was never written
  };
  std::size_t column;
  Kind kind;
};

/// A row of a sheet with a value in it.
struct SheetRow {
  std::uint64_t number = 0;                 ///< as the sheet shows it, from 1
  std::size_t width = 0;                    ///< columns from A to the last value
  std::span<const std::string_view> cells;  ///< the needed ones, from A; empty ones between
  std::span<const OddCell> odd;             ///< in needed columns
};

/// How a sheet is read.
struct SheetReading {
  const Archive& archive;
  const Workbook& book;
  std::vector<ColumnUse> uses = {};  ///< of the first columns; the others have `uses_of_others`
  ColumnUse use_of_others = ColumnUse::text;
  bool in_two_threads = false;  ///< one that unpacks ahead
  XlsxSettings settings = {};
};

/// Whether to go on.
using TakeRow = std::function<bool(const SheetRow&)>;

/// Reads the rows of a sheet (ECMA-376 Part 1, 18.3.1.80) in their order. The texts of a row are
/// kept in `texts`, which `take` may clear; rows without a value are passed over, hidden ones are
/// not. Cells of merged ranges other than the first have no value. Throws `Error` with the cell for
/// what is damaged.
void read_sheet_rows(const Sheet& sheet, const SheetReading& how, TextStore& texts,
                     const TakeRow& take);

/// `AB12`.
std::string cell_name(std::size_t column, std::uint64_t row);

/// What spreadsheets can hold.
inline constexpr std::size_t most_sheet_columns = 16'384;

}  // namespace gemba::inline eventlog
