#include "core/graph/absorbing.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gemba::inline graph {
namespace {

struct Cell {
  std::uint32_t column = 0;
  double value = 0;
};
using Row = std::vector<Cell>;  ///< by column

/// Position in the elimination of each row. Rows with few non-zeros in row and column go first:
/// what closes many loops (the step that all rework returns to) would otherwise fill the matrix
/// (Markowitz 1957, with the counts at the beginning).
std::vector<std::uint32_t> elimination_order(std::span<const Weight> weights, std::size_t count) {
  std::vector<std::uint64_t> in_row(count, 0), in_column(count, 0);
  for (const Weight& weight : weights) {
    ++in_row[weight.row];
    ++in_column[weight.column];
  }
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return in_row[a] * in_column[a] < in_row[b] * in_column[b];
  });
  std::vector<std::uint32_t> position(count);
  for (std::uint32_t i = 0; i < count; ++i) position[rows[i]] = i;
  return position;
}

/// I − W by rows, and the rows that have something in each column.
class Matrix {
 public:
  Matrix(std::span<const Weight> weights, const std::vector<std::uint32_t>& position)
      : rows_(position.size()), columns_(position.size()) {
    for (std::uint32_t i = 0; i < rows_.size(); ++i) rows_[i].push_back({i, 1});
    for (const Weight& weight : weights) {
      if (weight.value == 0) continue;
      rows_[position[weight.row]].push_back({position[weight.column], -weight.value});
    }
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      sum_up(rows_[i]);
      for (const Cell& cell : rows_[i]) columns_[cell.column].push_back(i);
    }
  }

  double at(std::uint32_t row, std::uint32_t column) const {
    const auto cell = std::lower_bound(
        rows_[row].begin(), rows_[row].end(), column,
        [](const Cell& each, std::uint32_t wanted) { return each.column < wanted; });
    return cell != rows_[row].end() && cell->column == column ? cell->value : 0;
  }

  const Row& row(std::uint32_t index) const { return rows_[index]; }
  const std::vector<std::uint32_t>& rows_with(std::uint32_t column) const {
    return columns_[column];
  }

  /// Subtracts `factor` times the part of row `pivot` right of its diagonal.
  void subtract(std::uint32_t row, double factor, std::uint32_t pivot) {
    Row merged;
    merged.reserve(rows_[row].size() + rows_[pivot].size());
    auto own = rows_[row].begin();
    for (const Cell& cell : rows_[pivot]) {
      if (cell.column <= pivot) continue;
      while (own != rows_[row].end() && own->column < cell.column) merged.push_back(*own++);
      if (own != rows_[row].end() && own->column == cell.column) {
        merged.push_back({cell.column, own++->value - factor * cell.value});
      } else {
        merged.push_back({cell.column, -factor * cell.value});
        columns_[cell.column].push_back(row);
      }
    }
    merged.insert(merged.end(), own, rows_[row].end());
    rows_[row] = std::move(merged);
  }

 private:
  static void sum_up(Row& row) {
    std::sort(row.begin(), row.end(),
              [](const Cell& a, const Cell& b) { return a.column < b.column; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < row.size(); ++i) {
      if (row[i].column == row[last].column) {
        row[last].value += row[i].value;
      } else {
        row[++last] = row[i];
      }
    }
    row.resize(last + 1);
  }

  std::vector<Row> rows_;
  std::vector<std::vector<std::uint32_t>> columns_;
};

}  // namespace

std::optional<std::vector<double>> solve_absorbing(std::span<const Weight> weights,
                                                   std::vector<double> b) {
  constexpr double smallest_pivot = 1e-12;
  const std::vector<std::uint32_t> position = elimination_order(weights, b.size());
  Matrix matrix(weights, position);
  std::vector<double> x(b.size());
  for (std::size_t i = 0; i < b.size(); ++i) x[position[i]] = b[i];
  const auto count = static_cast<std::uint32_t>(b.size());
  for (std::uint32_t pivot = 0; pivot < count; ++pivot) {
    const double diagonal = matrix.at(pivot, pivot);
    if (!(diagonal > smallest_pivot)) return std::nullopt;
    for (const std::uint32_t row : matrix.rows_with(pivot)) {
      if (row <= pivot) continue;
      const double factor = matrix.at(row, pivot) / diagonal;
      matrix.subtract(row, factor, pivot);
      x[row] -= factor * x[pivot];
    }
  }
  for (std::uint32_t row = count; row-- > 0;) {
    for (const Cell& cell : matrix.row(row)) {
      if (cell.column > row) x[row] -= cell.value * x[cell.column];
    }
    x[row] /= matrix.at(row, row);
  }
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = x[position[i]];
  return b;
}

}  // namespace gemba::inline graph
