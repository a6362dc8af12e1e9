#include <doctest/doctest.h>

#include <string>

#include "tests/unit/toml/read_text.h"

using namespace gemba;
using test::read_document;

TEST_CASE("a text that is not TOML says where and what to do") {
  struct Row {
    std::string text;
    std::string fault;
  };
  const Row rows[] = {
      // texts
      {"x = \"abc\ny = 1", "S001 1:5-1:9 this text is not closed: a quote is missing at its end"},
      {"x = \"abc\r\ny = 1", "S001 1:5-1:9 this text is not closed: a quote is missing at its end"},
      {"x = 'abc", "S001 1:5-1:9 this text is not closed: a quote is missing at its end"},
      {"x = \"中\\\"", "S001 1:5-1:9 this text is not closed: a quote is missing at its end"},
      {"x = \"\"\"a\nb\n", "S001 1:5-1:8 this text is never closed: \"\"\" is missing"},
      {"x = '''a''", "S001 1:5-1:8 this text is never closed: ''' is missing"},
      {"x = \"\\q\"",
       "S001 1:7-1:8 this escape is unknown; write '\\\\' for a backslash, or use single quotes"},
      // values
      {"x = 15m", "S001 1:5-1:8 a duration needs quotes: \"15m\""},
      {"x = [1h30m, \"2h\"]", "S001 1:6-1:11 a duration needs quotes: \"1h30m\""},
      {"x = yes", "S001 1:5-1:8 'yes' is no value; a text needs quotes: \"…\""},
      {"x = nope", "S001 1:5-1:9 'nope' is no value; a text needs quotes: \"…\""},
      {"x = True", "S001 1:5-1:9 'True' is written true"},
      {"x = [1, FALSE]", "S001 1:9-1:14 'FALSE' is written false"},
      {"x = 01", "S001 1:5-1:7 '01' begins with a zero"},
      {"x = 99999999999999999999", "S001 1:5-1:25 '99999999999999999999' is too large"},
      {"x = 2026-13-01",
       "S001 1:5-1:15 '2026-13-01' is no number, date or time; a text needs quotes: \"…\""},
      {"x = 30%", "S001 1:5-1:8 '30%' is no number, date or time; a text needs quotes: \"…\""},
      {"x = +", "S001 1:5-1:6 '+' is no number, date or time; a text needs quotes: \"…\""},
      {"x =\ny = 1", "S001 1:4-1:4 a value is missing after '='"},
      {"x = # later", "S001 1:5-1:6 a value is missing after '='"},
      {"x =", "S001 1:4-1:4 the text ends before the value of this key"},
      // what an input method types
      {"x = “退款”", "S001 1:5-1:9 '“' is not '\"': type the ASCII sign"},
      {"x = 1，2", "S001 1:5-1:8 '，' is not ',': type the ASCII sign"},
      {"x：1", "S001 1:2-1:3 '：' is not '=': type the ASCII sign"},
      {"【sop】", "S001 1:1-1:2 '【' is not '[': type the ASCII sign"},
      // keys
      {"x y = 1", "S001 1:3-1:4 '=' is missing after the key"},
      {"= 1", "S001 1:1-1:2 a key is missing or malformed here"},
      {"a..b = 1", "S001 1:3-1:4 a key is missing or malformed here"},
      {"客服 = 1",
       "S001 1:1-1:2 a key of other letters than a-z needs quotes; ids are written in ASCII"},
      {"[roles.客服]",
       "S001 1:8-1:9 a key of other letters than a-z needs quotes; ids are written in ASCII"},
      {"a = 1 b = 2", "S001 1:7-1:8 nothing more may stand on this line; a text needs quotes"},
      {"a = 1,\nb = 2", "S001 1:6-1:7 no comma may stand after a value; begin a new line"},
      {"a.b = 1\na.b = 2", "S001 2:1-2:4 key 'a.b' is given twice in one table"},
      {"x = { a = 1, a = 2 }", "S001 1:14-1:15 key 'a' is given twice in one table"},
      {"a = { b = 1 }\na.c = 2", "S001 2:1-2:4 'a.c' stands before as something else"},
      // brackets
      {"x = [1, 2\n[[step]]\nid = \"a\"", "S001 1:5-1:6 this '[' is never closed"},
      {"x = { a = [ 1 }", "S001 1:5-1:6 this '{' is never closed"},
      {"x = [1 2]", "S001 1:8-1:9 a comma or ']' is missing"},
      {"x = [,]", "S001 1:6-1:7 a value is missing before the comma"},
      {"x = { a = 1 b = 2 }", "S001 1:13-1:14 a comma or '}' is missing"},
      {"x = { a = 1, }", "S001 1:14-1:15 no comma may stand before '}'"},
      {"x = {\na = 1 }", "S001 1:6-1:6 a table in braces must stay on one line"},
      {"x = { 中 = 1 }", "S001 1:7-1:8 a key or '}' is missing"},
      // headers
      {"[sop", "S001 1:5-1:5 ']' is missing after the name of the table"},
      {"[sop\nid = 1", "S001 1:5-1:5 ']' is missing after the name of the table"},
      {"[[step]", "S001 1:8-1:8 ']' is missing after the name of the table"},
      {"[ [step]]", "S001 1:3-1:4 no space may stand between the two brackets"},
      {"[]", "S001 1:2-1:3 the name of the table is missing"},
      {"[sop] x", "S001 1:7-1:8 nothing more may stand on this line; a text needs quotes"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto read = read_document(row.text);
    CHECK_FALSE(read.process);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0] == row.fault);
    CHECK(read.found[0].document == "refund");
  }
}

