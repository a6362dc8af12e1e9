#include "core/replay/conform/data_deviations.h"
#include "core/base/text.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include "core/replay/replay.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

Process refunds() {
  return test::read(R"([map]
[roles.customer]
external = true
[roles.agent]
[roles.lead]
[roles.boss]
[data.refund_amount]
name = "金额"
[data.vip]
[[authority]]
role = "agent"
action = "refund"
up_to = 50
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[authority]]
role = "boss"
action = "refund"
[[step]]
id = "intake"
kind = "start"
role = "customer"
next = "identify"
[[step]]
id = "identify"
role = "agent"
makes = ["refund_amount"]
next = "small"
[[step]]
id = "small"
kind = "decision"
next = [
  { to = "pay", when = "refund_amount <= 50" },
  { to = "route", when = "refund_amount > 50" },
]
[[step]]
id = "route"
kind = "decision"
next = [{ to = "pay", when = "vip = 'yes'" }, { to = "lead_sign", when = "vip != 'yes'" }]
[[step]]
id = "lead_sign"
kind = "approval"
role = "lead"
approves = "refund"
amount = "refund_amount"
next = [{ to = "boss_sign", when = "refund_amount > 300" }, { to = "pay", when = "refund_amount <= 300" }]
[[step]]
id = "boss_sign"
kind = "approval"
role = "boss"
approves = "refund"
amount = "refund_amount"
next = "pay"
[[step]]
id = "pay"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
}

/// How a log conforms, with all columns that it has for the process.
Conformance conformance_of(const Process& process, const std::string& csv) {
  ReadOptions options;
  options.attributes = data_columns(process);
  options.optional_from = 0;
  const EventLog log = read_log_text(csv, "log.csv", options);
  return *replay_log(process, log, LifecycleMode::automatic, {.conformance = ConformanceOptions{}})
              .conformance;
}

constexpr const char* header = "case,activity,timestamp,resource,金额,vip\n";

/// `KIND STEP cases`, of what the data of cases show.
std::string found_in(const Process& process, const std::string& rows) {
  std::string found;
  for (const Deviation& each : conformance_of(process, header + rows).deviations) {
    if (each.kind < DeviationKind::forbidden_path) continue;
    add_item(found, std::string(to_string(each.kind)) + " " + process[*each.step].id + " " +
                        std::to_string(each.cases));
  }
  return found;
}

/// Rows of one case: `step who` pairs, one a minute, all with the same amount and vip.
std::string rows_of(const char* id,
                    std::initializer_list<std::pair<const char*, const char*>> steps,
                    const char* amount, const char* vip = "no") {
  std::string rows;
  int minute = 10;
  for (const auto& [step, who] : steps) {
    rows += std::string(id) + "," + step + ",2026-03-02 09:" + std::to_string(minute++) + ":00," +
            who + "," + amount + "," + vip + "\n";
  }
  return rows;
}

}  // namespace

TEST_CASE("a case that takes a branch against its condition goes a forbidden path") {
  const Process process = refunds();
  struct Sample {
    std::initializer_list<std::pair<const char*, const char*>> steps;
    const char* amount;
    const char* vip;
    const char* found;
  };
  const Sample samples[] = {
      {{{"identify", "a"}, {"pay", "a"}}, "50", "no", ""},
      {{{"identify", "a"}, {"pay", "a"}}, "51", "no", "forbidden path pay 1"},
      {{{"identify", "a"}, {"pay", "a"}}, "51", "yes", ""},  // the other way to pay is open
      {{{"identify", "a"}, {"pay", "a"}}, "51", "", ""},     // who knows whether it is
      {{{"identify", "a"}, {"pay", "a"}}, "", "no", ""},
      {{{"identify", "a"}, {"pay", "a"}}, "viel", "no", ""},
      {{{"identify", "a"}, {"lead_sign", "l"}, {"pay", "a"}}, "50", "no", "forbidden path route 1"},
      {{{"identify", "a"}, {"lead_sign", "l"}, {"pay", "a"}},
       "60",
       "yes",
       "forbidden path lead_sign 1"},
      {{{"identify", "a"}, {"lead_sign", "l"}, {"pay", "a"}}, "60", "no", ""},
      {{{"identify", "a"}, {"lead_sign", "l"}, {"boss_sign", "b"}, {"pay", "a"}}, "400", "no", ""},
      {{{"identify", "a"}, {"lead_sign", "l"}, {"boss_sign", "b"}, {"pay", "a"}},
       "200",
       "no",
       "forbidden path boss_sign 1"},
      {{{"identify", "a"}, {"pay", "a"}, {"lead_sign", "l"}},
       "20",
       "no",
       "forbidden path route 1"},  // whatever else it did
  };
  for (const Sample& sample : samples) {
    CAPTURE(sample.amount);
    CAPTURE(sample.vip);
    CHECK(found_in(process, rows_of("c", sample.steps, sample.amount, sample.vip)) == sample.found);
  }
}

