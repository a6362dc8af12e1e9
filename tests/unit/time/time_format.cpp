#include "core/time/time_format.h"

#include <doctest/doctest.h>

#include <string>

#include "core/base/error.h"
#include "core/time/time.h"

using namespace gemba;

namespace {

std::string utc(std::string_view text, std::string_view format, std::string_view zone = "") {
  TimestampReader reader{TimeZone(zone), parse_time_format(format)};
  const std::optional<Timestamp> read = reader.read(text);
  return read ? format_utc(read->utc) : "none";
}

}  // namespace

TEST_CASE("a time format is a word or a pattern") {
  using Kind = TimeFormat::Kind;
  struct Row {
    const char* text;
    Kind kind;
  };
  const Row rows[] = {
      {"auto", Kind::automatic}, {"day-first", Kind::day_first}, {"month-first", Kind::month_first},
      {"s", Kind::seconds},      {"ms", Kind::milliseconds},     {"us", Kind::microseconds},
      {"excel", Kind::excel}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(parse_time_format(row.text) == TimeFormat{row.kind, ""});
  }
  CHECK(parse_time_format("%d.%m.%y %H:%M") == TimeFormat{Kind::pattern, "%d.%m.%y %H:%M"});
  CHECK(TimeFormat() == parse_time_format("auto"));
}

TEST_CASE("what is no time format is refused, and says what is") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[] = {
      {"dayfirst", "did you mean 'day-first'?"},
      {"month_first", "did you mean 'month-first'?"},
      {"exel", "did you mean 'excel'?"},
      {"", "time format '' does not exist"},
      {"DD.MM.YYYY", "a pattern such as %d.%m.%Y %H:%M"},
      {"%H:%M", "has no whole date"},
      {"%d.%m. %H:%M", "has no whole date"},
      {"%Y-%m", "has no whole date"},
      {"%%Y-%%m-%%d", "has no whole date"},
      {"%Y-%m-%d %I:%M", "one of %I and %p without the other"},
      {"%Y-%m-%d %H:%M %p", "one of %I and %p without the other"},
      {"%Y-%m-%d %H:%M:%S.%f", "holds '%f'"},
      {"%Y-%j", "holds '%j'"},
      {"%s", "holds '%s'"},
      {"%Y-%m-%d %", "holds '%'"},
      {"%Y-%m-%d %E", "holds '%E'"},
      {"%10Y-%m-%d", "holds '%1'"},
      {"%c", "holds '%c'"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK_THROWS_WITH_AS(parse_time_format(row.text), doctest::Contains(row.message), UsageError);
  }
}

