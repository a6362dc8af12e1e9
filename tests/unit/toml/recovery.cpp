#include <doctest/doctest.h>

#include "tests/unit/toml/read_text.h"

using namespace gemba;
using test::ReadText;
using Faults = std::vector<std::string>;

TEST_CASE("what is wrong with a step leaves the others in order") {
  const ReadText read = test::read_document(R"([sop]
id = "doc"
[[step]]
id = "a"
next = "bb"
[[step]]
name = "no id"
[[step]]
id = "b"
role = "nobody"
next = ["zzzzzzzz", "a"]
[[step]]
id = "a"
name = "again"
[[step]]
id = "c"
role = "nobody"
)");
  CHECK(read.faults ==
        Faults{"S006 5:8-5:12 step 'bb' does not exist; did you mean 'b'?",
               "S004 6:1-6:9 a step needs an 'id'",
               "S006 10:8-10:16 role 'nobody' does not exist; define it as [roles.nobody]",
               "S006 11:9-11:19 step 'zzzzzzzz' does not exist",
               "S005 13:6-13:9 there are two steps 'a'",
               "S006 17:8-17:16 role 'nobody' does not exist; define it as [roles.nobody]"});
  for (const Diagnostic& fault : read.found) {
    CHECK(fault.level == Level::error);
    CHECK(fault.document == "doc");
  }
  CHECK(read.found[0].element == "a");
  CHECK(read.found[2].element == "b");
  CHECK(read.found[4].element == "a");
  REQUIRE(read.found[4].notes.size() == 1);
  CHECK(test::shown(read.found[4].notes[0].span) == "4:6-4:9");

  REQUIRE(read.process);
  const Process& p = *read.process;
  CHECK_FALSE(p.flow_complete);
  REQUIRE(p.steps.size() == 3);
  CHECK(p.steps[0].name == "a");
  REQUIRE(p.flows.size() == 2);
  CHECK(p[p.flows[0].to].id == "b");
  CHECK(p[p.flows[1].from].id == "b");
  CHECK(p[p.flows[1].to].id == "a");
  REQUIRE(p.definitions.roles.size() == 1);
  CHECK(p.definitions.roles[0].implied);
  CHECK(p.steps[1].role == p.steps[2].role);
}

TEST_CASE("only what loses a step or a flow makes the flow incomplete") {
  struct Row {
    std::string step;
    bool complete;
  };
  const Row rows[] = {
      {"next = \"a\"", true},
      {"role = \"nobody\"\nrol = 1", true},
      {"next = \"approve\"", true},
      {"next = \"aprove\"", true},
      {"next = \"zzzzzzzz\"", false},
      {"nxt = \"approve\"", true},
      {"nxt = \"approve\"\nnext = \"a\"", true},
      {"knd = \"end\"", true},
      {"knd = \"zzzz\"", false},
      {"kind = \"aproval\"", false},
      {"kind = \"qqqqqqqq\"", false},
      {"next = [{ when = \"x\" }]", false},
      {"next = 5", false},
      {"[[step]]", false},
      {"[[step]]\nid = \"a\"", false},
      {"[[step]]\nid = 5", false},
      {"[[steps]]\nid = \"b\"", true},
      {"[[steps]]\nname = \"b\"", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.step);
    const ReadText read = test::read_document(
        "[sop]\n[[step]]\nid = \"approve\"\n[[step]]\nid = "
        "\"a\"\n" +
        row.step);
    REQUIRE(read.process);
    CHECK(read.process->flow_complete == row.complete);
  }
}

TEST_CASE("a calendar with faults is open day and night") {
  const ReadText read = test::read_document(
      "[sop]\n[roles.a]\ncalendar = \"none\"\n[calendars.x]\nhours = { mon = \"9-18\" }\n");
  REQUIRE(read.process);
  REQUIRE(read.process->definitions.calendars.size() == 2);
  for (const Calendar& calendar : read.process->definitions.calendars) {
    for (const auto& day : calendar.hours) CHECK(day == std::vector<Shift>{{0, 1440}});
  }
  CHECK(read.process->definitions.calendars[1].implied);
}

