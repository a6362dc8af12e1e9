#include "core/replay/groups/segments.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <random>

#include "core/base/error.h"
#include "core/replay/replay.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

Process process() {
  return test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "a"
[[step]]
id = "a"
next = "b"
[[step]]
id = "b"
sla = "90s"
next = "done"
[[step]]
id = "done"
kind = "end"
[[kpi]]
id = "long"
from = "a"
to = "b"
)");
}

EventLog log_of(const std::string& rows) {
  ReadOptions how;
  how.attributes = {"channel", "note"};
  return read_log_text("case,activity,timestamp,resource,channel,note\n" + rows, "log.csv", how);
}

Segments split(const EventLog& log, const std::string& column) {
  Profile profile = replay_log(process(), log, LifecycleMode::automatic,
                               {.conformance = ConformanceOptions{}, .threads = 2, .by = column});
  REQUIRE(profile.segments);
  return *profile.segments;
}

/// `name: cases instances; a 1, b 2` for each segment.
std::string figures(const Segments& segments) {
  std::string text;
  for (const GroupProfile& each : segments.split.groups) {
    text += fmt::format("{}{}: {} {}", text.empty() ? "" : " | ", each.name, each.cases,
                        each.instances);
    for (const GroupStep& step : each.steps)
      text += fmt::format(" {}={}", process()[step.step].id, step.figures.instances);
  }
  return text;
}

constexpr const char* rows =
    "1,a,2026-01-05 09:00:00,u,web,x\n"
    "1,b,2026-01-05 09:01:00,v,web,y\n"
    "2,a,2026-01-05 09:00:00,u,tel,x\n"
    "2,b,2026-01-05 09:02:00,u,tel,\n"
    "3,a,2026-01-05 09:00:00,v,web,y\n"
    "4,b,2026-01-05 09:00:00,,,\n";

}  // namespace

TEST_CASE("cases belong to the value of a column that is the same for all their events") {
  const Segments segments = split(log_of(rows), "channel");
  CHECK(segments.by_case);
  CHECK(segments.has_unnamed);
  CHECK(figures(segments) == "web: 2 3 a=2 b=1 | tel: 1 2 a=1 b=1 | : 1 1 b=1");
  const std::vector<GroupProfile>& groups = segments.split.groups;
  CHECK(groups[0].fitting_cases == 1);  // case 3 has no b
  CHECK(groups[1].fitting_cases == 1);
  CHECK(groups[2].fitting_cases == 0);
  CHECK(groups[0].kpis[0].n == 1);
  CHECK(groups[0].kpis[0].value == 60);
  CHECK(groups[1].kpis[0].value == 120);
  CHECK(groups[0].steps[1].figures.sla->met == 1);
  CHECK(groups[1].steps[1].figures.sla->breached == 1);
  CHECK(segments.split.group_of_case == std::vector<std::uint32_t>{0, 1, 0, 2});
}

TEST_CASE("instances belong to who did them, and wait since the step before, whoever did that") {
  const Segments segments = split(log_of(rows), "resource");
  CHECK_FALSE(segments.by_case);
  CHECK(figures(segments) == "u: 2 3 a=2 b=1 | v: 2 2 a=1 b=1 | : 1 1 b=1");
  CHECK(segments.split.groups[1].steps[1].figures.sojourn.median == 60);
  CHECK(segments.split.groups[0].kpis.empty());
}

TEST_CASE("a column that changes within cases splits instances; an empty cell keeps the value") {
  CHECK(figures(split(log_of(rows), "note")) == "x: 2 3 a=2 b=1 | y: 2 2 a=1 b=1 | : 1 1 b=1");
}

TEST_CASE("a column that the log does not have, or with too many values, is refused") {
  const auto message = [&](const EventLog& log, const std::string& column) {
    try {
      split(log, column);
    } catch (const UsageError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  const EventLog bare = read_log_text("case,activity\n1,a\n", "log.csv");
  CHECK(message(bare, "resource") ==
        "--by resource: the log has no resources; name their column with --resource");
  CHECK(message(bare, "channel") == "--by channel: the log has no values in that column");
  std::string many;
  for (int i = 0; i < 1001; ++i) many += fmt::format("{0},a,2026-01-05,u,c{0},\n", i);
  CHECK(message(log_of(many), "channel") ==
        "--by channel would split the log into 1001 groups; choose a column with at most 1000 "
        "values");
}

TEST_CASE("the segments of a random log add up to it") {
  std::mt19937 random(7);
  std::string many;
  for (int i = 0; i < 3000; ++i) {
    many +=
        fmt::format("{},{},2026-01-{:02} 0{}:00:00,r{},,\n", random() % 200,
                    random() % 2 == 0 ? "a" : "b", 1 + random() % 28, random() % 10, random() % 5);
  }
  const EventLog log = log_of(many);
  const Profile whole = replay_log(process(), log, LifecycleMode::automatic);
  std::map<std::uint32_t, std::int64_t> instances;
  std::map<std::uint32_t, double> sojourn;
  for (const GroupProfile& each : split(log, "resource").split.groups) {
    for (const GroupStep& step : each.steps) {
      instances[step.step.value] += step.figures.instances;
      sojourn[step.step.value] += step.figures.sojourn.sum;
    }
  }
  for (const auto& [step, count] : instances) {
    CHECK(whole.steps[step].instances == count);
    CHECK(whole.steps[step].sojourn.sum == doctest::Approx(sojourn[step]));
  }
  CHECK(instances.size() == 2);
}

}  // namespace gemba
