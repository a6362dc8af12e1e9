#include "core/eventlog/bytes/read_ahead.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/error.h"

using namespace gemba;

namespace {

/// Gives a text in pieces of one size, then ends or fails.
struct Pieces {
  std::string_view text;
  std::size_t piece;
  bool fails;

  std::size_t operator()(char* to, std::size_t count) {
    if (text.empty() && fails) throw Error("torn");
    const std::size_t got = text.copy(to, std::min(count, piece));
    text.remove_prefix(got);
    return got;
  }
};

std::string numbered_lines(int count) {
  std::string text;
  for (int line = 0; line < count; ++line) text += std::to_string(line) + "\n";
  return text;
}

std::string read_all(ReadAhead& ahead, std::size_t step) {
  std::string text;
  std::string part(step, '\0');
  while (const std::size_t got = ahead.read(part.data(), step)) text.append(part, 0, got);
  return text;
}

}  // namespace

TEST_CASE("what is read ahead is the same for all sizes of blocks, pieces and reads") {
  const std::string text = numbered_lines(300);
  for (const std::size_t block : {1, 2, 7, 256, 5000}) {
    for (const std::size_t piece : {1, 3, 100, 5000}) {
      for (const std::size_t step : {1, 5, 64, 5000}) {
        CAPTURE(block);
        CAPTURE(piece);
        CAPTURE(step);
        ReadAhead ahead(Pieces{text, piece, false}, 3, block);
        CHECK(read_all(ahead, step) == text);
        char more = 0;
        CHECK(ahead.read(&more, 1) == 0);
      }
    }
  }
  ReadAhead nothing(Pieces{"", 1, false}, 4, 8);
  CHECK(read_all(nothing, 8).empty());
}

TEST_CASE("a failure comes after all bytes in front of it, and stays") {
  const std::string text = numbered_lines(100);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64},
                                 std::size_t{65}, text.size()}) {
    CAPTURE(size);
    ReadAhead ahead(Pieces{std::string_view(text).substr(0, size), 10, true}, 2, 64);
    std::string got(size, '\0');
    for (std::size_t at = 0; at < size;) at += ahead.read(got.data() + at, size - at);
    CHECK(got == text.substr(0, size));
    char more = 0;
    CHECK_THROWS_WITH_AS(ahead.read(&more, 1), "torn", Error);
    CHECK_THROWS_WITH_AS(ahead.read(&more, 1), "torn", Error);
  }
}

TEST_CASE("the thread works ahead of its reader, but not beyond its blocks") {
  std::atomic<int> calls = 0;
  const auto endless = [&](char* to, std::size_t count) {
    std::fill_n(to, count, 'x');
    ++calls;
    return count;
  };
  {
    ReadAhead ahead(endless, 4, 16);
    while (calls < 4) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(calls == 4);
    char taken[16];
    CHECK(ahead.read(taken, sizeof taken) == sizeof taken);
    while (calls < 5) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(calls == 5);
  }
  for (int round = 0; round < 100; ++round) {
    ReadAhead ahead(endless, 2, 8);
    char taken[3];
    if (round % 2 == 1) CHECK(ahead.read(taken, sizeof taken) == sizeof taken);
  }
}
