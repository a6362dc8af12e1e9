// Workbooks of another program: the same tickets in days of 1900 and of 1904.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

TEST_CASE("the same tickets are read from workbooks of 1900 and of 1904") {
  const std::filesystem::path folder = std::filesystem::path(GEMBA_ROOT) / "../shared/golden/xlsx";
  if (!std::filesystem::is_directory(folder)) {
    MESSAGE("skipped: there are no workbooks in ../shared/golden/xlsx");
    return;
  }
  for (const char* name : {"tickets.xlsx", "tickets_1904.xlsx"}) {
    CAPTURE(name);
    ReadOptions options;
    options.attributes = {"金额"};
    const EventLog log = read_log((folder / name).string(), options);
    CHECK(log.sheet == "工单");
    CHECK(log.other_sheets.empty());
    CHECK(log.quality.lines_before_header == 2);
    CHECK(show_events(log) ==
          "R0001/核对订单/2026-03-02T09:06:30Z/张三 R0002/核对订单/2026-03-02T09:07:30Z/李四 "
          "R0003/核对订单/2026-03-02T09:08:30Z/张三 R0004/核对订单/2026-03-02T09:09:30Z/李四 "
          "R0005/核对订单/2026-03-02T09:10:30Z/张三");
    CHECK(log.start.front() == log.time.front() - 330 * micros_per_second);
    CHECK(log.attributes[0].values[0] == "12.5");
    // The last row has a date without a time of day, no end, and a sum that was never calculated.
    REQUIRE(log.quality.bad_rows == 1);
    CHECK(log.quality.bad_examples[0].line == 9);
  }
}
