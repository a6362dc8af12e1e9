#include "core/time/duration.h"

#include <doctest/doctest.h>

#include <string>

#include <cmath>
#include <limits>

using namespace gemba;

TEST_CASE("durations are read to the microsecond") {
  struct Row {
    std::string text;
    Micros micros;
  };
  const Row rows[] = {
      {"0s", 0},
      {"90s", 90'000'000},
      {"15m", 900'000'000},
      {"1h30m", 5'400'000'000},
      {"1h30m15s500ms", 5'415'500'000},
      {"2d", 2 * micros_per_day},
      {"1w", 7 * micros_per_day},
      {"1w2d", 9 * micros_per_day},
      {"1.5h", 5'400'000'000},
      {"0.1s", 100'000},
      {"0.000001s", 1},
      {"250ms", 250'000},
      {"PT15M", 900'000'000},
      {"P1DT2H", micros_per_day + 7'200'000'000},
      {"P2W", 14 * micros_per_day},
      {"P3D", 3 * micros_per_day},
      {"PT1H30M0.5S", 5'400'500'000},
      {"9223372036854ms", 9'223'372'036'854'000},
      {"292000y", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto duration = parse_duration(row.text);
    if (row.text.ends_with('y')) {
      CHECK_FALSE(duration);
      continue;
    }
    REQUIRE(duration);
    CHECK(duration->kind == Duration::Kind::elapsed);
    CHECK(duration->micros == row.micros);
  }
}

TEST_CASE("business days and hours are kinds of their own") {
  const auto days = parse_duration("2bd");
  REQUIRE(days);
  CHECK(days->kind == Duration::Kind::business_days);
  CHECK(days->days == 2);
  CHECK(working_seconds(*days) == 2 * 8 * 3600);
  CHECK(working_seconds(*days, 7.5) == 2 * 7.5 * 3600);
  const auto half = parse_duration("0.5bd");
  REQUIRE(half);
  CHECK(half->days == 0.5);
  const auto hours = parse_duration("8bh");
  REQUIRE(hours);
  CHECK(hours->kind == Duration::Kind::business_hours);
  CHECK(working_seconds(*hours) == 8 * 3600);
  CHECK(working_seconds(*parse_duration("1.5h")) == 5400);
}

TEST_CASE("what is not a duration is none") {
  for (const char* text : {"",
                           "15",
                           "m",
                           "15 m",
                           " 15m",
                           "15m ",
                           "-5m",
                           "+5m",
                           "5M",
                           "5y",
                           "1.m",
                           ".5h",
                           "1..5h",
                           "30m1h",
                           "1h1h",
                           "1h30",
                           "15min",
                           "P",
                           "PT",
                           "P1Y",
                           "P1M",
                           "P1DT",
                           "PT1D",
                           "pt15m",
                           "PT15m",
                           "2bd4h",
                           "2bd3bh",
                           "2bd1bd",
                           "bd",
                           "1h2bh",
                           "15分钟",
                           "1e3s",
                           "99999999999999999999s",
                           "9999999999999999w",
                           "300000000w",
                           "9223372036855s999999999999ms",
                           "1,5h",
                           "0x10s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("durations for people have at most two units") {
  struct Row {
    double seconds;
    std::string text;
  };
  const Row rows[] = {
      {0, "0s"},         {0.0001, "0s"},      {-0.0001, "0s"},
      {0.5, "0.5s"},     {0.125, "0.125s"},   {0.9996, "1s"},
      {1, "1s"},         {2.34, "2.3s"},      {9.96, "10s"},
      {45, "45s"},       {59.4, "59s"},       {59.6, "1m"},
      {60, "1m"},        {90, "1m 30s"},      {3599.4, "59m 59s"},
      {3599.6, "1h"},    {8040, "2h 14m"},    {7200, "2h"},
      {86399, "1d"},     {86400, "1d"},       {273600, "3d 4h"},
      {604800, "7d"},    {-180, "-3m"},       {-8040, "-2h 14m"},
      {8640000, "100d"}, {std::nan(""), "-"}, {std::numeric_limits<double>::infinity(), "-"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.seconds);
    CHECK(humane_seconds(row.seconds) == row.text);
  }
}
