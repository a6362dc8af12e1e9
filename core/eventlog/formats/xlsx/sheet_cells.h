#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/sheet_rows.h"

namespace gemba::inline eventlog {

/// Types of cells (ECMA-376 Part 1, 18.18.11, ST_CellType).
enum class CellType : std::uint8_t { number, boolean, date, error, inline_text, shared, formula };

/// Makes rows of texts of what the elements of a sheet say, whoever reads them.
class SheetCells {
 public:
  /// All outlive this.
  SheetCells(const Sheet& sheet, const SheetReading& how, TextStore& texts, const TakeRow& take)
      : sheet_(sheet), how_(how), texts_(texts), take_(take), numbers_(how.book.since_1904) {}

  /// A row (18.3.1.73) with its number, which may be empty.
  void begin_row(std::string_view number);

  /// Forgets the row that was begun, which is to come once more.
  void undo_row() { row_ = row_before_; }

  /// A cell (18.3.1.4) with its attributes `r`, `t` and `s`, which may be empty.
  void begin_cell(std::string_view reference, std::string_view type, std::string_view style);

  /// What the cell holds; texts stay until `end_cell`.
  void formula() { has_formula_ = true; }
  void value(std::string_view text) { value_ = text; }
  void inline_text(std::string_view text) { inline_ = text; }
  void end_cell();

  /// Hands the row on; whether to go on.
  bool end_row();

  /// Says what is wrong with the cell.
  [[noreturn]] void fail(std::string_view what) const;

 private:
  void place_cell(std::string_view reference);
  std::string_view text_of_cell(std::string_view value);
  std::string_view number_text(std::string_view value);

  ColumnUse use() const {
    return column_ < how_.uses.size() ? how_.uses[column_] : how_.use_of_others;
  }

  const Sheet& sheet_;
  const SheetReading& how_;
  TextStore& texts_;
  const TakeRow& take_;
  NumberTexts numbers_;

  std::uint64_t row_ = 0;
  std::uint64_t row_before_ = 0;
  bool row_is_counted_ = false;  ///< the row has no number: its first cell may have one
  std::size_t next_column_ = 0;
  std::size_t width_ = 0;  ///< columns up to the last value
  std::vector<std::string_view> cells_;
  std::vector<OddCell> odd_;

  std::size_t column_ = 0;
  CellType type_ = CellType::number;
  std::uint64_t style_ = 0;
  bool has_formula_ = false;
  std::string_view value_, inline_;
};

}  // namespace gemba::inline eventlog
