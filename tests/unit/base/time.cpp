#include "core/base/time.h"

#include <doctest/doctest.h>

#include "core/base/error.h"

using namespace gemba;

namespace {

std::string utc(std::string_view text, std::string_view zone = "") {
  TimestampReader reader{TimeZone(zone)};
  const std::optional<Timestamp> read = reader.read(text);
  return read ? format_utc(read->utc) : "none";
}

}  // namespace

TEST_CASE("timestamps are read in every usual form") {
  struct Row {
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"2012-01-01T10:00:00+05:00", "2012-01-01T05:00:00Z"},
      {"2012-01-01 10:00:00+0500", "2012-01-01T05:00:00Z"},
      {"2012-01-01T10:00:00-05", "2012-01-01T15:00:00Z"},
      {"2012-01-01T10:00:00 +05:30", "2012-01-01T04:30:00Z"},
      {"2012-01-01T10:00:00Z", "2012-01-01T10:00:00Z"},
      {"2012-01-01T10:00:00 UTC", "2012-01-01T10:00:00Z"},
      {"2012-01-01T10:00", "2012-01-01T10:00:00Z"},
      {"2012-01-01", "2012-01-01T00:00:00Z"},
      {"  2012-01-01 10:00 ", "2012-01-01T10:00:00Z"},
      {"2012-01-01T10:00:00.5Z", "2012-01-01T10:00:00.500Z"},
      {"2012-01-01T10:00:00,123Z", "2012-01-01T10:00:00.123Z"},
      {"2012-01-01T10:00:00.123456Z", "2012-01-01T10:00:00.123456Z"},
      {"2012-01-01T10:00:00.123456789+01:00", "2012-01-01T09:00:00.123456Z"},
      {"2026/1/5 9:03", "2026-01-05T09:03:00Z"},
      {"2026/1/5 9:03:07", "2026-01-05T09:03:07Z"},
      {"2026-1-5 09:03:07", "2026-01-05T09:03:07Z"},
      {"2026.01.05 09:03", "2026-01-05T09:03:00Z"},
      {"20260105T090307Z", "2026-01-05T09:03:07Z"},
      {"20260105", "2026-01-05T00:00:00Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
      {"1900-02-28T00:00:00Z", "1900-02-28T00:00:00Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
      {"2024-02-29", "2024-02-29T00:00:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"2016-12-31T24:00:00Z", "2017-01-01T00:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(utc(row.text) == row.utc);
  }
}

TEST_CASE("what is not a timestamp is none") {
  for (const char* text : {"",
                           " ",
                           "2012",
                           "2012-13-01",
                           "2023-02-29",
                           "2012-01-01T",
                           "2012-01-01T25:00",
                           "2012-01-01T10:60",
                           "2012-01-01T10:00:61",
                           "2012-01-01T10:00:00.",
                           "2012-01-01T10:00:00+",
                           "2012-01-01T10:00:00+5",
                           "2012-01-01T10:00:00+19:00",
                           "2012-01-01T10:00:00Zx",
                           "2012-01/01",
                           "12-01-01",
                           "yesterday",
                           "2012-01-01T24:00:01",
                           "-2012-01-01",
                           "2012-01-01 10:00:00 Mars",
                           "99999-01-01",
                           "2012-01-01T10",
                           "二〇一二年"}) {
    CAPTURE(text);
    CHECK(utc(text) == "none");
  }
}

TEST_CASE("the cached date changes nothing") {
  TimestampReader reader;
  for (const char* text :
       {"2012-01-01T10:00:00", "2012-01-01T10:00:01", "2012-01-02T10:00:00", "2012/01/02 10:00",
        "2012-01-02", "2012-01-02T10:00 ", "2012-01-02T1x", "20120102T1000"}) {
    CAPTURE(text);
    const std::optional<Timestamp> again = reader.read(text);
    CHECK((again ? format_utc(again->utc) : "none") == utc(text));
  }
}

TEST_CASE("a time without an offset is in the zone, one with an offset is not") {
  struct Row {
    const char* zone;
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"Asia/Shanghai", "2026-01-05 09:03", "2026-01-05T01:03:00Z"},
      {"Asia/Shanghai", "2026-01-05 09:03+01:00", "2026-01-05T08:03:00Z"},
      {"+08:00", "2026-01-05 09:03", "2026-01-05T01:03:00Z"},
      {"-0330", "2026-01-05 09:03", "2026-01-05T12:33:00Z"},
      {"UTC", "2026-01-05 09:03", "2026-01-05T09:03:00Z"},
      {"Europe/Amsterdam", "2011-10-11 13:45:40", "2011-10-11T11:45:40Z"},
      {"Europe/Amsterdam", "2011-11-24 15:36:51", "2011-11-24T14:36:51Z"},
      {"Europe/Berlin", "2023-03-26 01:59:59",
       "2023-03-26T00:59:59Z"},  // before the clocks go forward
      {"Europe/Berlin", "2023-03-26 02:30:00", "2023-03-26T01:30:00Z"},  // skipped: an hour later
      {"Europe/Berlin", "2023-03-26 03:00:00", "2023-03-26T01:00:00Z"},
      {"Europe/Berlin", "2023-10-29 02:30:00", "2023-10-29T00:30:00Z"},  // twice: the first
      {"Europe/Berlin", "2023-10-29 03:00:00", "2023-10-29T02:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.text);
    CHECK(utc(row.text, row.zone) == row.utc);
  }
  TimestampReader reader;
  CHECK(reader.read("2026-01-05T09:03Z")->has_offset);
  CHECK_FALSE(reader.read("2026-01-05T09:03")->has_offset);
}

TEST_CASE("the stretch of a zone kept from one time to the next changes nothing") {
  TimeZone kept("Europe/Berlin");
  const Micros step = 7 * 3600 * micros_per_second;
  const Micros begin = TimestampReader().read("2021-01-01")->utc;
  for (int index = 0; index < 4000; ++index) {
    const Micros local = begin + index * step;
    TimeZone fresh("Europe/Berlin");
    REQUIRE(kept.to_utc(local) == fresh.to_utc(local));
  }
}

TEST_CASE("an unknown zone names its neighbour") {
  CHECK_THROWS_WITH_AS(TimeZone("Asia/Shanghi"), doctest::Contains("Asia/Shanghai"), UsageError);
}
