#include "core/replay/kpi/kpi.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/replay/replay.h"
#include "core/time/time.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

/// A refund desk: `apply` begins a case and stands in no log; `escalate` is a detour.
constexpr const char* desk = R"([map]
[roles.agent]
name     = "客服"
calendar = "office"
[roles.lead]
name = "组长"
[calendars.office]
timezone = "Asia/Shanghai"
hours    = { mon-fri = "09:00-18:00" }
[[step]]
id   = "apply"
kind = "start"
next = "receive"
[[step]]
id   = "receive"
role = "agent"
next = "check"
[[step]]
id   = "check"
role = "lead"
next = [{ to = "pay", when = "good" }, { to = "escalate", when = "not good" }]
[[step]]
id   = "escalate"
role = "lead"
next = "pay"
[[step]]
id   = "pay"
role = "agent"
next = "done"
[[step]]
id   = "done"
kind = "end"
)";

Process with_kpi(const std::string& kpi) {
  return test::read(std::string(desk) + "[[kpi]]\nid = \"it\"\n" + kpi);
}

EventLog read_csv(const Process& process, const std::string& csv) {
  ReadOptions how;
  how.log.timezone = "Asia/Shanghai";
  how.attributes = kpi_columns(process);
  how.optional_from = 0;
  return read_log_text(csv, "log.csv", how);
}

KpiResult measure(const std::string& kpi, const std::string& csv) {
  const Process process = with_kpi(kpi);
  const auto results = replay_log(process, read_csv(process, csv), LifecycleMode::automatic).kpis;
  REQUIRE(results.size() == 1);
  return results[0];
}

/// `2 'x' is not done; 1 …`
std::string exclusions(const KpiResult& result) {
  std::string text;
  for (const KpiExclusion& each : result.excluded) {
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", each.cases, each.reason);
  }
  return text;
}

std::string notes(const KpiResult& result) {
  std::string text;
  for (const std::string& each : result.notes) text += (text.empty() ? "" : "; ") + each;
  return text;
}

/// 2026-01-05 is a Monday. Case 2 pays before it receives again, case 3 never receives, case 4
/// never pays; case 5 escalates.
constexpr const char* five_cases =
    "case,activity,time,csat\n"
    "1,receive,2026-01-05 09:00,5\n1,check,2026-01-05 09:10,\n1,pay,2026-01-05 09:30,\n"
    "2,receive,2026-01-05 10:00,\n2,pay,2026-01-05 11:00,4\n2,receive,2026-01-05 12:00,2\n"
    "2,pay,2026-01-05 15:00,\n"
    "3,check,2026-01-05 09:00,好\n3,pay,2026-01-05 09:20,\n"
    "4,pay,2026-01-05 08:00,3\n4,receive,2026-01-05 08:30,\n"
    "5,receive,2026-01-06 09:00,1\n5,escalate,2026-01-06 10:00,\n5,pay,2026-01-06 11:00,\n";

}  // namespace

TEST_CASE("a time runs from the first end of one step to the first end of the other after it") {
  const KpiResult found =
      measure("from = \"receive\"\nto = \"pay\"\ntarget = \"<= 70m\"", five_cases);
  CHECK(found.unit == KpiUnit::seconds);
  CHECK(found.n == 3);
  CHECK(found.value == 70 * 60);  // 30, 60 and 120 minutes
  CHECK(found.met == true);
  CHECK_FALSE(found.numerator);
  CHECK(exclusions(found) == "1 'receive' is not done; 1 'pay' is not done after 'receive'");
  CHECK(format_utc(found.first) == "2026-01-05T01:00:00Z");
  CHECK(format_utc(found.last) == "2026-01-06T03:00:00Z");
  CHECK(found.problem.empty());
  CHECK(notes(found) == "");
}

TEST_CASE("every statistic of times is the one it is called") {
  struct Row {
    const char* stat;
    double minutes;
  };
  // Quantiles of type 7 of 30, 60 and 120.
  for (const Row& row : {Row{"mean", 70}, Row{"median", 60}, Row{"p75", 90}, Row{"p90", 108},
                         Row{"p95", 114}, Row{"p99", 118.8}, Row{"min", 30}, Row{"max", 120}}) {
    INFO(row.stat);
    const KpiResult found = measure(
        fmt::format("from = \"receive\"\nto = \"pay\"\nstat = \"{}\"", row.stat), five_cases);
    CHECK(*found.value == doctest::Approx(row.minutes * 60));
    CHECK_FALSE(found.met);
  }
}

