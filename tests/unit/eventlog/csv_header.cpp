#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

TEST_CASE("the separator is the one that most lines agree on") {
  struct Row {
    const char* head;
    char separator;
  };
  const Row table[] = {
      {"a,b,c\n1,2,3\n", ','},
      {"a;b;c\n1,5;2,5;3\n4,5;2,5;3\n", ';'},  // decimal commas
      {"a\tb\n\"1,2,3\"\t4\n", '\t'},          // commas in quotes
      {"Export, made on 5 January, 10:00\n\na;b\n1;2\n3;4\n", ';'},
      {"a|b|c\n1|x;y|2\n", '|'},
      {"case\n", ','},
      {"", ','},
      {"a;b", ';'},
      {"a;b\r1;2\r", ';'},
      {"a,b;c\n1,2;3\n", ','},  // as many of both: the first
  };
  for (const Row& row : table) {
    CAPTURE(row.head);
    CHECK(sniff_dialect(row.head).separator == row.separator);
  }
  CHECK(sniff_dialect("a,b\r1,2\r").line_end == '\r');
  CHECK(sniff_dialect("a,\"x\ry\"\n1,2\n").line_end == '\n');
}

TEST_CASE("a header may stand below titles") {
  const auto read = [](const char* text) { return read_log_text(text, "x.csv"); };
  const EventLog titled =
      read("客服工单导出 2026-01\n\n部门:,客服一组\n工单号,环节,时间\n1,受理,2026-01-05\n");
  CHECK(show_events(titled) == "1/受理/2026-01-05T00:00:00Z");
  CHECK(titled.quality.lines_before_header == 3);
  CHECK(titled.quality.rows == 1);
  CHECK(read("case,activity\n1,a\n").quality.lines_before_header == 0);
  CHECK(read("\n\ncase,activity\n1,a\n").quality.lines_before_header == 2);
  CHECK(read("sep=;\n\ncase;activity\n1;a\n").quality.lines_before_header == 2);
  CHECK(read("\"a\ntitle\"\ncase,activity\n1,a\n").quality.lines_before_header == 2);
  // Lines of bad rows are those of the file.
  const EventLog faulty = read("title\n\ncase,activity,time\n1,a,never\n");
  REQUIRE(faulty.quality.bad_examples.size() == 1);
  CHECK(faulty.quality.bad_examples[0].line == 4);
}

TEST_CASE("without a header the first line tells what is missing") {
  std::string text = "first,second\n";
  for (int line = 0; line < 60; ++line) text += "1,a\n";
  text += "case,activity\n";
  CHECK_THROWS_WITH_AS(read_log_text(text, "x.csv"),
                       doctest::Contains("its columns are 'first', 'second'"), Error);
}

TEST_CASE("a first line that looks like a row is told from a header of other names") {
  for (const char* text : {"c1,a,2026-01-05\nc2,b,2026-01-06\n", "17,a\n18,b\n", "a,5.1.2026\n"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH_AS(read_log_text(text, "x.csv"), doctest::Contains("with --columns"), Error);
  }
  CHECK_THROWS_WITH_AS(read_log_text("number,what\n17,2026-01-05\n", "x.csv"),
                       doctest::Contains("no column of 'x.csv' looks like the case"), Error);
}

TEST_CASE("a file without a header gets its column names from the options") {
  ReadOptions options;
  options.column_names = {"case", "time", "activity"};
  const EventLog log =
      read_log_text("1,2026-01-05,a\n2,2026-01-06,b\n1,2026-01-07,case\n", "x.csv", options);
  CHECK(show_events(log) ==
        "1/a/2026-01-05T00:00:00Z 1/case/2026-01-07T00:00:00Z 2/b/2026-01-06T00:00:00Z");
  options.column_names = {"case", "activity"};
  CHECK(read_log_text("1,2026-01-05,a\n", "x.csv", options).quality.bad_rows == 1);
}
