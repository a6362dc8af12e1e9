#include "core/time/time_zone.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/error.h"
#include "core/time/time.h"

using namespace gemba;

namespace {

Micros at(std::string_view text) { return TimestampReader().read(text).value().utc; }

}  // namespace

TEST_CASE("a local time is unique, skipped or repeated") {
  struct Row {
    const char* zone;
    const char* local;
    const char* utc;
    LocalTime kind;
  };
  using enum LocalTime;
  const Row rows[] = {
      {"Europe/Berlin", "2023-03-26 01:59:59", "2023-03-26T00:59:59Z", unique},
      {"Europe/Berlin", "2023-03-26 02:00:00", "2023-03-26T01:00:00Z", skipped},
      {"Europe/Berlin", "2023-03-26 02:30:00", "2023-03-26T01:30:00Z", skipped},
      {"Europe/Berlin", "2023-03-26 02:59:59.999999", "2023-03-26T01:59:59.999999Z", skipped},
      {"Europe/Berlin", "2023-03-26 03:00:00", "2023-03-26T01:00:00Z", unique},
      {"Europe/Berlin", "2023-10-29 01:59:59", "2023-10-28T23:59:59Z", unique},
      {"Europe/Berlin", "2023-10-29 02:00:00", "2023-10-29T00:00:00Z", repeated},
      {"Europe/Berlin", "2023-10-29 02:59:59", "2023-10-29T00:59:59Z", repeated},
      {"Europe/Berlin", "2023-10-29 03:00:00", "2023-10-29T02:00:00Z", unique},
      {"America/New_York", "2026-03-08 01:59:59", "2026-03-08T06:59:59Z", unique},
      {"America/New_York", "2026-03-08 02:30:00", "2026-03-08T07:30:00Z", skipped},
      {"America/New_York", "2026-03-08 03:00:00", "2026-03-08T07:00:00Z", unique},
      {"America/New_York", "2026-11-01 00:59:59", "2026-11-01T04:59:59Z", unique},
      {"America/New_York", "2026-11-01 01:30:00", "2026-11-01T05:30:00Z", repeated},
      {"America/New_York", "2026-11-01 02:00:00", "2026-11-01T07:00:00Z", unique},
      // China had daylight saving from 1986 to 1991, and none since.
      {"Asia/Shanghai", "1986-05-04 01:59:59", "1986-05-03T17:59:59Z", unique},
      {"Asia/Shanghai", "1986-05-04 02:30:00", "1986-05-03T18:30:00Z", skipped},
      {"Asia/Shanghai", "1986-07-01 12:00:00", "1986-07-01T03:00:00Z", unique},
      {"Asia/Shanghai", "1988-08-08 08:00:00", "1988-08-07T23:00:00Z", unique},
      {"Asia/Shanghai", "1991-09-15 01:30:00", "1991-09-14T16:30:00Z", repeated},
      {"Asia/Shanghai", "1991-09-15 02:00:00", "1991-09-14T18:00:00Z", unique},
      {"Asia/Shanghai", "1992-07-01 12:00:00", "1992-07-01T04:00:00Z", unique},
      {"Asia/Shanghai", "2026-07-01 12:00:00", "2026-07-01T04:00:00Z", unique},
      {"Asia/Shanghai", "0001-01-01 00:00:00", "0000-12-31T15:54:17Z", unique},
      {"+08:00", "2023-03-26 02:30:00", "2023-03-25T18:30:00Z", unique},
      {"", "2023-03-26 02:30:00", "2023-03-26T02:30:00Z", unique},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.zone));
    CAPTURE(std::string(row.local));
    TimeZone zone(row.zone);
    // Twice, as the zone may keep what it found.
    for (int time = 0; time < 2; ++time) {
      LocalTime kind = skipped;
      CHECK(format_utc(zone.to_utc(at(row.local), kind)) == row.utc);
      CHECK(kind == row.kind);
    }
  }
}

TEST_CASE("what a zone keeps from one time to the next changes nothing") {
  for (const char* name : {"Europe/Berlin", "America/New_York", "Asia/Shanghai"}) {
    TimeZone kept(name);
    const Micros step = 7 * 3600 * micros_per_second;
    const Micros begin = at("1986-01-01");
    for (int index = 0; index < 9000; ++index) {
      const Micros local = begin + index * step;
      TimeZone fresh(name);
      LocalTime kind = LocalTime::unique;
      LocalTime fresh_kind = LocalTime::unique;
      const Micros utc = kept.to_utc(local, kind);
      REQUIRE(utc == fresh.to_utc(local, fresh_kind));
      REQUIRE(kind == fresh_kind);
      if (kind != LocalTime::skipped) REQUIRE(kept.to_local(utc) == local);
    }
  }
}

TEST_CASE("an abbreviation tells a repeated hour apart") {
  const TimeZone berlin("Europe/Berlin");
  const Micros twice = at("2023-10-29 02:30:00");
  CHECK(format_utc(berlin.to_utc(twice, "CEST").value()) == "2023-10-29T00:30:00Z");
  CHECK(format_utc(berlin.to_utc(twice, "CET").value()) == "2023-10-29T01:30:00Z");
  CHECK_FALSE(berlin.to_utc(twice, "EST"));
  CHECK_FALSE(berlin.to_utc(at("2023-07-01"), "CET"));
  CHECK_FALSE(TimeZone("+01:00").to_utc(twice, "CET"));
}

TEST_CASE("the name of a zone is as it was written") {
  CHECK(TimeZone().name() == "UTC");
  CHECK(TimeZone("").name() == "UTC");
  CHECK(TimeZone("+08:00").name() == "+08:00");
  CHECK(TimeZone("Asia/Shanghai").name() == "Asia/Shanghai");
  CHECK(TimeZone::find("Etc/GMT+8").has_value());
  CHECK(TimeZone::find("asia/SHANGHAI")->to_utc(at("2026-01-05 17:03:00")) ==
        at("2026-01-05 09:03:00"));
  CHECK(TimeZone::find("UTC+8")->to_utc(at("2026-01-05 17:03:00")) == at("2026-01-05 09:03:00"));
  CHECK(TimeZone::find("GMT+8").has_value());
  CHECK_FALSE(TimeZone::find("CST"));
  CHECK_FALSE(TimeZone::find("Asia/Nowhere"));
  CHECK_FALSE(TimeZone::find("+08:0"));
  CHECK_THROWS_WITH_AS(TimeZone("Asia/Shanghi"), doctest::Contains("Asia/Shanghai"), UsageError);
}
