#include "core/columns/summary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>
#include <vector>

namespace gemba::inline columns {

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

/// Values in parts; `std::int32_t` are seconds, `Micros` microseconds.
template <class Value>
using Parts = std::span<const std::span<const Value>>;

/// Microseconds that a value of 1 stands for.
template <class Value>
constexpr Micros unit = std::is_same_v<Value, Micros> ? 1 : micros_per_second;

/// Of values in their own unit.
template <class Value>
struct Moments {
  std::int64_t count = 0;
  Int128 sum = 0;
  Uint128 squares = 0;  ///< of seconds; those of microseconds would outgrow it
  Value least = std::numeric_limits<Value>::max();
  Value most = std::numeric_limits<Value>::min();
};

template <class Value>
Moments<Value> moments_of(Parts<Value> parts) {
  constexpr bool in_seconds = !std::is_same_v<Value, Micros>;
  // The sum of seconds in 32 bits does not outgrow 64 bits, however many there are.
  using Sum = std::conditional_t<in_seconds, std::int64_t, Int128>;
  Moments<Value> found;
  for (const std::span<const Value> part : parts) {
    found.count += static_cast<std::int64_t>(part.size());
    Sum sum = 0;
    for (const Value value : part) {
      sum += value;
      if constexpr (in_seconds)
        found.squares += static_cast<std::uint64_t>(std::int64_t{value} * value);
      found.least = std::min(found.least, value);
      found.most = std::max(found.most, value);
    }
    found.sum += sum;
  }
  return found;
}

/// A sum of squares of microseconds: `high` times 2^64 and `low`.
struct Squares {
  Uint128 low = 0;
  Uint128 high = 0;
};

/// Of the distances to a centre.
Squares squares_around(Micros centre, Parts<Micros> parts, const Moments<Micros>&) {
  Squares sum;
  for (const std::span<const Micros> part : parts) {
    for (const Micros value : part) {
      const auto distance =
          value > centre ? static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(centre)
                         : static_cast<std::uint64_t>(centre) - static_cast<std::uint64_t>(value);
      const Uint128 square = Uint128{distance} * distance;
      sum.low += static_cast<std::uint64_t>(square);
      sum.high += static_cast<std::uint64_t>(square >> 64U);
    }
  }
  return sum;
}

/// The same of seconds, from the squares of their distances to 0. The terms may wrap around; what
/// they come to does not.
Squares squares_around(Micros centre, Parts<std::int32_t>, const Moments<std::int32_t>& moments) {
  constexpr auto scale = static_cast<Uint128>(micros_per_second);
  const auto to = static_cast<Uint128>(Int128{centre});
  const Uint128 total = moments.squares * scale * scale -
                        2 * to * scale * static_cast<Uint128>(moments.sum) +
                        static_cast<Uint128>(moments.count) * to * to;
  return {static_cast<std::uint64_t>(total), total >> 64U};
}

// Exact up to the last rounding, so the order of the values does not matter: the squared distances
// to the integer part of the mean are summed as integers, then corrected for the mean's fraction.
template <class Value>
double sample_deviation(Parts<Value> parts, const Moments<Value>& moments) {
  const Int128 count = moments.count;
  const Int128 sum = moments.sum * unit<Value>;
  Squares squares = squares_around(static_cast<Micros>(sum / count), parts, moments);
  squares.high += squares.low >> 64U;
  squares.low = static_cast<std::uint64_t>(squares.low);
  const auto rest = static_cast<long double>(sum % count);
  const long double corrected = std::ldexp(static_cast<long double>(squares.high), 64) +
                                static_cast<long double>(squares.low) -
                                rest * rest / static_cast<long double>(count);
  const long double variance = std::max(corrected, 0.0L) / static_cast<long double>(count - 1);
  return static_cast<double>(std::sqrt(variance)) / per_second;
}

// Values fall into buckets that keep their order: one per number up to 127, then 64 to every
// doubling.
constexpr unsigned bucket_bits = 6;
constexpr std::size_t bucket_count = (64 - bucket_bits + 1) << bucket_bits;

template <class Value>
std::size_t bucket_of(Value value, Value least) {
  const auto above = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
  const auto width =
      static_cast<unsigned>(std::bit_width(above | ((std::uint64_t{2} << bucket_bits) - 1)));
  const unsigned shift = width - 1 - bucket_bits;
  return (std::size_t{shift} << bucket_bits) + (above >> shift);
}

/// Looks up values by their rank (0 is the least) without sorting all of them: only the buckets
/// that hold the ranks asked for are looked into.
template <class Value>
class RankedValues {
 public:
  // `ranks` do not fall.
  RankedValues(Parts<Value> parts, const Moments<Value>& moments,
               std::span<const std::size_t> ranks) {
    constexpr std::int64_t few = 2048;
    if (moments.count <= few) {
      stretches_.push_back({0, {}});
      for (const std::span<const Value> part : parts) {
        stretches_.back().values.insert(stretches_.back().values.end(), part.begin(), part.end());
      }
    } else {
      take_buckets(parts, moments.least, ranks);
    }
  }

