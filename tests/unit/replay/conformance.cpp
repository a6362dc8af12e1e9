#include "core/replay/conform/conformance.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include "tests/unit/audit/document.h"

namespace gemba {

using doctest::Approx;

namespace {

/// check, then pay or refuse; between check and pay two branches at the same time.
constexpr std::string_view text = R"([map]
[[step]]
id = "apply"
kind = "start"
next = "check"
[[step]]
id = "check"
next = [{ to = "both", when = "ok" }, { to = "refuse", when = "not ok" }]
[[step]]
id = "both"
kind = "fork"
next = ["inspect", "calculate"]
[[step]]
id = "inspect"
next = "ready"
[[step]]
id = "calculate"
next = "ready"
[[step]]
id = "ready"
kind = "join"
next = "pay"
[[step]]
id = "pay"
next = "done"
[[step]]
id = "refuse"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

/// One case for each text of activities, a letter each; an hour between two of them.
EventLog log_of(const std::vector<std::string>& cases) {
  const auto name = [](char letter) -> std::string {
    constexpr std::string_view names[] = {"check", "inspect", "calculate", "pay", "refuse"};
    const std::size_t at = std::string_view("cilpr").find(letter);
    return at == std::string_view::npos ? std::string(1, letter) : std::string(names[at]);
  };
  std::string csv = "case,activity,timestamp\n";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (std::size_t at = 0; at < cases[i].size(); ++at) {
      csv += std::to_string(i) + "," + name(cases[i][at]) + ",2026-01-01 0" + std::to_string(at) +
             ":00:00\n";
    }
  }
  return read_log_text(csv, "log.csv");
}

std::string deviations_of(const std::vector<std::string>& cases) {
  const auto found = check_conformance(test::read(text), log_of(cases), LifecycleMode::automatic);
  REQUIRE(found);
  std::string list;
  for (const Deviation& each : found->deviations) {
    list += (list.empty() ? "" : " ") + std::string(to_string(each.kind)) + ":" + each.activity +
            "x" + std::to_string(each.cases);
  }
  return list;
}

}  // namespace

TEST_CASE("deviations of single cases") {
  struct Row {
    const char* activities;
    const char* deviations;
  };
  const Row rows[] = {{"cilp", ""},
                      {"clip", ""},
                      {"cr", ""},
                      {"clp", "skipped:inspectx1"},
                      {"ciil"
                       "p",
                       "inserted:inspectx1"},
                      {"clpi", "swapped:inspectx1"},
                      {"cilxp", "unknown:xx1"},
                      {"cil", "unfinished:payx1"},
                      {"icr", "inserted:inspectx1"}};
  for (const Row& row : rows) {
    CAPTURE(row.activities);
    CHECK(deviations_of({row.activities}) == row.deviations);
  }
}

TEST_CASE("fitness is weighted by cases, and deviations tell what they cost") {
  const Process process = test::read(text);
  const auto found = check_conformance(process, log_of({"cilp", "cilp", "clp", "cr", "cilxp"}),
                                       LifecycleMode::automatic);
  REQUIRE(found);
  CHECK(found->shortest_run == 2);  // check, refuse
  CHECK(found->cases == 5);
  CHECK(found->fitting_cases == 3);
  CHECK(found->bounded_cases == 0);
  CHECK(found->log_fitness == Approx(1 - 2.0 / (6 + 6 + 5 + 4 + 7)));
  CHECK(found->mean_fitness == Approx((3 + (1 - 1.0 / 5) + (1 - 1.0 / 7)) / 5));
  REQUIRE(found->variants.size() == 4);
  CHECK(found->variants[0].cases == 2);
  CHECK(found->variants[0].cost == 0);
  REQUIRE(found->deviations.size() == 2);
  // Skipped: 2 hours against a median of 3; unknown: 4 hours against one of 2.5.
  CHECK(found->deviations[0].kind == DeviationKind::skipped);
  CHECK(*found->deviations[0].extra_median_seconds == Approx(-3600));
  CHECK(found->deviations[0].share == Approx(0.2));
  CHECK(found->deviations[1].kind == DeviationKind::unknown);
  CHECK(*found->deviations[1].extra_median_seconds == Approx(1.5 * 3600));
}

TEST_CASE("threads change nothing, and a process without end has no conformance") {
  const std::vector<std::string> cases = {"cilp", "clp",  "cr",  "cilxp", "ccc",  "pilc", "r",
                                          "cp",   "ciip", "clr", "xx",    "cpil", "irl",  "ppp",
                                          "cii",  "lc",   "rc",  "cccr",  "cxr",  "il"};
  const Process process = test::read(text);
  const EventLog log = log_of(cases);
  const auto one = check_conformance(process, log, LifecycleMode::automatic, {1});
  const auto three = check_conformance(process, log, LifecycleMode::automatic, {3});
  REQUIRE(one);
  REQUIRE(three);
  REQUIRE(one->variants.size() == three->variants.size());
  for (std::size_t i = 0; i < one->variants.size(); ++i) {
    CHECK(one->variants[i].activities == three->variants[i].activities);
    CHECK(one->variants[i].cost == three->variants[i].cost);
  }
  REQUIRE(one->deviations.size() == three->deviations.size());
  for (std::size_t i = 0; i < one->deviations.size(); ++i)
    CHECK(one->deviations[i].cases == three->deviations[i].cases);

  const Process endless = test::read(R"([map]
[[step]]
id = "a"
kind = "start"
next = "b"
[[step]]
id = "b"
next = "b"
)");
  CHECK_FALSE(check_conformance(endless, log, LifecycleMode::automatic));
}

}  // namespace gemba
