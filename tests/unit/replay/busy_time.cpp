#include "core/replay/times/busy_time.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace gemba;

TEST_CASE("the time that stretches cover, while they are added and at the end") {
  std::mt19937 random(42);
  for (int round = 0; round < 200; ++round) {
    std::vector<Stretch> stretches;
    std::vector<Micros> borders;
    for (int i = 0; i < 8; ++i) {
      const auto begin = static_cast<Micros>(random() % 40);
      stretches.push_back({begin, begin + 1 + static_cast<Micros>(random() % 10)});
      borders.insert(borders.end(), {stretches.back().begin, stretches.back().end});
    }
    BusyTime busy(borders);
    bool covered[60] = {};
    const auto before = [&](Micros moment) { return std::count(covered, covered + moment, true); };
    for (const Stretch& each : stretches) {
      busy.add(each);
      std::fill(covered + each.begin, covered + each.end, true);
      for (Micros moment = 0; moment < 60; ++moment) REQUIRE(busy.before(moment) == before(moment));
    }
    std::sort(stretches.begin(), stretches.end(),
              [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
    const MergedTime merged = merge(stretches);
    for (Micros moment = 0; moment < 60; ++moment) REQUIRE(merged.before(moment) == before(moment));
    for (std::size_t i = 1; i < merged.stretches.size(); ++i) {
      REQUIRE(merged.stretches[i].begin > merged.stretches[i - 1].end);
    }
  }
}
