#include "core/time/time.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace gemba;

TEST_CASE("a moment is written in UTC, with the fraction that it has") {
  struct Row {
    Micros utc;
    const char* text;
  };
  const Row rows[] = {
      {0, "1970-01-01T00:00:00Z"},
      {1, "1970-01-01T00:00:00.000001Z"},
      {1'000, "1970-01-01T00:00:00.001Z"},
      {10'100, "1970-01-01T00:00:00.010100Z"},
      {500'000, "1970-01-01T00:00:00.500Z"},
      {-1, "1969-12-31T23:59:59.999999Z"},
      {-micros_per_day, "1969-12-31T00:00:00Z"},
      {1'767'603'780'000'000, "2026-01-05T09:03:00Z"},
      {253'402'300'799'999'999, "9999-12-31T23:59:59.999999Z"},
      {253'402'300'800'000'000, "+010000-01-01T00:00:00Z"},
      {-62'135'596'800'000'000, "0001-01-01T00:00:00Z"},
      {-62'167'219'200'000'000, "0000-01-01T00:00:00Z"},
      {-62'167'219'200'000'001, "-000001-12-31T23:59:59.999999Z"},
      {std::numeric_limits<Micros>::max(), "+294247-01-10T04:00:54.775807Z"},
      {std::numeric_limits<Micros>::min(), "-290308-12-21T19:59:05.224192Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(format_utc(row.utc) == row.text);
  }
}
