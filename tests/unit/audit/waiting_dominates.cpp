#include "core/audit/audit.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

constexpr std::string_view queue = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "approve"
[[step]]
id = "approve"
time = "5m"
wait = "3h"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

/// The finding A501 of an audit, which may have others.
Finding waiting_of(const Audit& result) {
  for (const Finding& finding : result.findings) {
    if (finding.about->code == "A501") return finding;
  }
  FAIL("nothing is said of waiting");
  return {};
}

/// The finding A501 of a log in which the step waits, with these causes.
Finding finding_of(const Process& process, const WaitingCauses& causes) {
  Profile profile = test::empty_profile(process);
  const std::size_t approve = process.find_step("approve")->index();
  profile.interval = true;
  profile.cases = 10;
  profile.steps[approve].instances = 10;
  profile.steps[approve].service = test::constant(300, 10);
  profile.steps[approve].waiting = test::constant(7200, 10);
  profile.waiting_causes.resize(process.steps.size());
  profile.waiting_causes[approve] = causes;
  return waiting_of(audit_process(process, &profile, Config()));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the change fits the largest cause of waiting, and small causes are not told") {
  struct Row {
    WaitingCauses causes;
    const char* evidence;
    const char* change;
  };
  const Row rows[] = {
      {{10, 10, 60, 0, 0, 36, 4},
       "of it 60% for a batch to fill (batching), 36% outside working hours; without",
       "smaller batches"},
      {{10, 10, 0, 80, 20, 0, 0},
       "of it 80% behind earlier cases (contention), 20% behind later cases (prioritisation); "
       "without",
       "more capacity"},
      {{10, 10, 0, 4, 96, 0, 0},
       "of it 96% behind later cases (prioritisation); without",
       "a rule for the order"},
      {{10, 10, 0, 5, 0, 95, 0},
       "of it 95% outside working hours, 5% behind earlier cases (contention); without",
       "stand-in"},
      {{10, 10, 1, 1, 1, 1, 96},
       "of it 96% without a cause in the log; without",
       "Ask the people who do it"},
      {{10, 10, 0, 0, 0, 0, 0}, "of all waiting; without", "find out whether cases wait"},
  };
  const Process process = test::read(queue);
  for (const Row& row : rows) {
    CAPTURE(row.evidence);
    const Finding finding = finding_of(process, row.causes);
    REQUIRE(finding.evidence.size() == 1);
    CAPTURE(finding.evidence[0].text);
    CHECK(has(finding.evidence[0].text, row.evidence));
    CHECK(finding.evidence[0].source == Basis::log);
    CHECK(has(finding.change.summary, row.change));
  }
}

TEST_CASE("a log with one time per event does not say what cases wait for, and that is said") {
  const Process process = test::read(queue);
  Profile profile = test::empty_profile(process);
  const std::size_t approve = process.find_step("approve")->index();
  profile.cases = 10;
  profile.steps[approve].sojourn = test::constant(7200, 10);
  const Finding finding = waiting_of(audit_process(process, &profile, Config()));
  const std::vector<Evidence>& evidence = finding.evidence;
  REQUIRE(evidence.size() == 2);
  CHECK(evidence[1].text ==
        "the log has one time per event: only the time from enabled to ended is known, not what "
        "cases wait for");
  CHECK(evidence[1].source == Basis::log);
  CHECK(has(finding.change.summary, "find out whether cases wait"));
  // Without a log nothing is said of one.
  CHECK(waiting_of(audit_process(process, nullptr, Config())).evidence.size() == 1);
}

}  // namespace gemba
