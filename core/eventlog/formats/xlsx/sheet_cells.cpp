#include "core/eventlog/formats/xlsx/sheet_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

std::optional<CellType> cell_type(std::string_view name) {
  if (name.empty() || name == "n") return CellType::number;
  if (name == "s") return CellType::shared;
  if (name == "inlineStr") return CellType::inline_text;
  if (name == "str") return CellType::formula;
  if (name == "b") return CellType::boolean;
  if (name == "e") return CellType::error;
  if (name == "d") return CellType::date;
  return std::nullopt;
}

std::string_view boolean_text(std::string_view value) {
  if (value == "1" || value == "true") return "TRUE";
  if (value == "0" || value == "false") return "FALSE";
  return value;
}

/// Takes a number of digits from the front; none when there is none, or one of more than 15.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  constexpr std::size_t most_digits = 15;
  std::uint64_t number = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (at == most_digits) return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(text[at] - '0');
  }
  if (at == 0) return std::nullopt;
  text.remove_prefix(at);
  return number;
}

/// Whether a number that nothing marks as a day is in the range that `TimestampReader` takes for
/// one, which would be four years off.
bool may_be_day_of_1904(std::string_view text) {
  constexpr double first = 20'000 - 1'462;
  constexpr double last = 80'000 - 1'462;
  const std::optional<double> number = number_in(text);
  return number && *number >= first && *number <= last;
}

}  // namespace

void SheetCells::begin_row(std::string_view number) {
  column_ = next_column_ = width_ = 0;
  cells_.clear();
  odd_.clear();
  row_before_ = row_++;
  row_is_counted_ = number.empty();
  if (row_is_counted_) return;
  std::string_view digits = number;
  const std::optional<std::uint64_t> read = take_number(digits);
  if (!read || !digits.empty())
    fail(fmt::format("is in a row with the number '{}'", printable(number)));
  row_ = *read;
  if (row_ <= row_before_) fail(fmt::format("stands behind row {}", row_before_));
}

void SheetCells::begin_cell(std::string_view reference, std::string_view type,
                            std::string_view style) {
  column_ = next_column_;
  if (!reference.empty()) place_cell(reference);
  if (column_ < next_column_) fail("stands behind a cell to its right");
  if (column_ >= most_sheet_columns)
    fail(fmt::format("is in a column behind the {} that sheets have", most_sheet_columns));
  next_column_ = column_ + 1;
  const std::optional<CellType> known = cell_type(type);
  if (!known) fail(fmt::format("is of an unknown type '{}'", printable(type)));
  type_ = *known;
  style_ = style.empty() ? 0 : take_number(style).value_or(UINT64_MAX);
  has_formula_ = false;
  value_ = inline_ = {};
}

// Letters of the column, digits of the row (18.18.62, ST_CellRef).
void SheetCells::place_cell(std::string_view reference) {
  constexpr std::size_t letters = 26;
  constexpr std::size_t most_letters = 4;
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < std::min(reference.size(), most_letters) && reference[at] >= 'A' &&
         reference[at] <= 'Z';
       ++at)
    column = column * letters + static_cast<std::size_t>(reference[at] - 'A') + 1;
  std::string_view digits = reference.substr(at);
  const std::optional<std::uint64_t> row = take_number(digits);
  if (column == 0 || !row || !digits.empty())
    fail(fmt::format("is called '{}'", printable(reference)));
  if (row_is_counted_ && next_column_ == 0 && *row > row_) row_ = *row;
  if (*row != row_) fail(fmt::format("is called '{}'", printable(reference)));
  column_ = column - 1;
}

std::string_view SheetCells::number_text(std::string_view value) {
  if (style_ >= how_.book.formats.size() && style_ > 0)
    fail(fmt::format("has the format {}, of {} that there are", style_, how_.book.formats.size()));
  const NumberFormat format =
      style_ < how_.book.formats.size() ? how_.book.formats[style_] : NumberFormat();
  const bool since_1904 = how_.book.since_1904;
  if (use() == ColumnUse::serial && (format.is_time() || since_1904))
    return texts_.keep(numbers_.serial_of_1900(value));
  const bool is_day = use() == ColumnUse::time && since_1904 && may_be_day_of_1904(value);
  return texts_.keep(numbers_.write(
      value, is_day && !format.is_time() ? NumberFormat{NumberFormat::Kind::moment} : format));
}

std::string_view SheetCells::text_of_cell(std::string_view value) {
  switch (type_) {
    case CellType::shared: {
      std::string_view digits = value;
      const std::optional<std::uint64_t> index = take_number(digits);
      if (!index || !digits.empty() || *index >= how_.book.strings.size())
        fail(fmt::format("is the shared text '{}', of {} that there are", printable(value),
                         how_.book.strings.size()));
      return how_.book.strings[*index];
    }
    case CellType::number:
      return number_text(value);
    case CellType::boolean:
      return texts_.keep(boolean_text(value));
    case CellType::date:
    case CellType::error:
    case CellType::formula:
    case CellType::inline_text:
      break;
  }
  return texts_.keep(value);
}

void SheetCells::end_cell() {
  const std::string_view value = type_ == CellType::inline_text ? inline_ : value_;
  const bool is_uncalculated = has_formula_ && value.empty() && type_ != CellType::formula;
  if (value.empty() && !is_uncalculated) return;
  const bool is_needed = use() != ColumnUse::none;
  if (is_needed && (is_uncalculated || type_ == CellType::error))
    odd_.push_back({column_, is_uncalculated ? OddCell::Kind::uncalculated : OddCell::Kind::error});
  if (is_uncalculated) return;
  // What nobody needs only tells that the row is not empty.
  const std::string_view text =
      is_needed || type_ == CellType::shared ? text_of_cell(value) : value;
  if (text.empty()) return;
  width_ = column_ + 1;
  if (!is_needed) return;
  cells_.resize(column_ + 1);
  cells_[column_] = text;
}

bool SheetCells::end_row() {
  if (width_ == 0 && odd_.empty()) return true;
  return take_({row_, width_, cells_, odd_});
}

void SheetCells::fail(std::string_view what) const {
  throw_damaged(how_.archive.path(),
                fmt::format("sheet '{}', cell {},", sheet_.name,
                            cell_name(column_, std::max<std::uint64_t>(row_, 1))),
                what);
}

std::string cell_name(std::size_t column, std::uint64_t row) {
  constexpr std::size_t letters = 26;
  std::string name;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / letters)
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % letters));
  return name + std::to_string(row);
}

}  // namespace gemba::inline eventlog
