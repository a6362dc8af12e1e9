#include "core/columns/large_vector.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <thread>

using namespace gemba;

namespace {

/// Allocates, fills, checks and gives back blocks of many sizes in a random order. False when a
/// block lost what was written to it: it was handed out twice.
bool keeps_its_own(unsigned seed) {
  constexpr std::size_t page = std::size_t{2} << 20U;
  std::mt19937 random(seed);
  std::vector<LargeVector<std::uint32_t>> blocks;
  bool good = true;
  const auto whole = [](const LargeVector<std::uint32_t>& block) {
    return std::all_of(block.begin(), block.end(),
                       [&](std::uint32_t value) { return value == block.front(); });
  };
  for (std::uint32_t number = 1; number <= 120; ++number) {
    if (blocks.size() < 8 && random() % 3 != 0) {
      blocks.emplace_back(1 + random() % (4 * page / sizeof(std::uint32_t)), number);
      continue;
    }
    if (blocks.empty()) continue;
    const auto at = blocks.begin() + static_cast<std::ptrdiff_t>(random() % blocks.size());
    good = good && whole(*at);
    blocks.erase(at);
  }
  return good && std::all_of(blocks.begin(), blocks.end(), whole);
}

}  // namespace

TEST_CASE("large blocks do not overlap, whatever was given back before") {
  for (const unsigned seed : {1U, 2U, 3U}) CHECK(keeps_its_own(seed));
}

TEST_CASE("large blocks are handed out by several threads") {
  bool first = false;
  bool second = false;
  {
    const std::jthread other([&] { first = keeps_its_own(4); });
    second = keeps_its_own(5);
  }
  CHECK(first);
  CHECK(second);
}

TEST_CASE("memory that was given back is used again") {
  // Larger than any other block, so that no other fits; never touched, so that it takes no memory.
  constexpr std::size_t size = std::size_t{256} << 20U;
  LargeVector<char> block;
  block.reserve(size);
  const char* const begin = block.data();
  release(block);
  block.reserve(size);
  const bool again = block.data() == begin;
  CHECK(again);
}
