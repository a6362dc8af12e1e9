#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "core/eventlog/read_log.h"
#include "core/replay/replay.h"
#include "core/replay/sla_verdicts.h"
#include "core/time/time.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

Process desk() {
  return test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "ask"
[[step]]
id = "ask"
next = "answer"
[[step]]
id = "answer"
sla = "30m"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
}

/// A case for each number of minutes that an answer takes.
EventLog log_of(const std::vector<int>& minutes) {
  constexpr Micros monday = 20'458 * micros_per_day;
  std::string rows = "case,activity,timestamp\n";
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    const auto number = static_cast<Micros>(i);
    const Micros asked = monday + number * micros_per_minute;
    rows += fmt::format("{},ask,{}\n{},answer,{}\n", i, format_utc(asked), i,
                        format_utc(asked + minutes[i] * micros_per_minute));
  }
  return read_log_text(rows, "log.csv");
}

/// Cases of the breaches that are listed, with their minutes: `2:45 5:31`.
std::string breaches_of(const std::vector<int>& minutes, std::size_t most,
                        std::size_t threads = 1) {
  const Process process = desk();
  const Profile profile = replay_log(process, log_of(minutes), LifecycleMode::automatic,
                                     {.threads = threads, .most_breaches = most});
  const SlaAttainment& sla = *profile.steps[process.find_step("answer")->index()].sla;
  const auto late =
      std::count_if(minutes.begin(), minutes.end(), [](int each) { return each > 30; });
  CHECK(sla.breached == late);
  CHECK(sla.met == static_cast<std::int64_t>(minutes.size()) - late);
  std::string text;
  for (const SlaBreach& each : sla.breaches)
    text += fmt::format("{}{}:{}", text.empty() ? "" : " ", each.id.value, each.seconds / 60);
  return text;
}

}  // namespace

TEST_CASE("the longest breaches of an SLA are listed, in the order of the log") {
  const std::vector<int> minutes = {31, 10, 45, 90, 30, 31, 60, 45, 90};
  CHECK(breaches_of(minutes, SIZE_MAX) == "0:31 2:45 3:90 5:31 6:60 7:45 8:90");
  CHECK(breaches_of(minutes, 7) == "0:31 2:45 3:90 5:31 6:60 7:45 8:90");
  CHECK(breaches_of(minutes, 3) == "3:90 6:60 8:90");
  // Of equal ones the first.
  CHECK(breaches_of(minutes, 4) == "2:45 3:90 6:60 8:90");
  CHECK(breaches_of(minutes, 1) == "3:90");
}

TEST_CASE("which breaches are listed does not depend on the number of threads") {
  std::vector<int> minutes;
  std::mt19937 random(5);
  for (int i = 0; i < 60'000; ++i) minutes.push_back(static_cast<int>(random() % 300));
  const std::string alone = breaches_of(minutes, 40);
  CHECK(std::count(alone.begin(), alone.end(), ':') == 40);
  CHECK(alone.find(":299") != std::string::npos);
  for (const std::size_t threads : {2U, 5U}) CHECK(breaches_of(minutes, 40, threads) == alone);
}

TEST_CASE("an SLA is kept when the share of times within it is high enough") {
  const Process process = desk();
  const StepId answer = *process.find_step("answer");
  Profile profile = test::empty_profile(process);
  const auto verdict = [&](double target) {
    const std::vector<SlaVerdict> all = judge_slas(process, profile, target);
    REQUIRE(all.size() == 1);
    CHECK(all[0].step == answer);
    return all[0];
  };
  CHECK_FALSE(verdict(0).attainment);
  profile.steps[answer.index()].sla = SlaAttainment{1800, false, 0, 0};
  CHECK_FALSE(verdict(0).attainment);
  CHECK_FALSE(verdict(0).met);
  profile.steps[answer.index()].sla = SlaAttainment{1800, false, 3, 1};
  CHECK(verdict(0.75).attainment == 0.75);
  CHECK(verdict(0.75).met);
  CHECK_FALSE(verdict(0.76).met);
}

}  // namespace gemba
