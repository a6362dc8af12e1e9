#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace gemba::inline graph {

/// One non-zero of a sparse matrix.
struct Weight {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  double value = 0;
};

/// Solves x = W x + b for a matrix of weights that are not negative, by sparse Gaussian
/// elimination. I − W is an M-matrix exactly when repeated passes die out (spectral radius of W
/// below 1); then every pivot is positive in any order and none need be searched (Berman and
/// Plemmons 1994, chapter 6). None when they do not: the loop never ends. Weights of one cell add
/// up.
std::optional<std::vector<double>> solve_absorbing(std::span<const Weight> weights,
                                                   std::vector<double> b);

}  // namespace gemba::inline graph