TEST_CASE("what stands twice is shown with the first one") {
  struct Row {
    std::string text;
    std::string fault;
    std::string first;
  };
  const Row rows[] = {
      {"[roles.a]\n[roles.b]\n  [ roles . \"a\" ]  # again",
       "S005 3:3-3:18 there are two definitions of role 'a'", "1:1-1:10"},
      {"[systems.x]\n[systems.x]", "S005 2:1-2:12 there are two definitions of system 'x'",
       "1:1-1:12"},
      {"[data.x]\n[data.x]", "S005 2:1-2:9 there are two definitions of datum 'x'", "1:1-1:9"},
      {"[calendars.x]\n[calendars.x]", "S005 2:1-2:14 there are two definitions of calendar 'x'",
       "1:1-1:14"},
      {"[sop]\nid = \"[sop]\"\n[sop]", "S001 3:1-3:6 table [sop] stands here a second time",
       "1:1-1:6"},
      {"[sop]\n  title = \"a\"\n\ntitle = \"b\"",
       "S001 4:1-4:6 key 'title' is given twice in one table", "2:3-2:8"},
      {"[[step]]\n[step]",
       "S001 2:1-2:7 'step' was something else before: write [[step]], [[pain]], [[kpi]], [[path]] "
       "and [[authority]] with two brackets, other tables with one",
       "1:1-1:9"},
      {"[step]\n[[step]]",
       "S001 2:1-2:9 'step' was something else before: write [[step]], [[pain]], [[kpi]], [[path]] "
       "and [[authority]] with two brackets, other tables with one",
       "1:1-1:7"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto read = read_document(row.text);
    CHECK_FALSE(read.process);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0] == row.fault);
    REQUIRE(read.found[0].notes.size() == 1);
    CHECK(test::shown(read.found[0].notes[0].span) == row.first);
    CHECK(read.found[0].notes[0].message == "the first one");
  }
}

