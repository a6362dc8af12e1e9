#include "core/report/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/time/duration.h"

namespace gemba::inline report {
namespace {

std::string humane_number(double value, Unit unit) {
  if (unit == Unit::seconds) return humane_seconds(value);
  if (unit == Unit::share) return fmt::format("{:.1f}%", value * 100);
  // Amounts of money are no powers of ten.
  constexpr double most = 1e15;
  if (std::abs(value) >= 1e4 && std::abs(value) < most) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

}  // namespace

double share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string humane_cell(const Cell& cell, Unit unit) {
  if (const auto* text = std::get_if<std::string>(&cell)) return printable(*text);
  if (const auto* number = std::get_if<double>(&cell)) return humane_number(*number, unit);
  if (const auto* count = std::get_if<std::int64_t>(&cell)) {
    if (unit == Unit::seconds || unit == Unit::share) {
      return humane_number(static_cast<double>(*count), unit);
    }
    return fmt::format("{}", *count);
  }
  return "–";
}

std::vector<std::string> humane_titles(const Table& table) {
  std::vector<std::string> titles;
  for (const Column& column : table.columns) titles.push_back(printable(column.title));
  return titles;
}

bool same_group(const Table& table, std::size_t a, std::size_t b) {
  const auto begin = table.rows[a].begin();
  return std::equal(begin, begin + static_cast<std::ptrdiff_t>(table.group), table.rows[b].begin());
}

std::vector<std::string> humane_row(const Table& table, std::size_t row) {
  const std::vector<Cell>& cells = table.rows[row];
  const bool repeats = row > 0 && table.group > 0 && same_group(table, row - 1, row);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Unit unit = table.columns[i].unit;
    if (unit == Unit::by_row) unit = table.row_units[row];
    texts.push_back(repeats && i < table.group ? "" : humane_cell(cells[i], unit));
  }
  return texts;
}

std::string groups_left_out(const Table& table) {
  if (table.rows_cut == 0) return {};
  return fmt::format("… and {}; --format json has all",
                     counted(table.groups_cut, "more group", "more groups"));
}

std::string exact_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *count);
  return {};
}

Json json_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* count = std::get_if<std::int64_t>(&cell)) return *count;
  return nullptr;
}

const Json* find_member(const Json& json, std::string_view key) {
  const auto* object = std::get_if<Json::Object>(&json.value);
  if (object == nullptr) return nullptr;
  for (const auto& [name, value] : *object) {
    if (name == key) return &value;
  }
  return nullptr;
}

}  // namespace gemba::inline report