TEST_CASE("a case's beginning stands for a start step, and for a step that the log never shows") {
  for (const char* from : {"from = \"apply\"\n", ""}) {
    const KpiResult start = measure(std::string(from) + "to = \"pay\"", five_cases);
    CHECK(start.n == 5);
    CHECK(start.value == 46 * 60);  // 30, 60, 20, 0 and 120 minutes
    CHECK(notes(start) == "");
  }
  const std::string unseen =
      "case,activity,time\n1,check,2026-01-05 09:00\n1,pay,2026-01-05 09:20\n"
      "2,check,2026-01-05 09:00\n";
  const KpiResult found = measure("from = \"receive\"\nto = \"pay\"", unseen);
  CHECK(found.value == 20 * 60);
  CHECK(exclusions(found) == "1 'pay' is not done");
  CHECK(notes(found) == "the log never shows 'receive': its time begins with the case");
}

TEST_CASE("without 'to' a time ends with the case") {
  const KpiResult found = measure("from = \"escalate\"", five_cases);
  CHECK(found.n == 1);
  CHECK(found.value == 3600);
  CHECK(exclusions(found) == "4 'escalate' is not done");
}

TEST_CASE("in a log with starts, ends count, and a case begins with its first start") {
  const std::string log =
      "case,activity,start,end\n"
      "1,receive,2026-01-05 09:00,2026-01-05 09:05\n"
      "1,pay,2026-01-05 09:20,2026-01-05 09:30\n";
  CHECK(measure("from = \"receive\"\nto = \"pay\"", log).value == 25 * 60);
  CHECK(measure("from = \"apply\"\nto = \"pay\"", log).value == 30 * 60);
  // What is still open has not ended.
  const KpiResult open = measure("from = \"receive\"\nto = \"pay\"",
                                 "case,activity,time,lifecycle\n"
                                 "1,receive,2026-01-05 09:00,start\n"
                                 "1,receive,2026-01-05 09:05,complete\n"
                                 "1,pay,2026-01-05 09:20,start\n");
  CHECK(open.n == 0);
  CHECK_FALSE(open.value);
  CHECK(exclusions(open) == "1 'pay' is not done after 'receive'");
}

TEST_CASE("a target in business time counts by the calendar of the role of 'to'") {
  // From Friday 17:00 to Monday 10:00, and from 09:00 to 18:00 of one day.
  const std::string weekend =
      "case,activity,time\n"
      "1,receive,2026-01-09 17:00\n1,pay,2026-01-12 10:00\n"
      "2,receive,2026-01-13 09:00\n2,pay,2026-01-13 18:00\n";
  struct Row {
    const char* stat;
    const char* target;
    KpiUnit unit;
    double value;
    bool met;
  };
  for (const Row& row : {
           Row{"min", "<= 2bh", KpiUnit::business_seconds, 2 * 3600, true},
           Row{"min", "< 2bh", KpiUnit::business_seconds, 2 * 3600, false},
           Row{"max", "<= 1bd", KpiUnit::business_days, 1, true},
           Row{"max", "< 1bd", KpiUnit::business_days, 1, false},
           Row{"mean", "<= 0.5bd", KpiUnit::business_days, 11.0 / 18, false},
           Row{"max", "<= 64h", KpiUnit::seconds, 65 * 3600, false},
       }) {
    INFO(row.stat, " ", row.target);
    const KpiResult found =
        measure(fmt::format("from = \"receive\"\nto = \"pay\"\nstat = \"{}\"\ntarget = \"{}\"",
                            row.stat, row.target),
                weekend);
    CHECK(found.unit == row.unit);
    CHECK(*found.value == doctest::Approx(row.value).epsilon(1e-9));
    CHECK(found.met == row.met);
  }
}

TEST_CASE("a time that cannot be measured says why") {
  const KpiResult no_calendar =
      measure("from = \"receive\"\nto = \"check\"\ntarget = \"<= 1bd\"", five_cases);
  CHECK(no_calendar.problem ==
        "the target is in business time, and the role of 'check' has no calendar");
  CHECK_FALSE(no_calendar.value);
  CHECK_FALSE(no_calendar.met);
  CHECK(no_calendar.n == 0);
  const std::string untimed = "case,activity\n1,receive\n1,pay\n2,pay\n";
  const KpiResult no_times = measure("from = \"receive\"\nto = \"pay\"", untimed);
  CHECK(no_times.problem == "the log has no times");
  CHECK_FALSE(no_times.value);
  // A share needs none.
  const KpiResult share = measure("share = { with = [\"receive\"] }", untimed);
  CHECK(share.value == 0.5);
  CHECK(share.first == no_time);
}

