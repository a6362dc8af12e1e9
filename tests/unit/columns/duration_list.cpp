#include "core/columns/duration_list.h"

#include <doctest/doctest.h>

#include <bit>
#include <random>
#include <vector>

#include "core/columns/summary.h"

using namespace gemba;

namespace {

DurationList list_of(const std::vector<Micros>& values) {
  DurationList list;
  for (const Micros value : values) list.push_back(value);
  return list;
}

std::vector<Micros> values_of(const DurationList& list) {
  std::vector<Micros> values(list.micros().begin(), list.micros().end());
  for (const std::int32_t each : list.seconds()) values.push_back(each * micros_per_second);
  return values;
}

/// To the last bit.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same(const Summary& a, const Summary& b) {
  return a.count == b.count && a.sum_micros == b.sum_micros && same(a.sum, b.sum) &&
         same(a.mean, b.mean) && a.stdev.has_value() == b.stdev.has_value() &&
         same(a.stdev.value_or(0), b.stdev.value_or(0)) && same(a.min, b.min) &&
         same(a.max, b.max) && same(a.median, b.median) && same(a.p75, b.p75) &&
         same(a.p90, b.p90) && same(a.p95, b.p95) && same(a.p99, b.p99);
}

constexpr Micros longest = Micros{0x7FFF'FFFF} * micros_per_second;
constexpr Micros most_negative = -Micros{0x8000'0000} * micros_per_second;

}  // namespace

TEST_CASE("whole seconds of less than 68 years take four bytes") {
  const std::vector<Micros> values = {0, micros_per_second, -micros_per_second, longest,
                                      most_negative};
  const DurationList list = list_of(values);
  CHECK(list.micros().empty());
  CHECK(values_of(list) == values);
}

TEST_CASE("other durations are kept as they are, with all that came before") {
  for (const Micros odd : {Micros{1}, Micros{-1}, micros_per_second + 1,
                           longest + micros_per_second, most_negative - micros_per_second}) {
    CAPTURE(odd);
    const std::vector<Micros> values = {5 * micros_per_second, most_negative, odd,
                                        7 * micros_per_second};
    const DurationList list = list_of(values);
    CHECK(list.seconds().empty());
    CHECK(list.size() == 4);
    CHECK(values_of(list) == values);
  }
}

TEST_CASE("no duration is taken for a whole number of seconds that is none") {
  std::mt19937_64 random(2);
  for (int i = 0; i < 200'000; ++i) {
    const auto draw = static_cast<Micros>(random() >> (random() % 64U));
    const Micros value = i % 3 == 0   ? draw
                         : i % 3 == 1 ? -draw / 64 * 64
                                      : draw % longest / 15'625 * 15'625;
    const DurationList list = list_of({value});
    const bool whole = value % micros_per_second == 0 && value >= most_negative && value <= longest;
    REQUIRE(values_of(list) == std::vector{value});
    REQUIRE(list.micros().empty() == whole);
  }
}

TEST_CASE("a list is appended to another, whichever of them has only whole seconds") {
  const std::vector<Micros> whole = {3 * micros_per_second, 4 * micros_per_second};
  const std::vector<Micros> odd = {1'500'000, 2 * micros_per_second};
  for (const auto& [first, second] : {std::pair(whole, whole), std::pair(whole, odd),
                                      std::pair(odd, whole), std::pair(odd, odd)}) {
    DurationList list = list_of(first);
    list.append(list_of(second));
    std::vector<Micros> all = first;
    all.insert(all.end(), second.begin(), second.end());
    CHECK(values_of(list) == all);
  }
}

TEST_CASE("lists have the summary of their values, to the last bit") {
  std::mt19937_64 random(11);
  for (const Micros range : {Micros{10}, Micros{100'000}, Micros{0x7FFF'FFFF}}) {
    for (const std::size_t count : {1U, 2U, 3U, 2048U, 2049U, 30'000U}) {
      CAPTURE(range);
      CAPTURE(count);
      std::vector<Micros> values;
      for (std::size_t i = 0; i < count; ++i) {
        const auto draw = static_cast<Micros>(random() % static_cast<std::uint64_t>(2 * range));
        values.push_back((draw - range) * micros_per_second);
      }
      const std::size_t cut = count / 3;
      const std::vector<Micros> front(values.begin(), values.begin() + static_cast<long>(cut));
      const std::vector<Micros> back(values.begin() + static_cast<long>(cut), values.end());
      const DurationList a = list_of(front), b = list_of(back), none;
      const DurationList* const lists[] = {&a, &none, &b};
      CHECK(same(summarise(lists), summarise(values)));

      DurationList odd = list_of(front);
      odd.push_back(-123'456);
      values.push_back(-123'456);
      const DurationList* const mixed[] = {&odd, &b};
      CHECK(same(summarise(mixed), summarise(values)));
    }
  }
  const DurationList nothing;
  const DurationList* const lists[] = {&nothing};
  CHECK(summarise(lists).count == 0);
}
