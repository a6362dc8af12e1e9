#include "core/eventlog/query/variants.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "core/eventlog/query/pair_index.h"

using namespace gemba;

namespace {

using Sequence = std::vector<ActivityId>;

StringPool names_of(std::size_t count) {
  StringPool names;
  for (std::size_t number = 0; number < count; ++number) names.intern("n" + std::to_string(number));
  return names;
}

}  // namespace

TEST_CASE("sequences are counted, however the cases are shared out") {
  std::mt19937 random(3);
  std::map<Sequence, std::int64_t> expected;
  VariantIndex whole;
  VariantIndex parts[3];
  for (int number = 0; number < 5000; ++number) {
    Sequence sequence(1 + random() % 6);
    for (ActivityId& activity : sequence) activity = ActivityId(random() % 4);
    ++expected[sequence];
    whole.add(sequence);
    parts[random() % 3].add(sequence);
  }
  parts[0].add(parts[1]);
  parts[0].add(parts[2]);
  const StringPool names = names_of(4);
  for (const VariantIndex* index : {&whole, &parts[0]}) {
    CHECK(index->count() == static_cast<std::int64_t>(expected.size()));
    const std::vector<Variant> top = index->top(1'000'000, names);
    REQUIRE(top.size() == expected.size());
    for (std::size_t at = 0; at < top.size(); ++at) {
      CHECK(top[at].cases == expected[top[at].activities]);
      if (at > 0) CHECK(top[at - 1].cases >= top[at].cases);
    }
  }
}

TEST_CASE("equally frequent variants are in order of the names of their activities") {
  StringPool names;
  names.intern("z");
  names.intern("a");
  VariantIndex index;
  const Sequence z = {ActivityId(0)};
  const Sequence a = {ActivityId(1)};
  const Sequence az = {ActivityId(1), ActivityId(0)};
  for (const Sequence* each : {&z, &az, &a}) index.add(*each);
  const std::vector<Variant> top = index.top(2, names);
  REQUIRE(top.size() == 2);
  CHECK(top[0].activities == a);
  CHECK(top[1].activities == az);
  CHECK(VariantIndex().top(5, names).empty());
}

TEST_CASE("pairs are numbered in order of appearance, in a table and by hashing") {
  for (const std::size_t bound : {std::size_t{50}, std::size_t{100'000}}) {
    PairIndex index(bound);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> expected;
    std::mt19937 random(5);
    for (int round = 0; round < 20'000; ++round) {
      const std::pair<std::uint32_t, std::uint32_t> pair(random() % 50, random() % 50);
      const auto next = static_cast<std::uint32_t>(expected.size());
      const std::uint32_t number = expected.emplace(pair, next).first->second;
      REQUIRE(index(pair.first, pair.second) == number);
      REQUIRE(index[number] == pair);
    }
    CHECK(index.size() == expected.size());
  }
}

TEST_CASE("sequences have numbers in the order in which they came first") {
  VariantIndex index;
  const Sequence ab = {ActivityId(0), ActivityId(1)};
  const Sequence ba = {ActivityId(1), ActivityId(0)};
  CHECK(index.number_of(ab) == 0);
  CHECK(index.number_of(ba) == 1);
  CHECK(index.number_of(ab) == 0);
  CHECK(index.cases(0) == 0);
  index.count_cases(1, 3);
  index.add(ba);
  CHECK(index.cases(1) == 4);
  const auto kept = index.sequence(1);
  const bool same = std::equal(kept.begin(), kept.end(), ba.begin(), ba.end());
  CHECK(same);
}
