#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/time/time.h"

using namespace gemba;

namespace {

std::string shown(const std::optional<Timestamp>& read) {
  if (!read) return "none";
  std::string text = format_utc(read->utc);
  if (read->is_ambiguous()) text += " or " + format_utc(read->day_first);
  return text;
}

}  // namespace

TEST_CASE("a date decides whether the day or the month comes first") {
  struct Row {
    const char* text;
    const char* read;
    DateOrder order;
  };
  using enum DateOrder;
  const std::vector<std::vector<Row>> columns = {
      {{"1/5/2026 9:03", "2026-01-05T09:03:00Z or 2026-05-01T09:03:00Z", undecided},
       {"5/5/2026", "2026-05-05T00:00:00Z", undecided},
       {"13.5.2026", "2026-05-13T00:00:00Z", undecided},
       {"2026-05-13", "2026-05-13T00:00:00Z", undecided},
       {"13/13/2026", "none", undecided},
       {"13/5/2026 25:00", "none", undecided},
       {"13/5/2026 9:03", "2026-05-13T09:03:00Z", day_first},
       {"1/5/2026 9:03", "2026-05-01T09:03:00Z", day_first},
       {"5/13/2026", "none", day_first},
       {"13-5-2026", "2026-05-13T00:00:00Z", day_first},
       {"12/11/2026", "2026-11-12T00:00:00Z", day_first},
       {"2026/1/5", "2026-01-05T00:00:00Z", day_first}},
      {{"1-5-2026", "2026-01-05T00:00:00Z or 2026-05-01T00:00:00Z", undecided},
       {"1/5/2026 9:03 PM +08:00", "2026-01-05T13:03:00Z or 2026-05-01T13:03:00Z", undecided},
       {"5/13/2026", "2026-05-13T00:00:00Z", month_first},
       {"1/5/2026", "2026-01-05T00:00:00Z", month_first},
       {"13/5/2026", "none", month_first},
       {"13.5.2026", "2026-05-13T00:00:00Z", month_first}},
  };
  for (const auto& rows : columns) {
    TimestampReader reader;
    for (const Row& row : rows) {
      CAPTURE(std::string(row.text));
      CHECK(shown(reader.read(row.text)) == row.read);
      CHECK(reader.order() == row.order);
    }
  }
}

TEST_CASE("the order can be given") {
  TimestampReader day{TimeZone(), parse_time_format("day-first")};
  CHECK(shown(day.read("1/5/2026")) == "2026-05-01T00:00:00Z");
  CHECK(shown(day.read("5/13/2026")) == "none");
  CHECK(shown(day.read("2026-01-05 09:03:00")) == "2026-01-05T09:03:00Z");
  TimestampReader month{TimeZone(), parse_time_format("month-first")};
  CHECK(shown(month.read("1/5/2026")) == "2026-01-05T00:00:00Z");
  CHECK(shown(month.read("13/5/2026")) == "none");
  TimestampReader set;
  set.set_order(DateOrder::day_first);
  CHECK(shown(set.read("1/5/2026")) == "2026-05-01T00:00:00Z");
  set.set_order(DateOrder::undecided);
  CHECK(set.read("1/5/2026").value().is_ambiguous());
}

TEST_CASE("either reading of an ambiguous date is in the zone") {
  TimestampReader reader{TimeZone("Europe/Berlin")};
  CHECK(shown(reader.read("1/7/2026 12:00")) == "2026-01-07T11:00:00Z or 2026-07-01T10:00:00Z");
}
