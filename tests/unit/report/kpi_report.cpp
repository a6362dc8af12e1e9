#include "core/report/building/kpi_report.h"

#include <doctest/doctest.h>

#include "core/report/writers/writer.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

constexpr const char* document = R"([map]
[[step]]
id   = "receive"
name = "接待"
kind = "start"
next = "pay"
[[step]]
id   = "pay"
name = "退款"
sla  = "1h"
next = "done"
[[step]]
id   = "done"
kind = "end"
[[kpi]]
id     = "amount"
name   = "金额"
mean   = "金额"
target = "<= 10000"
[[kpi]]
id     = "paid"
share  = { with = ["pay"] }
[[kpi]]
id     = "time"
to     = "pay"
target = "<= 1h"
)";

std::vector<KpiResult> three_results() {
  std::vector<KpiResult> results(3);
  results[0].value = 12345.6;
  results[0].n = 4;
  results[0].met = false;
  results[0].excluded = {{"there is no number in '金额'", 6}};
  results[1].unit = KpiUnit::fraction;
  results[1].value = 0.75;
  results[1].numerator = 6;
  results[1].n = 8;
  results[2].unit = KpiUnit::seconds;
  results[2].problem = "the log has no times";
  return results;
}

std::string check_text(const Check& check) {
  constexpr const char* words[] = {"passed", "failed", "skipped"};
  return check.name + " | " + words[static_cast<std::size_t>(check.outcome)] + " | " +
         check.message;
}

}  // namespace

TEST_CASE("KPIs stand in a report with verdict, figures and what was left out") {
  const Process process = test::read(document);
  Report report;
  add_kpis(process, three_results(), report);
  add_kpi_notes(process, three_results(), report);
  CHECK(report.notes ==
        std::vector<std::string>{"KPI 'amount' leaves out 6 cases: there is no number in '金额'"});
  CHECK(find_writer("text")->write(report, {}) ==
        "KPIs: 0 targets met, 1 missed, 1 without a figure\n"
        "\n"
        "KPIs\n"
        "kpi     name  value  counted in    target    verdict  n  remark\n"
        "amount  金额  12346  numbers       <= 10000  missed   4  n = 4: too few to trust\n"
        "paid    paid  75.0%  cases         –         –        8\n"
        "time    time      –  elapsed time  <= 1h     –        0  the log has no times\n"
        "\n"
        "Cases behind the KPIs\n"
        "kpi     measure                    numerator  denominator  left out  from  to\n"
        "amount  mean of '金额'                     –            –         6  –     –\n"
        "paid    share of cases with 'pay'          6            8         0  –     –\n"
        "time    mean to 'pay'                      –            –         0  –     –\n"
        "\n"
        "note: KPI 'amount' leaves out 6 cases: there is no number in '金额'\n");
}

TEST_CASE("a report without KPIs says nothing of them") {
  Report report;
  add_kpis(test::read("[map]\n"), {}, report);
  CHECK(report.lead.empty());
  CHECK(report.tables.empty());
}

TEST_CASE("KPIs with targets are checks") {
  const std::vector<Check> checks = kpi_checks(test::read(document), three_results());
  REQUIRE(checks.size() == 2);
  CHECK(check_text(checks[0]) ==
        "KPI amount: 金额 | failed | mean of '金额' is 12346, the target is <= 10000; "
        "n = 4: too few to trust, 6 cases left out");
  CHECK(check_text(checks[1]) == "KPI time: time | skipped | the log has no times");
}

TEST_CASE("steps with an SLA are checks of a share of their times") {
  const Process process = test::read(document);
  Profile profile = test::empty_profile(process);
  const std::size_t pay = process.find_step("pay")->index();
  struct Row {
    std::int64_t met, breached;
    const char* text;
  };
  for (const Row& row :
       {Row{19, 1, "passed | 19 of 20 times within 1h: 95.0%, the target is 95.0%"},
        Row{18, 2, "failed | 18 of 20 times within 1h: 90.0%, the target is 95.0%"},
        Row{2, 1,
            "failed | 2 of 3 times within 1h: 66.7%, the target is 95.0%; "
            "n = 3: too few to trust"},
        Row{0, 0, "skipped | the log has no time of this step"}}) {
    profile.steps[pay].sla = SlaAttainment{3600, false, row.met, row.breached};
    const std::vector<Check> checks =
        sla_checks(process, profile, judge_slas(process, profile, 0.95), 0.95);
    REQUIRE(checks.size() == 1);
    CHECK(check_text(checks[0]) == std::string("SLA pay: 退款 | ") + row.text);
  }
  profile.steps[pay].sla.reset();
  const std::vector<SlaVerdict> verdicts = judge_slas(process, profile, 0.95);
  const std::vector<Check> checks = sla_checks(process, profile, verdicts, 0.95);
  CHECK(checks.at(0).outcome == Check::Outcome::skipped);
  CHECK(sla_summary(verdicts, 0.95) == "SLA: 0 of 0 steps met in at least 95.0% of the times");
}

}  // namespace gemba
