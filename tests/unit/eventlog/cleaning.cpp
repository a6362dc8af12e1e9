// What exports put around and in the place of values: blanks, words for nothing, other words for
// transitions, ends that are missing, rows from the bottom up.
#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/build/cleaning.h"
#include "core/eventlog/build/transition_words.h"
#include "core/eventlog/query/alike_names.h"
#include "core/eventlog/query/instances.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

EventLog read(std::string_view text, ReadOptions options = {}) {
  return read_log_text(text, "x.csv", options);
}

constexpr Micros minute = 60 * micros_per_second;

}  // namespace

TEST_CASE("blanks of any kind at the ends are cut off") {
  for (const char* blank : {" ", "\t", "\u00A0", "\u3000", "\u2009", "\uFEFF", " \u3000 "}) {
    CAPTURE(blank);
    CHECK(cut_blanks(std::string(blank) + "受理" + blank) == "受理");
    CHECK(cut_blanks(std::string(blank) + "a b" + blank) == "a b");
    CHECK(cut_blanks(blank) == "");
  }
  for (const char* text : {"", "a", "受理", "完　成", "ã", "à", "€", "〿", "ï", "！"})
    CHECK(cut_blanks(text) == text);
}

TEST_CASE("ids, activities, resources and values have no blanks around them") {
  ReadOptions options;
  options.attributes = {"渠道"};
  const EventLog log = read(
      "case_id,activity,timestamp,resource,渠道\n"
      "1,A,2026-01-05 09:00,Li,电话\n"
      "1,B ,2026-01-05 10:00, Li,电话\u3000\n"
      "2, A,2026-01-05 09:00,\u00A0Li,\t电话\n"
      "2 ,B\u3000, 2026-01-05 10:00 ,Li,电话\n",
      options);
  CHECK(log.case_count() == 2);
  CHECK(log.activities.size() == 2);
  CHECK(log.resources.size() == 1);
  CHECK(log.attributes[0].values.size() == 1);
  CHECK(log.quality.cut_values == 8);
}

TEST_CASE("words for a missing value are missing values, but no activities") {
  ReadOptions options;
  options.attributes = {"note"};
  constexpr std::string_view text =
      "case_id,activity,start_time,end_time,resource,note\n"
      "1,A,2026-01-05 09:00,2026-01-05 10:00,Li,x\n"
      "1,NULL,#N/A,2026-01-05 11:00,NA,--\n"
      "1,C,NaT,2026-01-05 12:00,NULL,\\N\n"
      "1,D,2026-01-05 12:30,2026-01-05 13:00,?,-\n";
  const EventLog log = read(text, options);
  CHECK(log.size() == 4);
  CHECK(log.activities.size() == 4);
  CHECK(log.resources.size() == 1);
  CHECK(log.attributes[0].values.size() == 1);
  CHECK(log.quality.missing_starts == 2);
  CHECK(log.quality.missing_resources == 3);
  CHECK(log.quality.missing_words == 8);
  CHECK(log.quality.first_missing_word == "#N/A");

  options.log.missing = {"x"};
  const EventLog other =
      read("case_id,activity,timestamp,resource,note\n1,A,2026-01-05 09:00,NULL,x\n", options);
  CHECK(other.resources.size() == 1);
  CHECK(other.attributes[0].values.size() == 0);
}

TEST_CASE("a start that cannot be read costs the start only") {
  const EventLog log = read(
      "case_id,activity,start_time,end_time\n"
      "1,A,2026-01-05 09:00,2026-01-05 10:00\n"
      "1,B,soon,2026-01-05 11:00\n");
  CHECK(log.size() == 2);
  CHECK(log.quality.bad_rows == 0);
  CHECK(log.quality.bad_starts == 1);
  CHECK(log.quality.first_bad_start.line == 3);
  CHECK(log.quality.first_bad_start.reason == "soon");
  CHECK(log.quality.missing_starts == 1);
}

TEST_CASE("a row with a start and no end is work that goes on") {
  const EventLog log = read(
      "case_id,activity,start_time,end_time,resource\n"
      "0,A,2026-01-05T09:00:00Z,2026-01-05T10:00:00Z,R1\n"
      "0,B,2026-01-05T10:05:00Z,,R2\n"
      "0,B,2026-01-05T10:06:00Z,2026-01-05T10:07:00Z,R2\n");
  CHECK(log.quality.bad_rows == 0);
  CHECK(log.quality.open_rows == 1);
  CHECK(log.quality.missing_starts == 0);
  CaseInstances found;
  instances_of(log, log.events_of(CaseId(0)), LifecycleMode::instances, found);
  REQUIRE(found.instances.size() == 3);
  CHECK(found.instances[1].open);
  CHECK(found.instances[1].moment() - found.instances[0].end == 5 * minute);
  CHECK(found.instances[2].service() == minute);
  CHECK(found.completes_unpaired == 0);
}

TEST_CASE("transitions in other words") {
  CHECK(meant_transition("END").transition == Transition::complete);
  CHECK(meant_transition("Started").transition == Transition::start);
  CHECK(meant_transition("开始").transition == Transition::start);
  CHECK(meant_transition("完成").transition == Transition::complete);
  CHECK(meant_transition("pause").transition == Transition::suspend);
  CHECK(meant_transition("").transition == Transition::none);
  CHECK(meant_transition("ate_abort").transition == Transition::other);
  CHECK(meant_transition("ate_abort").known);
  CHECK_FALSE(meant_transition("已读").known);

  const EventLog log = read(
      "case_id,activity,timestamp,lifecycle:transition\n"
      "1,cut,2020-04-22 04:55,start\n"
      "1,cut,2020-04-22 07:00,end\n"
      "1,pack,2020-04-22 07:30,start\n"
      "1,pack,2020-04-22 08:00,End\n"
      "1,pack,2020-04-22 08:00,已读\n");
  CHECK(resolve(LifecycleMode::automatic, log) == LifecycleMode::instances);
  REQUIRE(log.quality.strange_transitions.size() == 1);
  CHECK(log.quality.strange_transitions[0].word == "已读");
  CHECK(log.quality.strange_transitions[0].count == 1);
}

