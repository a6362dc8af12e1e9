#include "core/time/period.h"

#include <doctest/doctest.h>

#include <random>

#include "core/time/time.h"

using namespace gemba;
namespace {

Micros moment(const std::string& text) {
  TimestampReader reader;
  const auto read = reader.read(text);
  REQUIRE(read);
  return read->utc;
}

/// `2026-W13 167h, 2026-W14 168h`.
std::string listed(const std::string& unit, const std::string& zone, const std::string& first,
                   const std::string& last) {
  const auto periods =
      periods_between(*period_unit(unit), TimeZone(zone), moment(first), moment(last));
  if (!periods) return "too many";
  std::string text;
  for (std::size_t i = 0; i < periods->size(); ++i) {
    const Period& each = (*periods)[i];
    if (i > 0) CHECK(each.begin == (*periods)[i - 1].end);
    const double hours = static_cast<double>(each.end - each.begin) / 3.6e9;
    text += (i > 0 ? ", " : "") + each.name + " " +
            (hours == static_cast<int>(hours) ? std::to_string(static_cast<int>(hours)) + "h"
                                              : std::to_string(static_cast<int>(hours * 60)) + "m");
  }
  CHECK(periods->front().begin <= moment(first));
  CHECK(periods->back().begin <= moment(last));
  CHECK(periods->back().end > moment(last));
  return text;
}

}  // namespace

TEST_CASE("periods are those of the zone's calendar") {
  struct Row {
    const char *unit, *zone, *first, *last, *expected;
  };
  const Row rows[] = {
      // Weeks belong to the year of their Thursday.
      {"week", "UTC", "2026-12-27T23:59:59Z", "2027-01-04T00:00:00Z",
       "2026-W52 168h, 2026-W53 168h, 2027-W01 168h"},
      {"week", "UTC", "2024-12-30", "2024-12-30", "2025-W01 168h"},
      {"week", "UTC", "2021-01-03", "2021-01-03", "2020-W53 168h"},
      {"week", "Asia/Shanghai", "2026-03-08T15:59:59Z", "2026-03-08T16:00:00Z",
       "2026-W10 168h, 2026-W11 168h"},
      // The clocks change on Sundays.
      {"week", "Europe/Berlin", "2026-03-23", "2026-03-30", "2026-W13 167h, 2026-W14 168h"},
      {"week", "Europe/Berlin", "2026-10-19", "2026-10-26", "2026-W43 169h, 2026-W44 168h"},
      {"week", "Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z",
       "2026-W43 169h, 2026-W44 168h"},
      {"day", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z",
       "2026-03-28 24h, 2026-03-29 23h, 2026-03-30 24h"},
      {"day", "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25T12:00:00Z", "2026-10-25 25h"},
      {"hour", "Europe/Berlin", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z",
       "2026-03-29 01:00 1h, 2026-03-29 03:00 1h"},
      {"hour", "Europe/Berlin", "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z",
       "2026-10-25 01:00 1h, 2026-10-25 02:00 +02:00 1h, 2026-10-25 02:00 +01:00 1h, "
       "2026-10-25 03:00 1h"},
      // A log of the repeated hour alone says which of the two it is.
      {"hour", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z",
       "2026-10-25 02:00 +01:00 1h"},
      // Half an hour back, from 2:00 to 1:30.
      {"hour", "Australia/Lord_Howe", "2026-04-04T14:00:00Z", "2026-04-04T15:30:00Z",
       "2026-04-05 01:00 +11:00 1h, 2026-04-05 01:00 +10:30 30m, 2026-04-05 02:00 1h"},
      {"hour", "Asia/Kathmandu", "2026-03-02T00:20:00Z", "2026-03-02T00:20:00Z",
       "2026-03-02 06:00 1h"},
      // Samoa went over the date line: there was no 30 December.
      {"day", "Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-30T12:00:00Z",
       "2011-12-29 24h, 2011-12-31 24h"},
      // Midnight is skipped.
      {"day", "America/Asuncion", "2023-09-30T12:00:00Z", "2023-10-01T12:00:00Z",
       "2023-09-30 24h, 2023-10-01 23h"},
      {"month", "Asia/Shanghai", "2026-02-28T15:59:59Z", "2026-02-28T16:00:00Z",
       "2026-02 672h, 2026-03 744h"},
      {"month", "+08:00", "2026-12-15", "2027-01-15", "2026-12 744h, 2027-01 744h"},
      {"hour", "UTC", "1970-01-01", "2026-01-01", "too many"},
      {"week", "UTC", "2026-03-02", "9999-12-31", "too many"},
      {"month", "UTC", "-100000-01-01", "+100000-01-01", "too many"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.zone);
    CAPTURE(row.first);
    CHECK(listed(row.unit, row.zone, row.first, row.last) == row.expected);
  }
}

TEST_CASE("there are at most so many periods") {
  const Micros begin = moment("2026-01-01");
  const auto count = [&](PeriodUnit unit, std::int64_t length, std::int64_t factor) {
    const auto periods = periods_between(unit, TimeZone(), begin, begin + (length - 1) * factor);
    return periods ? periods->size() : 0;
  };
  const auto most = static_cast<std::int64_t>(most_periods);
  CHECK(count(PeriodUnit::hour, most, micros_per_day / 24) == most_periods);
  CHECK(count(PeriodUnit::hour, most + 1, micros_per_day / 24) == 0);
  CHECK(count(PeriodUnit::day, most, micros_per_day) == most_periods);
  CHECK(count(PeriodUnit::day, most + 1, micros_per_day) == 0);
  CHECK(count(PeriodUnit::week, most, 7 * micros_per_day) == most_periods);
  CHECK(count(PeriodUnit::week, most + 1, 7 * micros_per_day) == 0);
}

TEST_CASE("a moment's period is found in any order") {
  const Micros first = moment("2026-03-20");
  const Micros last = moment("2026-11-05");
  const auto periods = periods_between(PeriodUnit::hour, TimeZone("Europe/Berlin"), first, last);
  REQUIRE(periods);
  PeriodFinder finder(*periods);
  LocalClock clock(TimeZone("Europe/Berlin"));
  std::mt19937_64 random(7);
  std::uniform_int_distribution<Micros> any(first, last);
  for (int i = 0; i < 20'000; ++i) {
    const Micros at = i == 0 ? first : i == 1 ? last : any(random);
    const Period& found = (*periods)[finder.find(at)];
    REQUIRE(found.begin <= at);
    REQUIRE(found.end > at);
    REQUIRE(clock.to_local(at) == TimeZone("Europe/Berlin").to_local(at));
    const std::string hour = format_utc(clock.to_local(at)).substr(0, 13);
    REQUIRE(found.name.substr(0, 13) == hour.substr(0, 10) + " " + hour.substr(11));
  }
}

TEST_CASE("days and dates of any year") {
  for (std::int64_t day = -400'000'000; day < 400'000'000; day += 99'991) {
    REQUIRE(day_number(civil_date(day)) == day);
  }
  CHECK(format_date(civil_date(0)) == "1970-01-01");
  CHECK(format_date(civil_date(-1)) == "1969-12-31");
  CHECK(format_date({-44, 3, 15}) == "-000044-03-15");
  CHECK(format_date({12026, 1, 5}) == "+012026-01-05");
  CHECK(day_of_local(-1) == -1);
  CHECK(day_of_local(micros_per_day) == 1);
}
