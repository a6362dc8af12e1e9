#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/read_log.h"
#include "core/time/time.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

std::string show(std::string_view text) {
  ByteStream stream = ByteStream::of_text(text, "x.csv");
  CsvRows rows(stream, sniff_dialect(stream.peek()));
  std::string shown;
  while (rows.next()) {
    shown += std::to_string(rows.line()) + ":";
    for (const std::string_view field : rows.fields()) shown += "[" + std::string(field) + "]";
  }
  return shown;
}

std::string bad(const EventLog& log) {
  std::string shown;
  for (const BadRow& row : log.quality.bad_examples) {
    shown += (shown.empty() ? "" : "; ") + std::to_string(row.line) + " " + row.reason;
  }
  return shown;
}

std::string mapping(std::string_view header, const ReadOptions& options = {}) {
  const std::size_t width =
      static_cast<std::size_t>(std::count(header.begin(), header.end(), ',')) + 1;
  std::string row = "2026-01-01";
  for (std::size_t index = 1; index < width; ++index) row += ",2026-01-01";
  const ColumnMapping found =
      read_log_text(std::string(header) + "\n" + row + "\n", "x.csv", options).columns;
  std::string shown;
  for (const std::string& column : found.case_columns) shown += column + "|";
  return shown + found.activity + "|" + found.timestamp + "|" + found.start + "|" + found.resource +
         "|" + found.lifecycle;
}

}  // namespace

TEST_CASE("rows are split as spreadsheets write them") {
  struct Row {
    const char* text;
    const char* rows;
  };
  const Row table[] = {
      {"a,b\n1,2\n", "1:[a][b]2:[1][2]"},
      {"a,b\n1,2", "1:[a][b]2:[1][2]"},
      {"a,b\r\n1,2\r\n", "1:[a][b]2:[1][2]"},
      {"a,b\r1,2\r", "1:[a][b]2:[1][2]"},
      {"\xEF\xBB\xBF"
       "a,b\n",
       "1:[a][b]"},
      {"a,b\n\n\r\n1,2\n", "1:[a][b]4:[1][2]"},
      {"a;b\r\"1\n2\";3\r", "1:[a][b]2:[1\n2][3]"},
      {"\n\r\na;b\n1;2\n", "3:[a][b]4:[1][2]"},
      {"5\" disk;b\n1;2\n", "1:[5\" disk][b]2:[1][2]"},
      {"\xEF\xBB\xBF\"a,\"\"b\"\"\";c\n1;2\n", "1:[a,\"b\"][c]2:[1][2]"},
      {"a;b\n1;2,5\n", "1:[a][b]2:[1][2,5]"},
      {"a\tb\n1\t\n", "1:[a][b]2:[1][]"},
      {"a|b\n|\n", "1:[a][b]2:[][]"},
      {"a,b\n\"1,x\",\"2\"\n", "1:[a][b]2:[1,x][2]"},
      {"a,b\n\"1\"\"x\"\"\",2\n", "1:[a][b]2:[1\"x\"][2]"},
      {"a,b\n\"1\n2\n3\",4\n5,6\n", "1:[a][b]2:[1\n2\n3][4]5:[5][6]"},
      {"a,b\r\n\"1\r\n2\",\"3\"\r\n", "1:[a][b]2:[1\r\n2][3]"},
      {"a,b\n\"\",\"\"\n", "1:[a][b]2:[][]"},
      {"a,b\n1,\"2\"", "1:[a][b]2:[1][2]"},
      {"a,b\n1\"2\",x\n", "1:[a][b]2:[1\"2\"][x]"},
      {"a,b\n\"1\" 2,x\n", "1:[a][b]2:[1 2][x]"},
      {"a,b\n\"1\"\"\"x\"y\"\"\",2\n", "1:[a][b]2:[1\"x\"y\"\"\"][2]"},
      {"\"a,b\";c\n1;2\n", "1:[a,b][c]2:[1][2]"},
      {"", ""},
      {"\n\n", ""},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK(show(row.text) == row.rows);
  }
}

