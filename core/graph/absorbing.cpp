#include "core/graph/absorbing.h"

#include <map>
#include <utility>

namespace gemba {
namespace {

/// I − W by rows, and the rows that have something in each column.
struct Matrix {
  std::vector<std::map<std::uint32_t, double>> rows;
  std::vector<std::vector<std::uint32_t>> columns;

  void add(std::uint32_t row, std::uint32_t column, double value) {
    const auto [cell, is_new] = rows[row].try_emplace(column, 0.0);
    cell->second += value;
    if (is_new) columns[column].push_back(row);
  }
};

}  // namespace

std::optional<std::vector<double>> solve_absorbing(std::span<const Weight> weights,
                                                   std::vector<double> b) {
  constexpr double smallest_pivot = 1e-12;
  const auto count = static_cast<std::uint32_t>(b.size());
  Matrix matrix{std::vector<std::map<std::uint32_t, double>>(count),
                std::vector<std::vector<std::uint32_t>>(count)};
  for (std::uint32_t i = 0; i < count; ++i) matrix.add(i, i, 1);
  for (const Weight& weight : weights) {
    if (weight.value != 0) matrix.add(weight.row, weight.column, -weight.value);
  }
  for (std::uint32_t pivot = 0; pivot < count; ++pivot) {
    const double diagonal = matrix.rows[pivot].at(pivot);
    if (!(diagonal > smallest_pivot)) return std::nullopt;
    for (const std::uint32_t row : std::exchange(matrix.columns[pivot], {})) {
      if (row <= pivot) continue;
      const double factor = matrix.rows[row].at(pivot) / diagonal;
      matrix.rows[row].erase(pivot);
      for (auto cell = matrix.rows[pivot].upper_bound(pivot); cell != matrix.rows[pivot].end();
           ++cell) {
        matrix.add(row, cell->first, -factor * cell->second);
      }
      b[row] -= factor * b[pivot];
    }
  }
  for (std::uint32_t row = count; row-- > 0;) {
    for (auto cell = matrix.rows[row].upper_bound(row); cell != matrix.rows[row].end(); ++cell) {
      b[row] -= cell->second * b[cell->first];
    }
    b[row] /= matrix.rows[row].at(row);
  }
  return b;
}

}  // namespace gemba
