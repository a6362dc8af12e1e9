// Logs that stand in an object: what interfaces and programs answer.
#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/pipe_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

std::string events(std::size_t count) {
  std::string all;
  for (std::size_t index = 0; index < count; ++index)
    all +=
        (index == 0 ? "" : ",\n") +
        std::string("{\"case\":1,\"activity\":\"a\",\"items\":[{\"case\":2}],\"note\":\"]}\\\"\"}");
  return all;
}

std::string fault(const std::string& text, const ReadOptions& options = {}) {
  try {
    return "read as " + show_events(read_log_text(text, "x", options));
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("the only array of objects in an object is the log") {
  const char* table[] = {
      R"({"count":2,"tickets":[{"case":1,"activity":"a"},{"case":1,"activity":"b"}]})",
      R"({"tickets":[{"case":1,"activity":"a"},{"case":1,"activity":"b"}],"next":null,"errors":[]}
)",
      R"( {"took":3,"_shards":{"total":[1,2]},"hits":{"total":{"value":2},
"hits":[
 {"case":1,"activity":"a","items":[{"case":3,"activity":"z"}]},
 {"case":1,"activity":"b"}
], "more":{"a":[{}]}}})",
      "{\n  \"@odata.context\": \"x\",\n  \"value\": [\n    {\n      \"case\": 1,\n      "
      "\"activity\": \"a\"\n    },\n    {\n      \"case\": 1,\n      \"activity\": \"b\"\n    }\n  "
      "]\n}\n",
      R"({"a":{"b":{"c":[{"case":1,"activity":"a"},{"case":1,"activity":"b"}]}},"s":"[{\"}"})",
      R"({"s":"[{\"}", "list":[1,{"case":9}], "nested":[[{"case":9}]], "data":[{"case":1,"activity":"a"},{"case":1,"activity":"b"}]})",
  };
  for (const char* text : table) {
    CAPTURE(text);
    const bool has_two = std::string_view(text).find("\"more\"") != std::string_view::npos;
    if (has_two) {
      CHECK(fault(text).find("'.hits.hits' (2), '.hits.more.a' (1)") != std::string::npos);
      continue;
    }
    CHECK(show_events(read_log_text(text, "x")) == "1/a 1/b");
    CHECK(show_events(read_piped(text)) == "1/a 1/b");
  }
}

TEST_CASE("a long log in an object is read in one go, from pipes, too") {
  const std::string text = "{\"n\":1,\n\"tickets\":[" + events(20'000) + "],\n\"next\":null}\n";
  REQUIRE(text.size() > std::size_t{1} << 20U);
  CHECK(read_log_text(text, "x").size() == 20'000);
  CHECK(read_piped(text).size() == 20'000);
  const EventLog late =
      read_log_text("{\"n\":1,\n\"tickets\":[" + events(2000) +
                        ",\n{\"case\":1,\"activity\":\"b\",\"resource\":\"r\"},\n{\"case\":}\n]}",
                    "x");
  CHECK(late.resources.size() == 1);
  CHECK(late.quality.bad_rows == 1);
  CHECK(late.quality.bad_examples[0].line == 2003);
}

TEST_CASE("several arrays of objects are named with their sizes") {
  const std::string two = "{\"users\":[{\"id\":1},{\"id\":2}],\"my tickets\":[" + events(3) + "]}";
  CHECK(fault(two) ==
        "'x' holds several arrays of objects, and any of them may be the log: '.users' (2), '.\"my "
        "tickets\"' (3); take out the one that is, for example with jq -c '.\"my tickets\"[]' x > "
        "log.jsonl");
  const std::string far = "{\"users\":[{\"id\":1},{\"id\":\"" + std::string(300'000, 'x') +
                          "\"}],\"tickets\":[" + events(3) + "]}";
  CHECK(fault(far).find("'.users' (2), '.tickets' (3)") != std::string::npos);
  const std::string behind = "{\"tickets\":[" + events(9000) + "],\"users\":[{\"id\":1}]}";
  CHECK(fault(behind).find("'.tickets' (9000), '.users' (1)") != std::string::npos);
}

TEST_CASE("objects that are events or follow each other are no wrappers") {
  const std::string event = R"({"case":1,"activity":"a","items":[{"sku":1}]})";
  CHECK(fault(event) == "read as 1/a");
  CHECK(fault(event + "\n" + event) == "read as 1/a 1/a");
  const std::string page = "{\"tickets\":[" + events(1) + "]}";
  CHECK(fault(page + "\n" + page).starts_with("no column of 'x' looks like the case"));
  CHECK(fault(R"({"case":1,"activity":"a","sub":[{"case":2,"activity":"b"}]})")
            .starts_with("'x' is one object that names a case and an activity, and so do the "
                         "objects of its array '.sub'; take out"));
  ReadOptions options;
  options.log.case_column = "id";
  options.log.activity_column = "status";
  CHECK(fault(R"({"id":1,"status":"ok","rows":[{"id":2,"status":"b"}]})", options)
            .starts_with("'x' is one object that names"));
}

TEST_CASE("what is wrong around the array is said with its line") {
  const std::string head = "{\"tickets\":[\n" + events(2);
  CHECK(fault(head + "\n]") ==
        "'x', line 4: the object that holds the array '.tickets' is not closed with '}'; is the "
        "file complete?");
  CHECK(fault(head + "\n") ==
        "'x', line 4: the array is not closed with ']'; is the file complete?");
  const std::string big = "{\"tickets\":[\n" + events(9000) + "\n]\n}\n";
  CHECK(fault(big + big) ==
        "'x', line 9004: text stands behind the object that holds the array '.tickets'; take out "
        "the objects of all, for example with jq -c '.tickets[]' x > log.jsonl");
  CHECK(fault("{\"tickets\":[{\"case\":1}]}").starts_with("no column of 'x' looks like the act"));
}

TEST_CASE("object-centric logs are called by their name") {
  const char* table[] = {
      R"({"ocel:global-event":{},"ocel:events":{"1":{"ocel:activity":"a"}},"ocel:objects":{}})",
      R"({"objectTypes":[{"name":"o"}],"eventTypes":[],"objects":[],"events":[{"id":"1","type":"a"}]})",
      R"({"events":[{"case":"1","activity":"a"}],"objects":[{"id":1}],"eventTypes":[{"name":"a"}]})",
      R"(<log><object-types><object-type name="o"/></object-types><events/></log>)",
      R"(<log version="1.0"><global scope="event"/><events><event/></events></log>)",
  };
  for (const char* text : table) {
    CAPTURE(text);
    CHECK(fault(text).starts_with("'x' is an object-centric log (OCEL)"));
  }
  const std::string far =
      "{\"events\":[" + events(9000) + "],\"objects\":[{\"id\":1}],\"eventTypes\":[]}";
  CHECK(fault(far).starts_with("'x' is an object-centric log (OCEL)"));
  CHECK(fault(std::string("SQLite format 3\0", 16)).find("is an SQLite database") !=
        std::string::npos);
}