TEST_CASE("rows across the borders of the buffer stay whole") {
  std::string text = "a,b\n";
  std::string expected = "1:[a][b]";
  for (int index = 0; index < 3000; ++index) {
    const std::string field(static_cast<std::size_t>(index) % 997, 'x');
    text += "\"" + field + "\"\"\n\"," + field + "\n";
    expected += std::to_string(2 + 2 * index) + ":[" + field + "\"\n][" + field + "]";
  }
  CHECK(show(text) == expected);
}

TEST_CASE("a quote that is never closed names its line") {
  CHECK_THROWS_WITH_AS(show("a,b\n1,2\n3,\"4\n5,6\n"), doctest::Contains("'x.csv', line 3"), Error);
  CHECK_THROWS_WITH_AS(show("a,b\n1,\"2\n3\",\"4\n5,6\n"), doctest::Contains("line 3"), Error);
}

TEST_CASE("a row without end is refused before it fills the memory") {
  const std::string endless(CsvRows::max_row + 100, 'x');
  CHECK_THROWS_WITH_AS(show("a,b\n1,2\n" + endless),
                       doctest::Contains("line 3: a row is longer than 64 MiB"), Error);
}

TEST_CASE("more columns than any table has are refused, in the header and in a row") {
  const std::string commas(100'000, ',');
  CHECK_THROWS_WITH_AS(read_log_text("case,activity" + commas + "\n1,a\n", "x.csv"),
                       doctest::Contains("more than 16384 columns"), Error);
  const std::string quotes = ",\"a\"\"\",\"b\"\"\",\"c\"\"\"";
  const EventLog log =
      read_log_text("case,activity\n1,a\n1,b" + commas + quotes + "\n1,c\n", "x.csv");
  CHECK(log.size() == 2);
  CHECK(log.quality.bad_examples.at(0).line == 3);
}

TEST_CASE("columns are found by their names") {
  struct Row {
    const char* header;
    const char* mapping;
  };
  const Row table[] = {
      {"case:concept:name,concept:name,time:timestamp,start_timestamp,org:resource,lifecycle:"
       "transition",
       "case:concept:name|concept:name|time:timestamp|start_timestamp|org:resource|lifecycle:"
       "transition"},
      {"Case ID,Activity,Complete Timestamp,Start Timestamp,Resource",
       "Case ID|Activity|Complete Timestamp|Start Timestamp|Resource|"},
      {"case_id,activity,timestamp", "case_id|activity|timestamp|||"},
      {"CASE-ID,Task,End Time", "CASE-ID|Task|End Time|||"},
      {"工单号,环节,结束时间,开始时间,处理人", "工单号|环节|结束时间|开始时间|处理人|"},
      {"工单编号,节点,时间", "工单编号|节点|时间|||"},
      {"Activity,case:concept:name,concept:name,Resource,org:resource,time:timestamp",
       "case:concept:name|concept:name|time:timestamp||org:resource|"},
      {"case,activity,start time", "case|activity|start time|||"},
      {"case,activity", "case|activity||||"},
  };
  for (const Row& row : table) {
    CAPTURE(row.header);
    CHECK(mapping(row.header) == row.mapping);
  }
}

TEST_CASE("a first line that names the separator is no header") {
  CHECK(show_events(read_log_text("sep=;\r\ncase;activity\r\n1;a,b\r\n", "x.csv")) == "1/a,b");
  CHECK_THROWS_WITH_AS(read_log_text("sep=;\n", "x.csv"), doctest::Contains("no header line"),
                       Error);
}

TEST_CASE("columns that a user names win; several make one case id") {
  ReadOptions options;
  options.log.case_column = "b";
  options.log.activity_column = "A";
  options.log.resource_column = "Who Did";
  CHECK(mapping("a,b,case,activity,who_did,time", options) == "b|a|time||who_did|");
  options.log.case_column = "b,case";
  CHECK(mapping("a,b,case,activity,who_did,time", options) == "b|case|a|time||who_did|");
  const EventLog log = read_log_text("a,b,case,who_did\nx,1,2,w\ny,1,,w\n", "x.csv", options);
  CHECK(log.name(CaseId(0)) == "1 · 2");
  CHECK(bad(log) == "3 it names no case");
}

TEST_CASE("a start column is the time only when the user says so or there is no other") {
  CHECK(mapping("case,activity,start") == "case|activity|start|||");
  ReadOptions named;
  named.log.timestamp_column = "start";
  CHECK(mapping("case,activity,start,end", named) == "case|activity|start|||");
  ReadOptions only_start;
  only_start.log.start_column = "time";
  CHECK_THROWS_WITH_AS(mapping("case,activity,time", only_start), doctest::Contains("--timestamp"),
                       Error);
  CHECK_THROWS_WITH_AS(read_log_text("case,activity,start,end\n1,a,2026-01-05,\n", "x.csv"),
                       doctest::Contains("has start times ('start') and no end times"), Error);
}

TEST_CASE("columns that are missing, unknown or ambiguous say what to do") {
  ReadOptions options;
  CHECK_THROWS_WITH_AS(mapping("foo,activity,time"), doctest::Contains("--case"), Error);
  CHECK_THROWS_WITH_AS(mapping("case,bar,time"), doctest::Contains("'case', 'bar', 'time'"), Error);
  CHECK_THROWS_WITH_AS(mapping("case,activity,Task,time"),
                       doctest::Contains("'activity', 'Task'; choose one with --activity"),
                       UsageError);
  CHECK_THROWS_WITH_AS(mapping("case,case,activity"), doctest::Contains("--case"), UsageError);
  options.log.activity_column = "Activty";
  CHECK_THROWS_WITH_AS(mapping("case,Activity", options),
                       doctest::Contains("did you mean 'Activity'"), UsageError);
  options.log = {};
  options.log.timezone = "Asia/Shanghi";
  CHECK_THROWS_WITH_AS(mapping("case,activity", options), doctest::Contains("Asia/Shanghai"),
                       UsageError);
}

TEST_CASE("events are read with their times and resources") {
  const EventLog log = read_log_text(
      "case,activity,time,resource\n"
      "c1,申请,2026/1/5 9:03,王\n"
      "c2,a,2026-01-05T09:00:00+08:00,\n"
      "c1,b,2026-01-05T09:00:00Z,w\n",
      "x.csv");
  CHECK(show_events(log) ==
        "c1/b/2026-01-05T09:00:00Z/w c1/申请/2026-01-05T09:03:00Z/王 c2/a/2026-01-05T01:00:00Z/-");
  CHECK(log.format == "csv");
  CHECK(log.quality.rows == 3);
  CHECK(log.quality.bad_rows == 0);
  CHECK(log.quality.missing_resources == 1);
  CHECK(log.quality.times_with_offset == 2);
  CHECK(log.quality.times_without_offset == 1);
}

TEST_CASE("rows that cannot be read are counted, with line and reason, and leave no trace") {
  const EventLog log = read_log_text(
      "case,activity,time\n"
      "c1,a,2026-01-05\n"
      ",a,2026-01-05\n"
      "c9,,2026-01-05\n"
      "c9,z,昨天下午两点左右\n"
      "c9,z\n"
      "c9,z,2026-01-05,x\n"
      "c9,z,\n"
      "c\xFF,z,2026-01-05\n"
      "c9,z\xC0,2026-01-05\n"
      "\"c1\n\",b,2026-13-01\n"
      "c1,b,2026-01-06\n",
      "x.csv");
  CHECK(show_events(log) == "c1/a/2026-01-05T00:00:00Z c1/b/2026-01-06T00:00:00Z");
  CHECK(bad(log) ==
        "3 it names no case; 4 it names no activity; 5 '昨天下午两点左右' is not a timestamp; 6 it "
        "has 2 "
        "columns, the "
        "header has 3; 7 it has 4 columns, the header has 3; 8 it has no time; 9 its case is not "
        "UTF-8 text; name the encoding of the file with --encoding, for example gb18030; "
        "10 it holds what is not UTF-8 text; name the encoding of the file with "
        "--encoding, for example gb18030; 11 '2026-13-01' is not a timestamp");
  CHECK(log.quality.rows == 11);
  CHECK(log.quality.bad_rows == 9);
  CHECK(log.cases.size() == 1);
  CHECK(log.activities.size() == 2);
}

TEST_CASE("only the first bad rows are kept, all are counted") {
  std::string text = "case,activity,time\n";
  for (int index = 0; index < 100; ++index) text += "c,a,?\n";
  const EventLog log = read_log_text(text, "x.csv");
  CHECK(log.quality.bad_rows == 100);
  CHECK(log.quality.bad_examples.size() == LogQuality::max_examples);
  CHECK(log.size() == 0);
}

TEST_CASE("a log without times keeps the order of the file") {
  const EventLog log = read_log_text("case,activity,time\nc,b,\nd,x,\nc,a,\n", "x.csv");
  CHECK_FALSE(log.has_times());
  CHECK(log.quality.bad_rows == 0);
  CHECK(show_events(log) == "c/b c/a d/x");
}

TEST_CASE("cases are put in order of time, equal times in order of the file") {
  const EventLog log = read_log_text(
      "case,activity,time\n"
      "c,a,2026-01-03\nd,x,2026-01-01\nc,b,2026-01-02\nc,c,2026-01-03\nc,d,2026-01-02\n",
      "x.csv");
  CHECK(show_events(log) ==
        "c/b/2026-01-02T00:00:00Z c/d/2026-01-02T00:00:00Z c/a/2026-01-03T00:00:00Z "
        "c/c/2026-01-03T00:00:00Z d/x/2026-01-01T00:00:00Z");
  CHECK(log.quality.cases_out_of_order == 1);
}

TEST_CASE("further columns are kept when asked for") {
  ReadOptions options;
  options.attributes = {"amount", "渠道"};
  const EventLog log =
      read_log_text("case,activity,amount,渠道\nc,a,12,电话\nc,b,,电话\n", "x.csv", options);
  REQUIRE(log.attributes.size() == 2);
  CHECK(log.attributes[0].values[log.attributes[0].number_of_event[0]] == "12");
  CHECK(log.attributes[0].number_of_event[1] == StringPool::none);
  CHECK(log.attributes[1].number_of_event[0] == log.attributes[1].number_of_event[1]);
  options.attributes = {"amuont"};
  CHECK_THROWS_WITH_AS(read_log_text("case,activity,amount\nc,a,1\n", "x.csv", options),
                       doctest::Contains("did you mean 'amount'"), UsageError);
}

TEST_CASE("what is no log is refused with what to do") {
  struct Row {
    std::string text;
    const char* message;
  };
  const Row table[] = {
      {"", "is empty"},
      {"\n\n", "no header line"},
      {"\xEF\xBB\xBF", "is empty"},
      {"case,activity,time\n", "has no events"},
      {std::string("case,act\0ivity\n", 15), "binary"},
      {"PK\x03\x04xyz", "a truncated or damaged workbook or ZIP archive"},
      {"%PDF-1.7", "PDF"},
      {"case,activit\xE9\n1,2\n", "line 1: this is not UTF-8 text; name its encoding"},
  };
  for (const Row& row : table) {
    CAPTURE(row.message);
    CHECK_THROWS_WITH_AS(read_log_text(row.text, "x"), doctest::Contains(row.message), Error);
  }
}

TEST_CASE("huge names and very many names are read") {
  const std::string huge(1'000'000, 'h');
  CHECK(read_log_text("case,activity\n" + huge + ",a\n" + huge + ",b\n", "x.csv").cases.size() ==
        1);
  std::string text = "case,activity\n";
  for (int index = 0; index < 50'000; ++index) text += "c,activity " + std::to_string(index) + "\n";
  CHECK(read_log_text(text, "x.csv").activities.size() == 50'000);
  for (int index = 50'000; index <= 65'536; ++index)
    text += "c,activity " + std::to_string(index) + "\n";
  CHECK_THROWS_WITH_AS(read_log_text(text, "x.csv"),
                       doctest::Contains("more than 65536 different activities in 'activity'"),
                       Error);
}

TEST_CASE("flags win over the configuration") {
  LogConfig flags;
  flags.case_column = "a";
  LogConfig configured;
  configured.case_column = "b";
  configured.timezone = "Asia/Shanghai";
  const LogConfig both = overlay(flags, configured);
  CHECK(both.case_column == "a");
  CHECK(both.timezone == "Asia/Shanghai");
}
