#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/columns/duration_list.h"
#include "core/time/duration.h"

namespace gemba::inline columns {

/// Statistics of a set of durations. Quantiles interpolate linearly between order statistics (type
/// 7 of Hyndman and Fan 1996, the default of NumPy and R). Seconds. All figures but `count` and
/// `sum` need `count > 0`.
struct Summary {
  std::int64_t count = 0;
  Micros sum_micros = 0;  ///< exact; stops at the largest value (292,000 years)
  double sum = 0;
  double mean = 0;
  std::optional<double> stdev;  ///< sample standard deviation (n − 1); none for n < 2
  double min = 0;
  double max = 0;
  double median = 0;
  double p75 = 0;
  double p90 = 0;
  double p95 = 0;
  double p99 = 0;
};

/// Computes all figures, exactly, of all values in `parts` together, whatever their order. No
/// values give count 0.
Summary summarise(std::span<const std::span<const Micros>> parts);

/// The same of the values of some lists.
Summary summarise(std::span<const DurationList* const> lists);

/// The same of values that stand together.
inline Summary summarise(std::span<const Micros> values) {
  const std::span<const Micros> parts[] = {values};
  return summarise(parts);
}

}  // namespace gemba::inline columns
