#include "core/replay/groups/periods.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>

#include "core/base/error.h"
#include "core/replay/replay.h"
#include "core/time/time.h"
#include "tests/unit/audit/document.h"

using namespace gemba;
namespace {

constexpr const char* desk = R"([map]
[[step]]
id   = "begin"
kind = "start"
next = "check"
[[step]]
id   = "check"
next = "approve"
[[step]]
id   = "approve"
sla  = "2h"
next = "pay"
[[step]]
id   = "pay"
next = "done"
[[step]]
id   = "done"
kind = "end"
[[kpi]]
id   = "time"
to   = "pay"
stat = "median"
target = "<= 3h"
[[kpi]]
id    = "approved"
share = { with = ["approve"] }
)";

EventLog read_csv(const std::string& csv, const char* zone = "Asia/Shanghai") {
  ReadOptions how;
  how.log.timezone = zone;
  return read_log_text(csv, "log.csv", how);
}

PeriodSeries series_of(const Process& process, const EventLog& log, PeriodUnit unit) {
  const Profile profile = replay_log(process, log, LifecycleMode::automatic, {.over = unit});
  REQUIRE(profile.over);
  return *profile.over;
}

/// `2026-W10: 1 arrived, 0 ended, check 1`, in lines.
std::string shown(const Process& process, const PeriodSeries& series) {
  std::string text;
  for (const GroupProfile& each : series.split.groups) {
    text += fmt::format("{}: {} arrived, {} ended", each.name, each.cases, each.ended);
    for (const auto& [step, figures] : each.steps) {
      text += fmt::format(", {} {}", process[step].id, figures.instances);
      if (figures.sojourn.count > 0) text += fmt::format(" in {}s", figures.sojourn.median);
      if (figures.sla) text += fmt::format(" {}/{}", figures.sla->met, figures.sla->breached);
    }
    text += "\n";
  }
  return text;
}

/// A case of a random log: when its steps begin and end; steps that it skips have no times.
struct RandomCase {
  std::array<std::pair<Micros, Micros>, 3> times;
  std::array<bool, 3> done = {true, true, true};
};

constexpr std::array<const char*, 3> ids = {"check", "approve", "pay"};

std::vector<RandomCase> random_cases(std::size_t count) {
  std::mt19937_64 random(5);
  std::vector<RandomCase> cases(count);
  const auto up_to = [&](std::int64_t most) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most)) *
           micros_per_second;
  };
  for (RandomCase& each : cases) {
    // Two months from 2026-11-20 on: the year changes in it.
    Micros at = 1'795'132'800 * micros_per_second + up_to(60 * 86'400);
    each.done[1] = random() % 3 != 0;
    for (std::size_t step = 0; step < 3; ++step) {
      at += 1 + up_to(40'000);
      each.times[step].first = at;
      at += micros_per_second + up_to(5'000);
      each.times[step].second = at;
    }
  }
  return cases;
}

std::string csv_of(const std::vector<RandomCase>& cases) {
  std::string csv = "case,activity,start,end\n";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (std::size_t step = 0; step < 3; ++step) {
      const auto& [begin, end] = cases[i].times[step];
      if (cases[i].done[step])
        csv += fmt::format("{},{},{},{}\n", i, ids[step], format_utc(begin), format_utc(end));
    }
  }
  return csv;
}

/// The ISO week of a moment in Shanghai, counted from the one of 1970-01-01.
std::int64_t week_of(Micros moment) {
  return (moment + 8 * 3'600 * micros_per_second + 3 * micros_per_day) / (7 * micros_per_day);
}

/// What a step of the cases took, of those that ended it in a week.
std::array<std::vector<Micros>, 3> slow_times(const std::vector<RandomCase>& cases,
                                              std::size_t step, std::int64_t week) {
  std::array<std::vector<Micros>, 3> times;
  for (const RandomCase& each : cases) {
    const auto& [begin, end] = each.times[step];
    if (!each.done[step] || week_of(end) != week) continue;
    times[0].push_back(end - begin);
    if (step == 0) continue;
    const Micros enabled = each.times[each.done[step - 1] ? step - 1 : step - 2].second;
    times[1].push_back(begin - enabled);
    times[2].push_back(end - enabled);
  }
  return times;
}

bool same(const Summary& a, const Summary& b) {
  return a.count == b.count && a.sum == b.sum && a.median == b.median && a.p90 == b.p90 &&
         a.mean == b.mean && a.stdev == b.stdev;
}

}  // namespace