TEST_CASE("the value of a column is the last one up to a step, else the first one behind it") {
  const Process process = refunds();
  const auto rows = [](const char* early, const char* late) {
    return "c,identify,2026-03-02 09:00,a," + std::string(early) + ",no\n" +
           "c,pay,2026-03-02 10:00,a," + late + ",no\n";
  };
  CHECK(found_in(process, rows("20", "100")).empty());
  CHECK(found_in(process, rows("100", "20")) == "forbidden path pay 1");
  CHECK(found_in(process, rows("", "100")) == "forbidden path pay 1");
}

TEST_CASE("an approval above the limit of its role is over authority, unless a later one decides") {
  const Process process = refunds();
  const auto found = [&](const char* amount, bool boss) {
    std::string rows = rows_of("c", {{"identify", "a"}, {"lead_sign", "l"}}, amount);
    if (boss) rows += "c,boss_sign,2026-03-02 10:00,b," + std::string(amount) + ",no\n";
    return found_in(process, rows + "c,pay,2026-03-02 11:00,a," + amount + ",no\n");
  };
  CHECK(found("300", false).empty());
  CHECK(found("301", false) == "forbidden path pay 1, over authority lead_sign 1");
  CHECK(found("301", true).empty());
}

TEST_CASE("who approves what they did before breaks the rule of four eyes") {
  const Process process = refunds();
  struct Sample {
    std::initializer_list<std::pair<const char*, const char*>> steps;
    const char* found;
  };
  const Sample samples[] = {
      {{{"identify", "a"}, {"lead_sign", "l"}, {"pay", "a"}}, ""},
      {{{"identify", "l"}, {"lead_sign", "l"}, {"pay", "a"}}, "same person lead_sign 1"},
      {{{"intake", "l"}, {"identify", "a"}, {"lead_sign", "l"}, {"pay", "a"}}, ""},  // a customer
      {{{"identify", ""}, {"lead_sign", ""}, {"pay", ""}}, ""},                      // who knows
      {{{"identify", "a"}, {"lead_sign", "l"}, {"lead_sign", "l"}, {"pay", "a"}}, ""},
      {{{"lead_sign", "a"}, {"identify", "a"}, {"pay", "a"}}, "forbidden path pay 1"},  // not after
  };
  for (const Sample& sample : samples)
    CHECK(found_in(process, rows_of("c", sample.steps, "60")) == sample.found);
  CHECK(found_in(
            process,
            rows_of("c", {{"identify", "a"}, {"lead_sign", "x"}, {"boss_sign", "x"}, {"pay", "a"}},
                    "400")) == "same person boss_sign 1");
}

TEST_CASE("what the log lacks is said, and nothing is found there") {
  const Conformance conformance =
      conformance_of(refunds(),
                     "case,activity,timestamp\nc,identify,2026-03-02 09:00\n"
                     "c,lead_sign,2026-03-02 09:01\nc,pay,2026-03-02 09:02\n");
  CHECK(conformance.breaking_cases == 0);
  CHECK(conformance.not_judged ==
        std::vector<std::string>{
            "conditions on 'refund_amount', 'vip' are not judged: the log has no such column",
            "limits of authority are not judged where they are about 'refund_amount': the log has "
            "no such column",
            "who approves their own work is not judged: the log has no resources"});
}

TEST_CASE("the cases of a deviation are counted once, with their first ids and their durations") {
  std::string rows;
  for (const char* id : {"1", "2", "3", "4", "5", "6", "7"})
    rows += rows_of(id, {{"identify", "a"}, {"pay", "a"}}, id[0] == '3' ? "20" : "99");
  const Conformance conformance = conformance_of(refunds(), header + rows);
  REQUIRE(conformance.deviations.size() == 1);
  const Deviation& found = conformance.deviations.front();
  CHECK(found.cases == 6);
  CHECK(found.share == doctest::Approx(6.0 / 7));
  CHECK(found.extra_median_seconds == 0.0);
  CHECK(found.examples ==
        std::vector<CaseId>{CaseId(0), CaseId(1), CaseId(3), CaseId(4), CaseId(5)});
  CHECK(conformance.breaking_cases == 6);
  CHECK(conformance.fitting_cases == 7);
}

}  // namespace gemba
