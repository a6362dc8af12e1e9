#include "core/audit/audit.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/audit/document.h"

namespace gemba {

using doctest::Approx;

namespace {

const std::filesystem::path handbook = std::filesystem::path(GEMBA_ROOT) / "sops";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

Process read_sop(const std::string& name) {
  Sources sources;
  Diagnostics found;
  const Config config =
      read_config(sources, sources.add("gemba.toml", text_of(handbook / "gemba.toml")), found);
  found.clear();
  auto process = read_process(sources, sources.add(name, text_of(handbook / name)), config, found);
  CHECK(found.empty());
  REQUIRE(process);
  return std::move(*process);
}

/// Two approvals in a row that every case must pass, and an entry made twice.
constexpr std::string_view wasteful = R"([map]
id = "refund"
volume = "100 / week"
[roles.agent]
cost_per_hour = 36.0
[roles.lead]
reports_to = "manager"
[roles.manager]
[systems.oms]
[data.order_no]
from = "x"
[data.record]
[[step]]
id = "apply"
kind = "start"
next = "register"
[[step]]
id = "register"
role = "agent"
system = "oms"
needs = ["order_no"]
makes = ["record"]
time = "10m"
next = "lead_ok"
[[step]]
id = "lead_ok"
kind = "approval"
role = "lead"
approves = "refund"
time = "6m"
next = [{ to = "manager_ok", when = "approved", share = 0.99 }, { to = "done", when = "rejected", share = 0.01 }]
[[step]]
id = "manager_ok"
kind = "approval"
role = "manager"
approves = "refund"
time = "6m"
next = [{ to = "again", when = "approved", share = 0.98 }, { to = "done", when = "rejected", share = 0.02 }]
[[step]]
id = "again"
role = "agent"
system = "oms"
needs = ["order_no"]
makes = ["record"]
time = "10m"
next = "pay"
[[step]]
id = "pay"
name = "compensate"
role = "agent"
needs = ["record"]
value = "customer"
time = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

}  // namespace

TEST_CASE("savings are those of the changed process, and totals count a step once") {
  const Process process = test::read(wasteful);
  const Audit result = audit_process(process, nullptr, Config());
  const auto& findings = result.findings;
  REQUIRE(findings.size() == 3);
  // Minutes per case: 10 + 6 + 0.99 · 6 + 0.99 · 0.98 · (10 + 10).
  const double before = 10 + 6 + 0.99 * 6 + 0.9702 * 20;
  CHECK(result.before.work_seconds == Approx(before * 60));

  CHECK(findings[0].about->code == "A201");
  CHECK(findings[0].saves.hours_per_100_cases == Approx(0.9702 * 10 / 60 * 100));
  CHECK(*findings[0].saves.hours_per_month == Approx(0.9702 * 10 / 60 * 100 * 365.25 / 12 / 7));
  CHECK(*findings[0].saves.cost_per_month == Approx(0.9702 * 10 / 60 * 36 * 100 * 365.25 / 12 / 7));
  CHECK(findings[0].saves.cycle_seconds == Approx(0.9702 * 600));

  // The first refuses less for its time. Without it all cases come to the second: 10 + 6 + 0.98
  // · 20.
  const double without_lead = 10 + 6 + 0.98 * 20;
  CHECK(findings[1].about->code == "A103");
  CHECK(findings[1].steps ==
        std::vector{*process.find_step("lead_ok"), *process.find_step("manager_ok")});
  CHECK(findings[1].change.edit.removed == std::vector{*process.find_step("lead_ok")});
  CHECK(findings[1].saves.hours_per_100_cases == Approx((before - without_lead) / 60 * 100));
  CHECK(findings[2].about->code == "A107");

  CHECK(result.applied == std::vector<std::size_t>{0, 1});
  CHECK(result.after.work_seconds == Approx((10 + 6 + 0.98 * 10) * 60));
  CHECK(result.total.hours_per_100_cases == Approx((before - (10 + 6 + 0.98 * 10)) / 60 * 100));
}

TEST_CASE("without volume nothing is said per month; the gain per case ranks") {
  std::string text(wasteful);
  text.erase(text.find("volume"), text.find('\n', text.find("volume")) - text.find("volume"));
  const Audit result = audit_process(test::read(text), nullptr, Config());
  REQUIRE(result.findings.size() == 3);
  for (const Finding& finding : result.findings) {
    CHECK_FALSE(finding.saves.hours_per_month);
    CHECK_FALSE(finding.saves.cost_per_month);
  }
  CHECK(result.findings[0].about->code == "A201");
  CHECK_FALSE(result.total.hours_per_month);
}

TEST_CASE("shares of a log decide, unless it saw too few cases") {
  const Process process = test::read(wasteful);
  Profile profile = test::empty_profile(process);
  const StepId lead = *process.find_step("lead_ok");
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    if (process.flows[i].from != lead) continue;
    profile.flow_shares[i] = process[process.flows[i].to].id == "done" ? 0.2 : 0.8;
  }
  profile.cases = profile.steps[lead.index()].cases = 400;
  // What the log sees the first refuse is worth its time, of two that the document says are alike.
  const auto removed = [&](const Profile* seen) {
    const Audit audit = audit_process(process, seen, Config());
    const auto chain = std::find_if(audit.findings.begin(), audit.findings.end(),
                                    [](const Finding& each) { return each.about->code == "A103"; });
    REQUIRE(chain != audit.findings.end());
    return chain->change.edit.removed;
  };
  CHECK(removed(nullptr) == std::vector{lead});
  CHECK(removed(&profile) == std::vector{*process.find_step("manager_ok")});
}