TEST_CASE("cases count where they begin, instances where they end") {
  const Process process = test::read(desk);
  const EventLog log = read_csv(
      "case,activity,start,end\n"
      // Sunday 23:30 to Monday 1:30, over the border of two weeks and two years.
      "1,check,2027-01-03 23:30,2027-01-03 23:40\n"
      "1,approve,2027-01-03 23:50,2027-01-04 00:10\n"
      "1,pay,2027-01-04 01:00,2027-01-04 01:30\n"
      // Nothing happens for two weeks; 3 hours are too many.
      "2,check,2027-01-25 09:00,2027-01-25 09:10\n"
      "2,approve,2027-01-25 12:00,2027-01-25 12:10\n");
  CHECK(shown(process, series_of(process, log, PeriodUnit::week)) ==
        "2026-W53: 1 arrived, 0 ended, check 1\n"
        "2027-W01: 0 arrived, 1 ended, approve 1 in 1800s 1/0, pay 1 in 4800s\n"
        "2027-W02: 0 arrived, 0 ended\n"
        "2027-W03: 0 arrived, 0 ended\n"
        "2027-W04: 1 arrived, 1 ended, check 1, approve 1 in 10800s 0/1\n");
  CHECK(shown(process, series_of(process, log, PeriodUnit::month)) ==
        "2027-01: 2 arrived, 2 ended, check 2, approve 2 in 6300s 1/1, pay 1 in 4800s\n");
  // Sunday in UTC.
  CHECK(shown(process, series_of(process,
                                 read_csv("case,activity,time\n"
                                          "1,check,2027-01-03T17:00:00Z\n",
                                          "UTC"),
                                 PeriodUnit::day)) == "2027-01-03: 1 arrived, 1 ended, check 1\n");
}