TEST_CASE("a pattern reads the whole text") {
  struct Row {
    const char* pattern;
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"%d.%m.%y %H:%M", "05.01.26 09:03", "2026-01-05T09:03:00Z"},
      {"%d.%m.%y %H:%M", " 5.1.26 9:03 ", "2026-01-05T09:03:00Z"},
      {"%d.%m.%y %H:%M", "05.01.69 09:03", "1969-01-05T09:03:00Z"},
      {"%d.%m.%y %H:%M", "05.01.68 09:03", "2068-01-05T09:03:00Z"},
      {"%d.%m.%y %H:%M", "05.01.26 09:03:00", "none"},
      {"%d.%m.%y %H:%M", "05.01.26 09:03x", "none"},
      {"%d.%m.%y %H:%M", "05.01.26", "none"},
      {"%d.%m.%y %H:%M", "05.13.26 09:03", "none"},
      {"%d.%m.%y %H:%M", "31.02.26 09:03", "none"},
      {"%d.%m.%y %H:%M", "29.02.24 09:03", "2024-02-29T09:03:00Z"},
      {"%d.%m.%y %H:%M", "29.02.26 09:03", "none"},
      {"%d.%m.%y %H:%M", "05.01.26 25:03", "none"},
      {"%d.%m.%y %H:%M", "05.01.26 09:60", "none"},
      {"%d.%m.%y %H:%M", "", "none"},
      {"%Y%m%d-%H%M%S", "20260105-090300", "2026-01-05T09:03:00Z"},
      {"%Y%m%d-%H%M%S", "20260105-090361", "none"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03:07.25", "2026-01-05T09:03:07.250Z"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03:07.123456", "2026-01-05T09:03:07.123456Z"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03:07.999999", "2026-01-05T09:03:07.999999Z"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03:07.1234569", "2026-01-05T09:03:07.123456Z"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03:07.", "none"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 09:03", "none"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 24:00:00", "2026-01-06T00:00:00Z"},
      {"%Y-%m-%d %H:%M:%S", "2026-01-05 23:59:60", "2026-01-06T00:00:00Z"},
      {"%Y-%m-%d %H:%M:%S", "26-01-05 09:03:07", "none"},
      {"%H.%M.%S.%d.%m.%Y", "09.03.07.05.01.2026", "2026-01-05T09:03:07Z"},
      {"%F%n%R", "2026-01-05\t 09:03", "2026-01-05T09:03:00Z"},
      {"%F %r", "2026-01-05 09:03:07 PM", "2026-01-05T21:03:07Z"},
      {"%F %r", "2026-01-05 13:03:07 PM", "none"},
      {"%F %r", "2026-01-05 09:03:07", "none"},
      {"%d%m%y", "050126", "2026-01-05T00:00:00Z"},
      {"%e. %B %Y", " 5. january 2026", "2026-01-05T00:00:00Z"},
      {"%e. %B %Y", "5. Janvier 2026", "none"},
      {"%A %F", "Monday 2026-01-05", "2026-01-05T00:00:00Z"},
      {"%F %T", "2026-01-05 09:03:07", "2026-01-05T09:03:07Z"},
      {"%D", "01/05/26", "2026-01-05T00:00:00Z"},
      {"%d %b %Y", "5 Jan 2026", "2026-01-05T00:00:00Z"},
      {"%B %e, %Y %I:%M %p", "January 5, 2026 9:03 PM", "2026-01-05T21:03:00Z"},
      {"%B %e, %Y %I:%M %p", "January 5, 2026 12:03 AM", "2026-01-05T00:03:00Z"},
      {"%a, %d %b %Y", "Mon, 05 Jan 2026", "2026-01-05T00:00:00Z"},
      {"%a, %d %b %Y", "Tue, 05 Jan 2026", "none"},
      {"%Y年%m月%d日", "2026年1月5日", "2026-01-05T00:00:00Z"},
      {"100%% %F", "100% 2026-01-05", "2026-01-05T00:00:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03+0800", "2026-01-05T01:03:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03+08:00", "2026-01-05T01:03:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03Z", "2026-01-05T09:03:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03-0030", "2026-01-05T09:33:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03-0000", "2026-01-05T09:03:00Z"},
      {"%F %H:%M%z", "2026-01-05 09:03", "none"},
      {"%F %H:%M%z", "2026-01-05 09:03+9900", "none"},
      {"%F %H:%M%Ez", "2026-01-05 09:03+08:00", "2026-01-05T01:03:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.pattern));
    CAPTURE(std::string(row.text));
    CHECK(utc(row.text, row.pattern) == row.utc);
  }
}

TEST_CASE("the zone of a pattern is a zone's own abbreviation first") {
  struct Row {
    const char* zone;
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"Asia/Shanghai", "2026-01-05 09:03 CST", "2026-01-05T01:03:00Z"},
      {"America/Chicago", "2026-01-05 09:03 CST", "2026-01-05T15:03:00Z"},
      {"Europe/Berlin", "2026-01-05 09:03 CST", "2026-01-05T15:03:00Z"},
      {"Europe/Berlin", "2023-10-29 02:30 CEST", "2023-10-29T00:30:00Z"},
      {"Europe/Berlin", "2023-10-29 02:30 CET", "2023-10-29T01:30:00Z"},
      {"Asia/Shanghai", "2026-01-05 09:03 UTC", "2026-01-05T09:03:00Z"},
      {"Asia/Shanghai", "2026-01-05 09:03 Z", "2026-01-05T09:03:00Z"},
      {"Asia/Shanghai", "2026-01-05 09:03 Europe/Berlin", "2026-01-05T08:03:00Z"},
      {"Asia/Shanghai", "2026-01-05 09:03 Mars", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.zone));
    CAPTURE(std::string(row.text));
    CHECK(utc(row.text, "%F %H:%M %Z", row.zone) == row.utc);
  }
  TimestampReader named{TimeZone("Europe/Berlin"), parse_time_format("%F %H:%M %Z")};
  CHECK(named.read("2026-01-05 09:03 CET").value().has_offset);
  TimestampReader bare{TimeZone("Europe/Berlin"), parse_time_format("%F %H:%M")};
  CHECK_FALSE(bare.read("2026-01-05 09:03").value().has_offset);
  CHECK(format_utc(bare.read("2026-01-05 09:03").value().utc) == "2026-01-05T08:03:00Z");
  CHECK(bare.read("2023-10-29 02:30"));
  CHECK(bare.repeated_times() == 1);
}

