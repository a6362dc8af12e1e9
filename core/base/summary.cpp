#include "core/base/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gemba {

namespace {

// Sums of microseconds outgrow 64 bits (5 million times three weeks does), their squares 128.
__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

constexpr double per_second = static_cast<double>(micros_per_second);

Micros saturate(Int128 value) {
  constexpr Int128 highest = std::numeric_limits<Micros>::max();
  constexpr Int128 lowest = std::numeric_limits<Micros>::min();
  return static_cast<Micros>(std::clamp(value, lowest, highest));
}

// Exact up to the last rounding, so the order of the values does not matter: the squared distances
// to the integer part of the mean are summed as integers, then corrected for the mean's fraction.
double sample_deviation(std::span<const Micros> values, Int128 sum) {
  const auto count = static_cast<Int128>(values.size());
  const auto centre = static_cast<Micros>(sum / count);
  Uint128 low = 0;
  Uint128 high = 0;
  for (const Micros value : values) {
    const auto distance =
        value > centre ? static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(centre)
                       : static_cast<std::uint64_t>(centre) - static_cast<std::uint64_t>(value);
    const Uint128 square = Uint128{distance} * distance;
    low += static_cast<std::uint64_t>(square);
    high += static_cast<std::uint64_t>(square >> 64U);
  }
  const auto rest = static_cast<long double>(sum % count);
  const long double squares = std::ldexp(static_cast<long double>(high), 64) +
                              static_cast<long double>(low) -
                              rest * rest / static_cast<long double>(count);
  const long double variance = std::max(squares, 0.0L) / static_cast<long double>(count - 1);
  return static_cast<double>(std::sqrt(variance)) / per_second;
}

// Quantiles in rising order: each search only looks at what the one before left above it.
class Quantiles {
 public:
  explicit Quantiles(std::span<Micros> values) : values_(values) {}

  double at(double share) {
    const double position = static_cast<double>(values_.size() - 1) * share;
    const auto below = static_cast<std::size_t>(position);
    const double fraction = position - static_cast<double>(below);
    select(below);
    const auto low = static_cast<double>(values_[below]);
    if (fraction == 0 || below + 1 == values_.size()) return low / per_second;
    const auto next = *std::min_element(values_.begin() + offset(below + 1), values_.end());
    return (low + (static_cast<double>(next) - low) * fraction) / per_second;
  }

 private:
  static std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

  void select(std::size_t index) {
    if (index < done_) return;
    std::nth_element(values_.begin() + offset(done_), values_.begin() + offset(index),
                     values_.end());
    done_ = index;
  }

  std::span<Micros> values_;
  std::size_t done_ = 0;
};

}  // namespace

Summary summarise(std::span<Micros> values) {
  Summary result;
  if (values.empty()) return result;
  Int128 sum = 0;
  Micros least = values.front();
  Micros most = values.front();
  for (const Micros value : values) {
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  result.count = static_cast<std::int64_t>(values.size());
  result.sum_micros = saturate(sum);
  result.sum = static_cast<double>(sum) / per_second;
  result.mean =
      static_cast<double>(static_cast<long double>(sum) / static_cast<long double>(values.size())) /
      per_second;
  result.min = static_cast<double>(least) / per_second;
  result.max = static_cast<double>(most) / per_second;
  if (values.size() > 1) result.stdev = sample_deviation(values, sum);
  Quantiles quantiles(values);
  result.median = quantiles.at(0.5);
  result.p75 = quantiles.at(0.75);
  result.p90 = quantiles.at(0.9);
  result.p95 = quantiles.at(0.95);
  result.p99 = quantiles.at(0.99);
  return result;
}

}  // namespace gemba
