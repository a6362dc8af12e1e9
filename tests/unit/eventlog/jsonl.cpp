#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"
#include "core/time/time.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

std::string bad(const EventLog& log) {
  std::string shown;
  for (const BadRow& row : log.quality.bad_examples) {
    shown += (shown.empty() ? "" : "; ") + std::to_string(row.line) + " " + row.reason;
  }
  return shown;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t index = 0; index < times; ++index) all += text;
  return all;
}

}  // namespace

TEST_CASE("very many different keys are refused in the first objects and passed over later") {
  const auto object = [](int number) {
    std::string text = "{\"case\":\"c\",\"activity\":\"a\"";
    for (int index = 0; index < 100; ++index) {
      text += ",\"key " + std::to_string(number * 100 + index) + "\":1";
    }
    return text + "}\n";
  };
  std::string keys;
  for (int number = 0; number < 1000; ++number) keys += object(number);
  CHECK_THROWS_WITH_AS(read_log_text(keys, "x"),
                       "'x', line 164: there are more than 16384 different keys; is this a log?",
                       Error);
  const std::string plain = repeated("{\"case\":\"c\",\"activity\":\"a\"}\n", 1000);
  const EventLog log = read_log_text(plain + keys, "x");
  CHECK(log.size() == 2000);
  CHECK(log.available.size() == 2);
}

TEST_CASE("a log in JSON Lines is the log in CSV") {
  const EventLog csv = read_log_text(
      "case,activity,time,resource\n"
      "c1,核对订单,2026-01-05T09:00:00+08:00,李雷\n"
      "2,\"a \"\"b\"\"\",2026-01-05T10:30:00.250+08:00,\n"
      "c1,付款,2026-01-06 08:00,韩梅\n",
      "x.csv");
  const char* texts[] = {
      R"({"case":"c1","activity":"核对订单","time":"2026-01-05T09:00:00+08:00","resource":"李雷"}
{"case":2,"activity":"a \"b\"","time":"2026-01-05T10:30:00.250+08:00","resource":null}
{"time":"2026-01-06 08:00","activity":"\u4ed8\u6b3e","resource":"韩梅","case":"c1"})",
      R"([{"case":"c1","activity":"核对订单","time":"2026-01-05T09:00:00+08:00","resource":"李雷"},
{"case":2,"activity":"a \"b\"","time":"2026-01-05T10:30:00.250+08:00"},
{"case":"c1","more":[{}],"activity":"付款","time":"2026-01-06 08:00","resource":"韩梅"}])",
  };
  for (const char* text : texts) {
    CAPTURE(text);
    const EventLog log = read_log_text(text, "x.jsonl");
    CHECK(log.format == "jsonl");
    CHECK(show_events(log) == show_events(csv));
    CHECK(bad(log).empty());
    CHECK(log.quality.times_without_offset == 1);
    CHECK(log.quality.missing_resources == 1);
    CHECK(log.columns.case_columns == csv.columns.case_columns);
    CHECK(log.columns.timestamp == "time");
  }
}

TEST_CASE(
    "columns are those of the first objects, in order of appearance; bad rows have their line") {
  std::string text = "{\"case\":\"c\"}\n\n{\"activity\":\"a\",\"case\":\"c\"}\nrubbish\n";
  text += "{\"case\":\"c\",\"activity\":\"b\",\"who\":{\"agent\":\"李\",\"id\":7}}\n";
  text += "{\"case\":[],\"activity\":\"b\"}\n{\"case\":\"\xFF\",\"activity\":\"b\"}\n";
  ReadOptions options;
  options.log.encoding = "utf-8";
  const EventLog log = read_log_text(text, "x", options);
  CHECK(log.available == std::vector<std::string>{"case", "activity", "who.agent", "who.id"});
  CHECK(show_events(log) == "c/a c/b");
  CHECK(bad(log) ==
        "1 it names no activity; 4 it is no JSON object; 6 it names no case; 7 its case is not "
        "text in 'utf-8', the encoding that is named; name another one with --encoding");
  CHECK(log.quality.rows == 6);

  options.log.resource_column = "who.agent";
  options.log.case_column = "case,who.id";
  options.attributes = {"who.id"};
  const EventLog named = read_log_text(text, "x", options);
  CHECK(show_events(named) == "c · 7/b/李");
  CHECK(named.attributes[0].values[0] == "7");
}

TEST_CASE(
    "names of members in others are found without their dots, where none is found with them") {
  ReadOptions options;
  const char* text = "{\"case\":{\"id\":\"1\"},\"activity\":\"A\",\"user\":{\"name\":\"Li\"}}\n";
  const EventLog log = read_log_text(text, "x");
  CHECK(show_events(log) == "1/A/Li");
  CHECK(log.columns.case_columns == std::vector<std::string>{"case.id"});
  options.log.case_column = "CaseId";
  CHECK(show_events(read_log_text(text, "x", options)) == "1/A/Li");
  options.log.case_column = "user.name";
  CHECK(show_events(read_log_text(text, "x", options)) == "Li/A/Li");
  CHECK(show_events(read_log_text(
            "{\"case\":1,\"activity\":\"A\",\"task\":{\"name\":\"B\"},\"case.id\":2}", "x")) ==
        "1/A");
  CHECK(show_events(read_log_text("Case.ID,Activity\n1,A\n", "x.csv")) == "1/A");
}

TEST_CASE("a JSON text that is no log says what to do") {
  struct Row {
    std::string text;
    const char* message;
  };
  const Row table[] = {
      {"[]", "'x' has no events; export the log again with its rows"},
      {"{}",
       "'x', line 1: the object has no members; write each event as a JSON object on its line"},
      {"\n{\"case\": tru}\n{}",
       "'x', line 2: a value is missing, or is none that JSON knows; write each event as a JSON "
       "object on its line"},
      {"{\"case\": 1, \"x\": 2}",
       "no column of 'x' looks like the activity; name it with --activity; its columns are 'case', "
       "'x'"},
      {"{\"\xB9\xA4\xB5\": 1}",
       "'x', line 1: this is not UTF-8 text; name its encoding with --encoding, for example "
       "windows-1252"},
      {"{\n \"log\": {\n",
       "'x', line 3: it ends too early; mend it, or write each object on a line of its own"},
  };
  for (const Row& row : table) {
    CAPTURE(row.text);
    CHECK_THROWS_WITH_AS(read_log_text(row.text, "x"), row.message, Error);
  }
}

TEST_CASE("JSON is told from CSV by its beginning") {
  ReadOptions options;
  options.log.case_column = "[case]";
  options.log.activity_column = "[activity]";
  CHECK(read_log_text("[case],[activity]\n1,a\n", "x", options).format == "csv");
  CHECK(read_log_text(" \n[ {\"case\":1,\"activity\":2} ]", "x.csv").format == "jsonl");
  CHECK(read_log_text("\xEF\xBB\xBF{\"case\":1,\"activity\":2}", "x").format == "jsonl");
  CHECK(read_log_text("{\"case\":1,\"activity\":2}", "x.xes").format == "jsonl");
}