TEST_CASE("one misspelt key or mistyped reference is one fault") {
  struct Row {
    const char* right;
    std::string wrong;
    const char* fault;
  };
  const Row rows[] = {
      {"[sop]", "[spo]", "S002 1:2-1:5 unknown key 'spo' in a document; did you mean 'sop'?"},
      {"owner", "onwer", "S002 2:1-2:6 unknown key 'onwer' in [sop]; did you mean 'owner'?"},
      {"[roles.lead]", "[role.lead]",
       "S002 3:2-3:6 unknown key 'role' in a document; did you mean 'roles'?"},
      {"[[step]]\nid = \"judge\"", "[[setp]]\nid = \"judge\"",
       "S002 11:3-11:7 unknown key 'setp' in a document; did you mean 'step'?"},
      {"[[step]]\nid = \"judge\"", "[stpe]\nid = \"judge\"",
       "S002 11:2-11:6 unknown key 'stpe' in a document; did you mean 'step'?"},
      {"id = \"judge\"", "di = \"judge\"",
       "S002 12:1-12:3 unknown key 'di' in a step; did you mean 'id'?"},
      {"role = \"agent\"", "rloe = \"agent\"",
       "S002 14:1-14:5 unknown key 'rloe' in a step; did you mean 'role'?"},
      {"{ min", "{ mni", "S002 15:10-15:13 unknown key 'mni' in 'time'; did you mean 'min'?"},
      {"{ min = \"1m\", ", "{ avg = \"1m\", min = \"1m\", ",
       "S002 15:10-15:13 unknown key 'avg' in 'time'; the keys are min, mode, max, mean and sd"},
      {"to = \"done\"", "too = \"done\"",
       "S002 16:11-16:14 unknown key 'too' in a branch of 'next'; did you mean 'to'?"},
      {"share = 0.4", "shrae = 0.4",
       "S002 16:36-16:41 unknown key 'shrae' in a branch of 'next'; did you mean 'share'?"},
      {"{ without", "{ witout",
       "S002 23:11-23:17 unknown key 'witout' in 'share'; did you mean 'without'?"},
      {"owner = \"lead\"", "owner = [\"lead\"]",
       "S003 2:9-2:17 'owner' is a list, but a text is wanted"},
      {"role = \"agent\"", "role = 5",
       "S003 14:8-14:9 'role' is a number, but a text is wanted; write it in quotes: \"5\""},
      {"role = \"agent\"", "role = [\"agent\", \"lead\"]",
       "S003 14:8-14:25 'role' is a list, but a text is wanted"},
      {"role = \"agent\"", "role = \"一线客服\"",
       "S006 14:8-14:14 role '一线客服' does not exist; did you mean 'agent'?"},
      {"role = \"agent\"", "role = \"AGENT\"",
       "S006 14:8-14:15 role 'AGENT' does not exist; did you mean 'agent'?"},
      {"role = \"agent\"", "role = \"张 三\"", "S006 14:8-14:13 role '张 三' does not exist"},
      {"to = \"done\"", "to = \"结束\"",
       "S006 16:16-16:20 step '结束' does not exist; did you mean 'done'?"},
  };
  const std::string sound =
      "[sop]\nowner = \"lead\"\n[roles.lead]\n[roles.agent]\nname = \"一线客服\"\n"
      "[[step]]\nid = \"begin\"\nkind = \"start\"\nrole = \"lead\"\nnext = \"judge\"\n"
      "[[step]]\nid = \"judge\"\nkind = \"decision\"\nrole = \"agent\"\n"
      "time = { min = \"1m\", max = \"2m\" }\n"
      "next = [{ to = \"done\", when = \"a\", share = 0.4 }, { to = \"begin\", when = \"b\", "
      "share = 0.6 }]\n"
      "[[step]]\nid = \"done\"\nkind = \"end\"\nname = \"结束\"\n"
      "[[kpi]]\nid = \"k\"\nshare = { without = [\"judge\"] }\n";
  REQUIRE(test::read_document(sound).faults.empty());
  for (const Row& row : rows) {
    CAPTURE(row.wrong);
    std::string text = sound;
    REQUIRE(text.find(row.right) != std::string::npos);
    text.replace(text.find(row.right), std::string_view(row.right).size(), row.wrong);
    const ReadText read = test::read_document(text);
    CHECK(read.faults == Faults{row.fault});
    REQUIRE(read.process);
    CHECK(read.process->owner);
    REQUIRE(read.process->steps.size() == 3);
    for (const Step& step : read.process->steps) {
      if (step.kind == StepKind::decision) CHECK(step.role);
    }
    CHECK(read.process->flow_complete);
  }
}

TEST_CASE("a share that cannot be used takes those of the other exits with it") {
  for (const char* share : {"share = 4", "share = \"0.4\""}) {
    CAPTURE(share);
    const ReadText read = test::read_document(
        "[sop]\n[[step]]\nid = \"a\"\nnext = [{ to = \"a\", " + std::string(share) +
        " }, { to = \"b\", share = 0.6 }]\n[[step]]\nid = \"b\"\n");
    CHECK(read.faults.size() == 1);
    REQUIRE(read.process->flows.size() == 2);
    CHECK_FALSE(read.process->flows[1].share);
  }
}
