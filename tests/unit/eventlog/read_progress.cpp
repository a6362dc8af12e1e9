#include "core/eventlog/bytes/read_progress.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <string>

#include "core/eventlog/read_log.h"

using namespace gemba;

namespace {

std::string long_log(std::size_t size) {
  std::string text = "case,activity\n";
  for (int row = 0; text.size() < size; ++row)
    text += fmt::format("c{},a{}\n", row % 1000, row % 7);
  return text;
}

ReadOptions watched(ReadProgress& progress, std::size_t threads) {
  ReadOptions options;
  options.progress = &progress;
  options.threads = threads;
  return options;
}

}  // namespace

TEST_CASE("what is taken of a log is counted, in all threads that read it") {
  const std::string text = long_log(std::size_t{5} << 20U);
  for (const std::size_t threads : {1, 2, 4}) {
    CAPTURE(threads);
    ReadProgress progress;
    read_log_text(text, "x.csv", watched(progress, threads));
    CHECK(progress.total == text.size());
    CHECK(progress.taken >= text.size());
    // At each seam some blocks are read twice.
    CHECK(progress.taken < text.size() + threads * (std::size_t{1} << 20U));
  }
}

TEST_CASE("of a pipe nobody knows the total") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const std::string text = long_log(10'000);
  REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  ::close(ends[1]);
  ReadProgress progress;
  read_log(fmt::format("/dev/fd/{}", ends[0]), watched(progress, 2));
  ::close(ends[0]);
  CHECK(progress.total == 0);
  CHECK(progress.taken == text.size());
}