TEST_CASE("a log that saw too few cases at an approval does not speak for it") {
  Process process = test::read(wasteful);
  Profile profile = test::empty_profile(process);
  const StepId lead = *process.find_step("lead_ok");
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    if (process.flows[i].from != lead) continue;
    profile.flow_shares[i] = process[process.flows[i].to].id == "done" ? 0.03 : 0.97;
  }
  process.steps[process.find_step("manager_ok")->index()].kind = StepKind::task;
  profile.cases = profile.steps[lead.index()].cases = 400;
  const Audit seen = audit_process(process, &profile, Config());
  CHECK(seen.log_cases == 400);
  const auto found = std::find_if(seen.findings.begin(), seen.findings.end(),
                                  [](const Finding& each) { return each.about->code == "A101"; });
  REQUIRE(found != seen.findings.end());
  CHECK(found->element == "lead_ok");
  CHECK(found->evidence[1].source == Basis::log);
  CHECK(found->evidence[1].text ==
        "it refuses 3 of 100 cases (400 cases in the log; 1.7 to 5.2 with 95% confidence)");
  profile.steps[lead.index()].cases = 19;
  CHECK(test::found_in(process, &profile).find("A101") == std::string::npos);
}

TEST_CASE("the configuration sets levels and parameters") {
  const Process process = test::read(wasteful);
  Config config;
  config.rules.push_back({.rule = "A101", .level = Level::off});
  config.rules.push_back({.rule = "duplicate-step", .level = Level::error});
  PathOverride old;
  old.paths = {"old/**"};
  old.rules.push_back({.rule = "A103", .level = Level::off});
  config.overrides.push_back(old);
  const Audit here = audit_process(process, nullptr, config, "new/refund.toml");
  REQUIRE(here.findings.size() == 3);
  CHECK(here.findings[0].level == Level::error);
  CHECK(audit_process(process, nullptr, config, "old/refund.toml").findings.size() == 2);
}

TEST_CASE("a process with errors in its flow is not audited") {
  Process process = test::read(wasteful);
  process.flow_complete = false;
  const Audit result = audit_process(process, nullptr, Config());
  CHECK(result.findings.empty());
  CHECK(result.notes.size() == 1);
}

TEST_CASE("unknown shares and times are noted") {
  const Audit result = audit_process(test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "choose"
[[step]]
id = "choose"
name = "怎么办?"
kind = "decision"
next = ["work", "done"]
[[step]]
id = "work"
name = "干活"
next = "done"
[[step]]
id = "done"
kind = "end"
)"),
                                     nullptr, Config());
  REQUIRE(result.notes.size() == 2);
  CHECK(result.notes[0] == "shares are not known at '怎么办?': taken as equal");
  CHECK(result.notes[1] == "nothing says how long '干活' takes: counted as 0");
}

TEST_CASE("the good procedures of the handbook are free of waste, alone and together") {
  const Config config;
  std::vector<AuditedProcess> read;
  for (const auto& entry : std::filesystem::directory_iterator(handbook)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".toml" || name == "gemba.toml") continue;
    Process process = read_sop(name);
    Audit result = audit_process(process, nullptr, config);
    read.push_back({std::move(process), std::move(result), &config, name});
  }
  CHECK(read.size() >= 12);
  audit_together(read);
  for (const AuditedProcess& each : read) {
    for (const Finding& finding : each.audit.findings) {
      FAIL_CHECK(each.path, ": ", finding.about->code, " ", finding.title);
    }
  }
}

TEST_CASE("the map of the refund as it is shows its waste") {
  const Process process = read_sop("as-is/refund-as-is.toml");
  CHECK(test::found_in(process) ==
        "A202:finance_check A103:lead_approve A504:finance_check "
        "A101:accept_confirm A503:pay A204:finance_check A401:complete A201:register_again "
        "A503:check_order A503:calculate A503:register A203:fill_sheet A203:archive A303: A302: "
        "A307:receive A501: A102:lead_approve A304:supervisor_approve A206:listen_again");
}

}  // namespace gemba
