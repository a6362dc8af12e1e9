#include "core/columns/summary.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

using namespace gemba;

namespace {

Summary seconds(std::vector<Micros> values) {
  for (Micros& value : values) value *= micros_per_second;
  return summarise(values);
}

}  // namespace

TEST_CASE("a summary has the figures NumPy gives") {
  const Summary two = seconds({3, 1});
  CHECK(two.count == 2);
  CHECK(two.sum == 4);
  CHECK(two.mean == 2);
  CHECK(two.median == 2);
  CHECK(two.p75 == doctest::Approx(2.5));
  CHECK(*two.stdev == doctest::Approx(1.4142135623730951).epsilon(1e-15));
  CHECK(two.min == 1);
  CHECK(two.max == 3);

  const Summary ten = seconds({10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
  CHECK(ten.median == 5.5);
  CHECK(ten.p75 == doctest::Approx(7.75));
  CHECK(ten.p90 == doctest::Approx(9.1));
  CHECK(ten.p95 == doctest::Approx(9.55));
  CHECK(ten.p99 == doctest::Approx(9.91));
  CHECK(*ten.stdev == doctest::Approx(3.0276503540974917).epsilon(1e-15));
}

TEST_CASE("nothing and one value") {
  CHECK(seconds({}).count == 0);
  const Summary one = seconds({-7});
  CHECK(one.count == 1);
  CHECK_FALSE(one.stdev.has_value());
  CHECK(one.median == -7);
  CHECK(one.p99 == -7);
  CHECK(one.min == -7);
  CHECK(one.max == -7);
}

TEST_CASE("equal values have no deviation") {
  const Summary same = seconds(std::vector<Micros>(1000, 123'456'789));
  CHECK(*same.stdev == 0);
  CHECK(same.mean == 123'456'789);
}

TEST_CASE("the order of the values does not matter, not even to the last bit") {
  std::vector<Micros> values;
  std::uint64_t state = 1;
  for (int index = 0; index < 5000; ++index) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    values.push_back(static_cast<Micros>(state >> 14U) - (Micros{1} << 49U));
  }
  std::vector<Micros> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const Summary a = summarise(values);
  const Summary b = summarise(sorted);
  CHECK(a.sum_micros == b.sum_micros);
  CHECK(*a.stdev == *b.stdev);
  CHECK(a.mean == b.mean);
  CHECK(a.p75 == b.p75);
  CHECK(a.p99 == b.p99);
}

TEST_CASE("sums above 64 bits stay right as a number of seconds") {
  const Micros century = 36'525 * micros_per_day;
  std::vector<Micros> values(10'000, century);
  const Summary much = summarise(values);
  CHECK(much.sum == doctest::Approx(36'525.0 * 86'400.0 * 10'000.0).epsilon(1e-15));
  CHECK(much.sum_micros == std::numeric_limits<Micros>::max());
  CHECK(much.mean == doctest::Approx(36'525.0 * 86'400.0));
  CHECK(*much.stdev == 0);
}

TEST_CASE("large sets have the quantiles of the sorted values, in any number of parts") {
  std::uint64_t state = 9;
  const auto next = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return state >> 33U;
  };
  for (const Micros scale : {Micros{1}, Micros{3}, Micros{40'000'000}, Micros{1} << 30U}) {
    std::vector<Micros> values;
    for (int index = 0; index < 20'000; ++index) {
      // Few distinct values, some of them negative, and a long tail.
      const auto draw = static_cast<Micros>(next() % 200);
      values.push_back((draw < 190 ? draw % 20 - 5 : draw * draw) * scale);
    }
    std::vector<std::span<const Micros>> parts;
    for (std::size_t begin = 0; begin < values.size(); begin += 777)
      parts.push_back(
          std::span(values).subspan(begin, std::min<std::size_t>(777, values.size() - begin)));
    const Summary found = summarise(parts);
    const Summary together = summarise(values);
    std::vector<Micros> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const auto quantile = [&](double share) {
      const double position = static_cast<double>(sorted.size() - 1) * share;
      const auto below = static_cast<std::size_t>(position);
      const auto low = static_cast<double>(sorted[below]);
      const auto high = static_cast<double>(sorted[std::min(below + 1, sorted.size() - 1)]);
      return (low + (high - low) * (position - static_cast<double>(below))) / 1e6;
    };
    CHECK(found.median == doctest::Approx(quantile(0.5)).epsilon(1e-12));
    CHECK(found.p75 == doctest::Approx(quantile(0.75)).epsilon(1e-12));
    CHECK(found.p90 == doctest::Approx(quantile(0.9)).epsilon(1e-12));
    CHECK(found.p95 == doctest::Approx(quantile(0.95)).epsilon(1e-12));
    CHECK(found.p99 == doctest::Approx(quantile(0.99)).epsilon(1e-12));
    CHECK(found.stdev == together.stdev);
    CHECK(found.sum_micros == together.sum_micros);
    CHECK(found.p99 == together.p99);
  }
}