TEST_CASE("a format of numbers reads numbers of any size, and nothing else") {
  struct Row {
    const char* format;
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"s", "1767603780", "2026-01-05T09:03:00Z"},
      {"s", "1767603780.25", "2026-01-05T09:03:00.250Z"},
      {"s", "1767603780,25", "2026-01-05T09:03:00.250Z"},
      {"s", "1767603780.1234567", "2026-01-05T09:03:00.123456Z"},
      {"s", "０", "1970-01-01T00:00:00Z"},
      {"s", "0", "1970-01-01T00:00:00Z"},
      {"s", "-1", "1969-12-31T23:59:59Z"},
      {"s", "-0.5", "1969-12-31T23:59:59.500Z"},
      {"s", "123456", "1970-01-02T10:17:36Z"},
      {"s", "1767603780000", "+057983-02-19T02:00:00Z"},
      {"s", "9223372036854", "none"},
      {"s", "99999999999999999999", "none"},
      {"s", "2026-01-05", "none"},
      {"s", "1.", "none"},
      {"s", ".5", "none"},
      {"s", "--1", "none"},
      {"s", "+1", "none"},
      {"s", "1e9", "none"},
      {"s", "", "none"},
      {"ms", "1767603780250", "2026-01-05T09:03:00.250Z"},
      {"ms", "1767603780250.5", "2026-01-05T09:03:00.250500Z"},
      {"ms", "-1", "1969-12-31T23:59:59.999Z"},
      {"us", "1767603780250001", "2026-01-05T09:03:00.250001Z"},
      {"us", "1.9", "1970-01-01T00:00:00.000001Z"},
      {"us", "9223372036854775807", "none"},
      {"excel", "46027.377083333", "2026-01-05T09:03:00Z"},
      {"excel", "61", "1900-03-01T00:00:00Z"},
      {"excel", "60", "none"},
      {"excel", "100000", "2173-10-14T00:00:00Z"},
      {"excel", "2958465", "9999-12-31T00:00:00Z"},
      {"excel", "2958466", "none"},
      {"excel", "2026-01-05", "none"},
      {"excel", "-46027", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.format));
    CAPTURE(std::string(row.text));
    CHECK(utc(row.text, row.format) == row.utc);
  }
  CHECK(utc("46027.5", "excel", "Asia/Shanghai") == "2026-01-05T04:00:00Z");
  CHECK(utc("1767603780", "s", "Asia/Shanghai") == "2026-01-05T09:03:00Z");
}

TEST_CASE("a format is told in words") {
  struct Row {
    const char* format;
    const char* words;
  };
  constexpr Row rows[] = {{"auto", ""},
                          {"day-first", "day first"},
                          {"month-first", "month first"},
                          {"s", "seconds since 1970"},
                          {"ms", "milliseconds since 1970"},
                          {"us", "microseconds since 1970"},
                          {"excel", "days of Excel"},
                          {"%d.%m.%Y", "as '%d.%m.%Y'"}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.format));
    CHECK(describe(parse_time_format(row.format)) == row.words);
  }
}