TEST_CASE("other encodings and control characters are named with their place") {
  using namespace std::string_literals;
  struct Row {
    std::string text;
    std::string fault;
  };
  const Row rows[] = {
      {"[sop]\nid = \"中\xB1\xEA\"",
       "S001 2:8-2:9 byte 0xB1 is not UTF-8; save the file as UTF-8 (it may be in GBK or another "
       "old encoding)"},
      {"\xC0\xAF",
       "S001 1:1-1:2 byte 0xC0 is not UTF-8; save the file as UTF-8 (it may be in GBK or another "
       "old encoding)"},
      {"[sop]\nid = \"a\0b\""s,
       "S001 2:8-2:9 control character U+0000 may not stand in a document"},
      {"# \x1B[31m", "S001 1:3-1:4 control character U+001B may not stand in a document"},
      {"x = \"\x7F\"", "S001 1:6-1:7 control character U+007F may not stand in a document"},
      {"\xFF\xFE[\0s\0"s, "S001 1:1-1:1 this text is UTF-16; save it as UTF-8"},
      {"\xFE\xFF\0[\0s"s, "S001 1:1-1:1 this text is UTF-16; save it as UTF-8"},
      {"[\0s\0o\0"s, "S001 1:1-1:1 this text is UTF-16; save it as UTF-8"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto read = read_document(row.text);
    REQUIRE(read.faults.size() == 1);
    CHECK(read.faults[0] == row.fault);
  }
}

TEST_CASE("a byte order mark is a column of the first line, and carriage returns are none") {
  const auto read = read_document("\xEF\xBB\xBF[sop]\r\nid = \"a\"\r\nfoo = \"b\"\r\n");
  REQUIRE(read.process);
  CHECK(read.process->id == "a");
  CHECK(test::shown(read.process->span) == "2:6-2:9");
  REQUIRE(read.found.size() == 1);
  CHECK(test::shown(read.found[0].span) == "3:1-3:4");
  const auto marked = read_document("\xEF\xBB\xBFx = 15m");
  CHECK(marked.faults == std::vector<std::string>{"S001 1:6-1:9 a duration needs quotes: \"15m\""});
}

TEST_CASE("absurd texts are refused in time, never a crash") {
  const auto times = [](std::size_t count, std::string_view part) {
    std::string text;
    text.reserve(count * part.size());
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
  };
  const auto first_fault = [](std::string text) {
    const auto read = read_document(std::move(text));
    return read.faults.empty() ? std::string() : read.faults.front();
  };
  CHECK(first_fault("x = " + times(50'000, "[")) ==
        "S001 1:105-1:106 brackets are nested more than 100 deep");
  CHECK(first_fault("x = " + times(50'000, "{a=")) ==
        "S001 1:305-1:306 brackets are nested more than 100 deep");
  CHECK(first_fault("a" + times(20'000, ".a") + " = 1") ==
        "S001 1:1-1:40003 a key of more than 50 parts");
  CHECK(first_fault("[" + times(20'000, "a.") + "a]") ==
        "S001 1:2-1:40003 a key of more than 50 parts");
  std::string scattered;
  for (int i = 0; i < 40'000; ++i) scattered += fmt::format("a{}.b=1\n", i);
  CHECK(first_fault(scattered) ==
        "S001 30001:1-30001:9 this file has more than 30000 dotted keys and tables; no document "
        "needs as many");
  // Deep but within what the guard allows: all of it unknown, and reported once.
  const std::string deep = times(99, "{" + times(49, "a.") + "a=") + "1" + times(99, "}");
  const auto read = read_document("[sop]\nx = " + deep);
  CHECK(read.process);
  CHECK(read.found.size() == 1);
  CHECK(first_fault(times(200'000, "\"")).starts_with("S001 1:1"));
  CHECK(first_fault("[sop]\nid = \"" + times(1'000'000, "x") + "\"") ==
        "S003 2:6-2:1000008 this id has more than 100 characters");
}

TEST_CASE("many faults are cut off and many names are not compared for ever") {
  std::string steps = "[sop]\n";
  for (int i = 0; i < 20'000; ++i)
    steps += fmt::format("[[step]]\nid=\"s{}\"\nnext=\"t{}\"\n", i, i);
  const auto read = read_document(std::move(steps));
  REQUIRE(read.process);
  CHECK(read.process->steps.size() == 20'000);
  CHECK_FALSE(read.process->flow_complete);
  REQUIRE(read.found.size() == 1000);
  CHECK(read.faults.back().ends_with("only the first thousand of a file are listed"));
}

TEST_CASE("a text without a header says how to begin") {
  for (const char* text : {"", "\n\n", "# only a comment"}) {
    CAPTURE(text);
    const auto read = read_document(text);
    CHECK_FALSE(read.process);
    CHECK(read.faults ==
          std::vector<std::string>{
              "S004 1:1-1:1 this document is empty; begin it with [sop] and a title = \"…\""});
  }
  const auto read = read_document("[head]\n[[step]]\nid = \"a\"\nnote = 1");
  CHECK_FALSE(read.process);
  CHECK(read.faults ==
        std::vector<std::string>{
            "S004 1:1-1:1 this document has neither [sop] nor [map]; begin it with [sop] and a "
            "title = \"…\"",
            "S002 1:2-1:6 unknown key 'head' in a document; the keys are sop, map, roles, systems, "
            "data, calendars, authority, step, pain, kpi and path",
            "S003 4:8-4:9 'note' is a number, but a text is wanted; write it in quotes: \"1\""});
}