TEST_CASE(
    "an open instance counts where it starts, and a case is counted once per step and period") {
  const Process process = test::read(desk);
  const EventLog log = read_csv(
      "case,activity,time,lifecycle\n"
      "1,check,2026-03-02 09:00,start\n"
      "1,check,2026-03-02 09:10,complete\n"
      "1,check,2026-03-02 10:00,start\n"
      "1,check,2026-03-02 10:10,complete\n"
      "1,pay,2026-03-03 09:00,start\n");
  const PeriodSeries series = series_of(process, log, PeriodUnit::day);
  CHECK(shown(process, series) ==
        "2026-03-02: 1 arrived, 0 ended, check 2 in 3600s\n"
        "2026-03-03: 0 arrived, 1 ended, pay 1\n");
  CHECK(series.split.groups[0].steps[0].figures.cases == 1);
  CHECK(series.split.groups[1].steps[0].figures.waiting.median == 82'200);
}

TEST_CASE("a log that spans too many periods is refused, with what to do") {
  const Process process = test::read(desk);
  const EventLog log =
      read_csv("case,activity,time\n1,check,1970-01-01 00:00\n2,check,2026-03-02 09:00\n");
  CHECK_THROWS_WITH_AS(
      replay_log(process, log, LifecycleMode::automatic, {.over = PeriodUnit::hour}),
      "--over hour would list more than 10000 periods, as the log goes from 1970-01-01 to "
      "2026-03-02; take --over day, or look with gemba stats whether these times are right and "
      "leave out with --where what is not",
      UsageError);
  CHECK(series_of(process, log, PeriodUnit::month).periods.size() == 675);
}

TEST_CASE("random periods are those of a slow computation, and add up") {
  const Process process = test::read(desk);
  const std::vector<RandomCase> cases = random_cases(700);
  const EventLog log = read_csv(csv_of(cases));
  const Profile profile =
      replay_log(process, log, LifecycleMode::automatic, {.over = PeriodUnit::week});
  const PeriodSeries& series = *profile.over;
  const std::int64_t first = week_of(series.periods.front().begin);
  REQUIRE(series.periods.size() >= 9);
  std::int64_t arrived = 0, ended = 0, instances = 0;
  std::array<SlaAttainment, 3> sla;
  for (std::size_t i = 0; i < series.periods.size(); ++i) {
    const GroupProfile& each = series.split.groups[i];
    CAPTURE(each.name);
    const std::int64_t week = first + static_cast<std::int64_t>(i);
    std::vector<Micros> durations;
    std::int64_t last = 0;
    for (const RandomCase& one : cases) {
      if (week_of(one.times[0].first) == week)
        durations.push_back(one.times[2].second - one.times[0].first);
      last += week_of(one.times[2].second) == week ? 1 : 0;
    }
    CHECK(same(each.case_duration, summarise(durations)));
    CHECK(each.cases == static_cast<std::int64_t>(durations.size()));
    CHECK(each.ended == last);
    for (const auto& [step, figures] : each.steps) {
      const auto at = static_cast<std::size_t>(std::find(ids.begin(), ids.end(), process[step].id) -
                                               ids.begin());
      REQUIRE(at < 3);
      const auto times = slow_times(cases, at, week);
      CHECK(same(figures.service, summarise(times[0])));
      CHECK(same(figures.waiting, summarise(times[1])));
      CHECK(same(figures.sojourn, summarise(times[2])));
      CHECK(figures.cases == static_cast<std::int64_t>(times[0].size()));
      instances += figures.instances;
      if (figures.sla) sla[at].met += figures.sla->met;
      if (figures.sla) sla[at].breached += figures.sla->breached;
    }
    arrived += each.cases;
    ended += each.ended;
  }
  CHECK(arrived == 700);
  CHECK(ended == 700);
  CHECK(instances == profile.instances);
  const StepProfile& approve = profile.steps[process.find_step("approve")->index()];
  REQUIRE(approve.sla);
  CHECK(sla[1].met == approve.sla->met);
  CHECK(sla[1].breached == approve.sla->breached);
  CHECK(approve.sla->met > 20);
  CHECK(approve.sla->breached > 20);
}

TEST_CASE("the KPIs of a period are those of a log of its cases alone") {
  const Process process = test::read(desk);
  const std::vector<RandomCase> cases = random_cases(200);
  const EventLog log = read_csv(csv_of(cases));
  const PeriodSeries series = series_of(process, log, PeriodUnit::week);
  const auto kpis = measure_kpis(process, log, LifecycleMode::automatic,
                                 {series.split.group_of_case, series.periods.size()});
  REQUIRE(kpis.size() == series.periods.size());
  std::int64_t n = 0;
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    std::vector<RandomCase> own;
    const Period& period = series.periods[i];
    for (const RandomCase& each : cases) {
      const Micros arrival = each.times[0].first;
      if (arrival >= period.begin && arrival < period.end) own.push_back(each);
    }
    CAPTURE(period.name);
    n += kpis[i][0].n;
    CHECK(kpis[i][0].n == static_cast<std::int64_t>(own.size()));
    if (own.empty()) {
      CHECK_FALSE(kpis[i][0].value);
      CHECK(kpis[i][1].numerator == 0);
      continue;
    }
    const auto alone = replay_log(process, read_csv(csv_of(own)), LifecycleMode::automatic).kpis;
    for (std::size_t kpi = 0; kpi < 2; ++kpi) {
      CHECK(kpis[i][kpi].value == alone[kpi].value);
      CHECK(kpis[i][kpi].n == alone[kpi].n);
      CHECK(kpis[i][kpi].numerator == alone[kpi].numerator);
      CHECK(kpis[i][kpi].met == alone[kpi].met);
      CHECK(kpis[i][kpi].first == alone[kpi].first);
    }
  }
  CHECK(n == 200);
}