TEST_CASE("an end that stands before its start at the same moment belongs to it") {
  const EventLog log = read(
      "case_id,activity,timestamp,lifecycle:transition\n"
      "1,a,2026-01-05 09:00,complete\n"
      "1,a,2026-01-05 09:00,start\n"
      "1,b,2026-01-05 09:30,start\n"
      "1,b,2026-01-05 09:40,complete\n");
  CaseInstances found;
  instances_of(log, log.events_of(CaseId(0)), LifecycleMode::instances, found);
  REQUIRE(found.instances.size() == 2);
  CHECK(found.instances[0].service() == 0);
  CHECK(found.completes_unpaired == 0);
  CHECK_FALSE(found.instances[0].open);
}

TEST_CASE("a start that is completed later is no other's") {
  const EventLog log = read(
      "case_id,activity,timestamp,lifecycle:transition\n"
      "1,a,2026-01-05 09:00,complete\n"
      "1,a,2026-01-05 09:00,start\n"
      "1,a,2026-01-05 09:30,complete\n");
  CaseInstances found;
  instances_of(log, log.events_of(CaseId(0)), LifecycleMode::instances, found);
  REQUIRE(found.instances.size() == 2);
  CHECK_FALSE(found.instances[0].service());
  CHECK(found.instances[1].service() == 30 * minute);
  CHECK(found.completes_unpaired == 1);
}

TEST_CASE("rows of nothing and a separator too many say nothing") {
  const EventLog log = read("case,activity,time\n1,a,2026-01-05\n,,\n , ,\n,,,\n1,b,2026-01-06,\n");
  CHECK(log.size() == 2);
  CHECK(log.quality.bad_rows == 0);
}

TEST_CASE("a file with the newest event first is read from the bottom up") {
  const EventLog log = read(
      "工单号,环节,时间\n"
      "2,关闭,2026-01-06 10:00:00\n"
      "2,处理,2026-01-06 10:00:00\n"
      "2,受理,2026-01-06 09:00:00\n"
      "1,关闭,2026-01-05 10:00:00\n"
      "1,处理,2026-01-05 10:00:00\n"
      "1,受理,2026-01-05 09:00:00\n");
  CHECK(log.quality.newest_first);
  for (std::uint32_t event = 0; event < 6; ++event)
    CHECK(log.name(log.activity[event]) == (event % 3 == 0   ? "受理"
                                            : event % 3 == 1 ? "处理"
                                                             : "关闭"));

  // Equal times alone tell nothing; neither does one case that rises.
  CHECK_FALSE(read("case,activity,time\n1,a,2026-01-05\n1,b,2026-01-05\n").quality.newest_first);
  CHECK_FALSE(read("case,activity,time\n1,a,2026-01-06\n1,b,2026-01-05\n"
                   "2,a,2026-01-05\n2,b,2026-01-06\n")
                  .quality.newest_first);
}

TEST_CASE("ids that a spreadsheet has shortened end the reading") {
  CHECK_THROWS_WITH_AS(
      read("工单号,环节,时间\n2.02207E+18,受理,2026-01-05 09:00\n"),
      "the case '2.02207E+18' of 'x.csv' is a number that a spreadsheet has shortened: its last "
      "digits are lost, and cases cannot be told apart; export the log again with '工单号' as "
      "text, "
      "or name another column with --case",
      Error);
  for (const char* id : {"2E18", "CASE+18", "E+18", "1E+1", "20220718E+18 a"}) {
    CAPTURE(id);
    CHECK(read("case,activity,time\n" + std::string(id) + ",a,2026-01-05\n").case_count() == 1);
  }
}

TEST_CASE("names that differ in case or width only") {
  StringPool names;
  for (const char* name : {"Close", "open", "close", "ＣＬＯＳＥ", "完成", "完 成"})
    names.intern(name);
  const auto pairs = alike_names(names);
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].second == "close");
  CHECK(pairs[1].second == "ＣＬＯＳＥ");
}

TEST_CASE("a NUL byte in a text is named with its line") {
  using namespace std::string_literals;
  const std::string nul(1, '\0');
  const auto fault = [](const std::string& text) -> std::string {
    try {
      const EventLog log = read_log_text(text, "x");
      return log.quality.bad_examples.empty() ? "read"
                                              : std::to_string(log.quality.bad_examples[0].line) +
                                                    " " + log.quality.bad_examples[0].reason;
    } catch (const Error& error) {
      return error.what();
    }
  };
  const std::string xes = "<log><trace>\n<event><string key='concept:name' value='a";
  for (const std::string& text :
       {"case,activity\n1,a"s + nul + "\n", "{\"case\":1,\n\"activity\":\"a"s + nul + "\"}",
        xes + nul + "'/></event></trace></log>"}) {
    CAPTURE(text);
    CHECK(fault(text).starts_with("'x', line 2: a NUL byte stands in the text; export"));
  }
  std::string rows;
  for (int row = 0; row < 30'000; ++row) rows += "1,a\n";
  CHECK(fault("case,activity\n" + rows + "1,b" + nul + "\n")
            .starts_with("30002 it holds a NUL byte, which is no text; export"));
  CHECK(fault("case,activity\n" + rows + nul + ",b\n").starts_with("30002 its case holds a NUL"));
  CHECK(fault(std::string(600, '\0') + "\n")
            .ends_with("is a binary file; export the log as CSV or XES"));
}