TEST_CASE("a share counts the cases with all of some steps and none of others") {
  struct Row {
    const char* share;
    std::int64_t cases;
  };
  for (const Row& row :
       {Row{"with = [\"receive\"]", 4}, Row{"with = [\"receive\", \"check\"]", 1},
        Row{"without = [\"escalate\"]", 4}, Row{"without = [\"escalate\", \"check\"]", 2},
        Row{"with = [\"receive\"], without = [\"check\"]", 3}}) {
    INFO(row.share);
    const KpiResult found =
        measure(fmt::format("share = {{ {} }}\ntarget = \">= 80%\"", row.share), five_cases);
    CHECK(found.unit == KpiUnit::fraction);
    CHECK(found.n == 5);
    CHECK(found.numerator == row.cases);
    CHECK(found.value == static_cast<double>(row.cases) / 5);
    CHECK(found.met == (row.cases >= 4));
    CHECK(found.excluded.empty());
    CHECK(notes(found) == "");
  }
  const KpiResult hollow = measure("share = { without = [\"escalate\"] }",
                                   "case,activity,time\n1,pay,2026-01-05 09:00\n");
  CHECK(hollow.value == 1);
  CHECK(notes(hollow) == "the log never shows 'escalate'");
}

TEST_CASE("a mean is that of the first number of each case") {
  const KpiResult found = measure("mean = \"csat\"\ntarget = \">= 3.25\"", five_cases);
  CHECK(found.unit == KpiUnit::number);
  CHECK(found.n == 4);
  CHECK(found.value == 3.25);  // 5, 4, 3 and 1; case 3 has no number
  CHECK(found.met == true);
  CHECK(exclusions(found) == "1 there is no number in 'csat'");
}

TEST_CASE("a mean of a column that is not there has no value and names those that are") {
  const KpiResult found = measure("mean = \"csatt\"\ntarget = \">= 4\"", five_cases);
  CHECK_FALSE(found.value);
  CHECK_FALSE(found.met);
  CHECK(found.n == 0);
  CHECK(found.excluded.empty());
  CHECK(found.problem == "the log has no column 'csatt'");
  CHECK(notes(found) ==
        "the columns of the log are 'case', 'activity', 'time', 'csat'; did you mean 'csat'?");
  // A column without any value is there.
  const KpiResult empty =
      measure("mean = \"csat\"", "case,activity,time,csat\n1,pay,2026-01-05 09:00,\n");
  CHECK(empty.problem.empty());
  CHECK(exclusions(empty) == "1 there is no number in 'csat'");
}

TEST_CASE("a mean may be of an attribute of XES traces") {
  const Process process = with_kpi("mean = \"csat\"");
  ReadOptions how;
  how.attributes = kpi_columns(process);
  how.optional_from = 0;
  const EventLog log = read_log_text(R"(<log xes.version="1.0"><trace>
<string key="concept:name" value="1"/><int key="csat" value="4"/>
<event><string key="concept:name" value="pay"/></event></trace></log>)",
                                     "log.xes", how);
  const auto results = replay_log(process, log, LifecycleMode::automatic).kpis;
  CHECK(results.at(0).value == 4);
}

TEST_CASE("a document without KPIs has no results") {
  const Process process = test::read(desk);
  CHECK(kpi_columns(process).empty());
  CHECK(replay_log(process, read_csv(process, five_cases), LifecycleMode::automatic).kpis.empty());
}

TEST_CASE("results stand in the order of the document") {
  const Process process =
      with_kpi("mean = \"csat\"\n[[kpi]]\nid = \"b\"\nshare = { with = [\"pay\"] }");
  const auto results =
      replay_log(process, read_csv(process, five_cases), LifecycleMode::automatic).kpis;
  REQUIRE(results.size() == 2);
  CHECK(results[0].unit == KpiUnit::number);
  CHECK(results[1].unit == KpiUnit::fraction);
}

}  // namespace gemba
