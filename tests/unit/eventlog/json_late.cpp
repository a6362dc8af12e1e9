// Members of JSON objects that first occur behind those that columns are looked for in.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/base/error.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/read_log.h"
#include "core/report/building/log_json.h"
#include "tests/unit/eventlog/pipe_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

constexpr const char* late =
    "{\"resource\":\"r\",\"activity\":\"b\",\"case\":\"c\",\"case:channel\":\"web\",\"x\":1}\n";

std::string many(std::string_view line, std::size_t times = 1200) {
  std::string all;
  for (std::size_t index = 0; index < times; ++index) all += line;
  return all;
}

std::string plain() { return many("{\"case\":\"c\",\"activity\":\"a\"}\n"); }

std::string notes(const EventLog& log) {
  return fmt::format("{}", fmt::join(log_notes(log), "\n"));
}

}  // namespace

TEST_CASE("a member that comes late is read all the same") {
  ReadOptions options;
  options.attributes = {"case:channel"};
  options.optional_from = 0;
  const EventLog log = read_log_text(plain() + late + plain(), "x", options);
  CHECK(log.size() == 2401);
  CHECK(log.columns.resource == "resource");
  CHECK(log.resources.size() == 1);
  REQUIRE(log.attributes.size() == 1);
  CHECK(log.attributes[0].values.size() == 1);
  CHECK(log.attributes[0].first_lines[0] == 1201);
  CHECK(log.quality.rows == 2401);
  CHECK(log.quality.late_members.empty());
}

TEST_CASE("a column without which there is no log may come late, too") {
  const std::string text = many("{\"activity\":\"a\",\"y\":1}\n") + late;
  const EventLog log = read_log_text(text, "x");
  CHECK(show_events(log) == "c/b/r");
  CHECK(log.quality.bad_rows == 1200);
  ReadOptions options;
  options.log.case_column = "x";
  CHECK(show_events(read_log_text(plain() + late, "x", options)) == "1/b/r");
  options.log.case_column = "z";
  CHECK_THROWS_WITH_AS(read_log_text(plain() + late, "x", options),
                       doctest::Contains("'x' has no column 'z'"), UsageError);
  CHECK_THROWS_WITH_AS(read_log_text(many("{\"activity\":\"a\"}\n"), "x"),
                       doctest::Contains("no column of 'x' looks like the case"), Error);
}

TEST_CASE("a member that comes late is ambiguous as one that comes early") {
  const std::string text = many("{\"case\":\"c\",\"activity\":\"a\",\"user\":\"u\"}\n") + late;
  CHECK_THROWS_WITH_AS(read_log_text(text, "x"),
                       doctest::Contains("more than one column that may be the resource"),
                       UsageError);
  ReadOptions options;
  options.log.resource_column = "user";
  CHECK(read_log_text(text, "x", options).resources.size() == 1);
}

TEST_CASE("from a pipe a late member is named in a note, if it matters") {
  const EventLog log =
      read_piped(plain() + "{\"case\":1,\"activity\":\"a\",\"x\":1}\n" + late + late);
  CHECK(log.size() == 1203);
  CHECK(log.resources.size() == 0);
  CHECK(notes(log).find("members that first occur late, from line 1202 on, are not read: "
                        "'resource'; give") != std::string::npos);
  CHECK(notes(read_log_text(plain() + late, "x")).find("late") == std::string::npos);
  CHECK_THROWS_WITH_AS(read_piped(many("{\"activity\":\"a\"}\n") + late),
                       doctest::Contains("line 1201: members that the log needs first occur here"),
                       Error);
}
