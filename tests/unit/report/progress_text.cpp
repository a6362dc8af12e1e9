#include "core/report/building/progress_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace gemba;

namespace {

constexpr std::uint64_t mebi = std::uint64_t{1} << 20U;

std::string text(std::uint64_t taken, std::uint64_t total, double seconds, std::size_t width = 80) {
  ReadProgress progress;
  progress.taken = taken;
  progress.total = total;
  return progress_text("log.csv", progress, seconds, width);
}

}  // namespace

TEST_CASE("the progress line says how much, how fast and how long") {
  struct Row {
    std::uint64_t taken, total;
    double seconds;
    const char* text;
  };
  const Row table[] = {
      {412 * mebi, 1331 * mebi, 2, "log.csv: 412 MiB of 1.3 GiB, 206 MiB/s, 5s left"},
      {mebi, 121 * mebi, 1, "log.csv: 1.0 MiB of 121 MiB, 1.0 MiB/s, 2m left"},
      {512, 2048, 2, "log.csv: 512 B of 2.0 KiB, 256 B/s, 6s left"},
      {1023, 0, 1, "log.csv: 1.0 KiB, 1.0 KiB/s"},         // not 1023 B
      {1023 * mebi, 0, 2, "log.csv: 1.0 GiB, 512 MiB/s"},  // not 1023 MiB
      {std::uint64_t{9'960} << 20U, 0, 1, "log.csv: 9.7 GiB, 9.7 GiB/s"},
      {std::uint64_t{4'096} << 40U, 0, 1, "log.csv: 4096 TiB, 4096 TiB/s"},
      {0, 100, 1, "log.csv: 0 B of 100 B"},  // a rate of nothing has no end
      {0, 0, 1, "log.csv: 0 B"},
      {5, 0, 0, "log.csv: 5 B"},
      {100, 100, 9, "log.csv: 100 B of 100 B, putting cases together"},
      {120, 100, 9, "log.csv: 100 B of 100 B, putting cases together"},  // some counted twice
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(text(row.taken, row.total, row.seconds) == row.text);
  }
}

TEST_CASE("a narrow progress line keeps its figures") {
  CHECK(text(512, 2048, 2, 43) == "log.csv: 512 B of 2.0 KiB, 256 B/s, 6s left");
  CHECK(text(512, 2048, 2, 42) == "log.c…: 512 B of 2.0 KiB, 256 B/s, 6s left");
  CHECK(text(512, 2048, 2, 39) == "512 B of 2.0 KiB, 256 B/s, 6s left");
  CHECK(text(512, 2048, 2, 10) == "512 B of …");
  CHECK(text(512, 2048, 2, 0).empty());
  ReadProgress progress;
  CHECK(progress_text("\x1b[2Ja", progress, 1, 80).find('\x1b') == std::string::npos);
}