  // Ranks are to be asked for in rising order.
  Value at(std::size_t rank) {
    Stretch* found = &stretches_.front();
    for (Stretch& stretch : stretches_) {
      if (stretch.begin <= rank) found = &stretch;
    }
    const auto begin = found->values.begin();
    const auto wanted = static_cast<std::ptrdiff_t>(rank - found->begin);
    if (wanted >= found->selected) {
      std::nth_element(begin + found->selected, begin + wanted, found->values.end());
      found->selected = wanted;
    }
    return begin[wanted];
  }

 private:
  static constexpr std::uint8_t nowhere = 0xFF;

  void take_buckets(Parts<Value> parts, Value least, std::span<const std::size_t> ranks) {
    std::vector<std::size_t> counts(bucket_count, 0);
    for (const std::span<const Value> part : parts) {
      for (const Value value : part) ++counts[bucket_of(value, least)];
    }
    std::vector<std::uint8_t> place(bucket_count, nowhere);
    std::size_t below = 0;
    auto rank = ranks.begin();
    for (std::size_t bucket = 0; rank != ranks.end(); ++bucket) {
      const std::size_t above = below + counts[bucket];
      if (*rank < above) {
        place[bucket] = static_cast<std::uint8_t>(stretches_.size());
        stretches_.push_back({below, {}});
        stretches_.back().values.reserve(counts[bucket]);
        while (rank != ranks.end() && *rank < above) ++rank;
      }
      below = above;
    }
    for (const std::span<const Value> part : parts) {
      for (const Value value : part) {
        const std::uint8_t at = place[bucket_of(value, least)];
        if (at != nowhere) stretches_[at].values.push_back(value);
      }
    }
  }

  struct Stretch {
    std::size_t begin;  ///< rank of the least value
    std::vector<Value> values;
    std::ptrdiff_t selected = 0;  ///< values below this index stand where they belong
  };
  std::vector<Stretch> stretches_;
};

constexpr std::array quantile_shares = {0.5, 0.75, 0.9, 0.95, 0.99};

/// Where a quantile lies: `fraction` of the way from the value of rank `below` to the next one.
struct Position {
  std::size_t below;
  double fraction;
};

template <class Value>
std::array<double, quantile_shares.size()> quantiles_of(Parts<Value> parts,
                                                        const Moments<Value>& moments) {
  std::array<Position, quantile_shares.size()> positions{};
  std::vector<std::size_t> ranks;
  for (std::size_t index = 0; index < positions.size(); ++index) {
    const double exact = static_cast<double>(moments.count - 1) * quantile_shares[index];
    const auto below = static_cast<std::size_t>(exact);
    positions[index] = {below, exact - static_cast<double>(below)};
    ranks.push_back(below);
    if (positions[index].fraction > 0) ranks.push_back(below + 1);
  }
  RankedValues<Value> values(parts, moments, ranks);
  std::array<double, quantile_shares.size()> quantiles{};
  for (std::size_t index = 0; index < positions.size(); ++index) {
    const auto [below, fraction] = positions[index];
    const auto low = static_cast<double>(values.at(below) * unit<Value>);
    quantiles[index] = low / per_second;
    if (fraction == 0) continue;
    const auto high = static_cast<double>(values.at(below + 1) * unit<Value>);
    quantiles[index] = (low + (high - low) * fraction) / per_second;
  }
  return quantiles;
}

template <class Value>
Summary summarise_parts(Parts<Value> parts) {
  Summary result;
  const Moments<Value> moments = moments_of(parts);
  if (moments.count == 0) return result;
  const Int128 sum = moments.sum * unit<Value>;
  result.count = moments.count;
  result.sum_micros = saturate(sum);
  result.sum = static_cast<double>(sum) / per_second;
  result.mean =
      static_cast<double>(static_cast<long double>(sum) / static_cast<long double>(moments.count)) /
      per_second;
  result.min = static_cast<double>(moments.least * unit<Value>) / per_second;
  result.max = static_cast<double>(moments.most * unit<Value>) / per_second;
  if (moments.count > 1) result.stdev = sample_deviation(parts, moments);
  const auto quantiles = quantiles_of(parts, moments);
  result.median = quantiles[0];
  result.p75 = quantiles[1];
  result.p90 = quantiles[2];
  result.p95 = quantiles[3];
  result.p99 = quantiles[4];
  return result;
}

}  // namespace

Summary summarise(std::span<const std::span<const Micros>> parts) {
  return summarise_parts<Micros>(parts);
}

Summary summarise(std::span<const DurationList* const> lists) {
  std::vector<std::span<const std::int32_t>> seconds;
  std::vector<std::span<const Micros>> micros;
  for (const DurationList* list : lists) {
    if (list->micros().empty()) {
      seconds.push_back(list->seconds());
    } else {
      micros.push_back(list->micros());
    }
  }
  if (micros.empty()) return summarise_parts<std::int32_t>(seconds);
  std::vector<Micros> widened;
  for (const std::span<const std::int32_t> part : seconds) {
    for (const std::int32_t value : part) widened.push_back(value * micros_per_second);
  }
  micros.emplace_back(widened);
  return summarise_parts<Micros>(micros);
}

}  // namespace gemba::inline columns
