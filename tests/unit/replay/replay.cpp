#include "core/replay/replay.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/replay/times/working_time.h"
#include "core/toml/read.h"

using namespace gemba;
namespace {

Process process_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const SourceId source = sources.add("p.toml", text);
  auto process = read_process(sources, source, {}, found);
  REQUIRE(process);
  REQUIRE(found.empty());
  return *process;
}

Profile replay_text(const Process& process, const std::string& csv) {
  return replay_log(process, read_log_text(csv, "log.csv"), LifecycleMode::automatic);
}

const StepProfile& step(const Process& process, const Profile& profile, const char* id) {
  return profile.steps[process.find_step(id)->index()];
}

constexpr const char* parallel = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "take"
[[step]]
id = "take"
name = "接单"
next = "split"
[[step]]
id = "split"
kind = "fork"
next = ["pick", "bill"]
[[step]]
id = "pick"
sla = "30m"
next = "meet"
[[step]]
id = "bill"
next = "meet"
[[step]]
id = "meet"
kind = "join"
next = "ship"
[[step]]
id = "ship"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

}  // namespace

TEST_CASE("a step is enabled by the model, not by whatever came before it") {
  const Process process = process_of(parallel);
  // bill ends after pick has begun; ship waits for both.
  const Profile profile = replay_text(process,
                                      "case,activity,start,end\n"
                                      "1,接单,2026-01-05 09:00,2026-01-05 09:10\n"
                                      "1,pick,2026-01-05 09:20,2026-01-05 09:30\n"
                                      "1,bill,2026-01-05 09:15,2026-01-05 09:50\n"
                                      "1,ship,2026-01-05 10:00,2026-01-05 10:20\n");
  CHECK(profile.interval);
  CHECK(step(process, profile, "take").service.mean == 600);
  CHECK(step(process, profile, "take").sojourn.count == 0);
  CHECK(step(process, profile, "pick").waiting.mean == 600);
  CHECK(step(process, profile, "bill").waiting.mean == 300);
  CHECK(step(process, profile, "bill").sojourn.mean == 2400);
  CHECK(step(process, profile, "ship").waiting.mean == 600);
  CHECK(profile.case_duration.mean == 4800);
  REQUIRE(step(process, profile, "pick").sla);
  CHECK(step(process, profile, "pick").sla->met == 1);
  CHECK(profile.never_seen.empty());
}

TEST_CASE("a predecessor that never ended does not hide one that did") {
  const Process process = process_of(parallel);
  const Profile profile = replay_text(process,
                                      "case,activity,time,lifecycle\n"
                                      "1,take,2026-01-05 09:00,start\n"
                                      "1,take,2026-01-05 09:10,complete\n"
                                      "1,pick,2026-01-05 09:20,start\n"
                                      "1,pick,2026-01-05 09:30,complete\n"
                                      "1,bill,2026-01-05 09:40,start\n"
                                      "1,ship,2026-01-05 10:00,start\n"
                                      "1,ship,2026-01-05 10:20,complete\n");
  CHECK(step(process, profile, "bill").waiting.mean == 1800);
  CHECK(step(process, profile, "ship").waiting.mean == 1800);
  CHECK(step(process, profile, "ship").sojourn.mean == 3000);
}

TEST_CASE("with one timestamp per event only the sojourn time is known") {
  const Process process = process_of(parallel);
  const Profile profile = replay_text(process,
                                      "case,activity,time\n"
                                      "1,take,2026-01-05 09:00\n"
                                      "1,pick,2026-01-05 10:00\n"
                                      "1,bill,2026-01-05 11:00\n");
  CHECK_FALSE(profile.interval);
  CHECK(step(process, profile, "pick").service.count == 0);
  CHECK(step(process, profile, "pick").waiting.count == 0);
  CHECK(step(process, profile, "pick").sojourn.mean == 3600);
  CHECK(step(process, profile, "bill").sojourn.mean == 7200);
  CHECK(step(process, profile, "pick").sla->breached == 1);
  REQUIRE(profile.never_seen.size() == 1);
  CHECK(process[profile.never_seen[0]].id == "ship");
}

TEST_CASE("activities belong to steps by log name, id and name; the rest is unknown") {
  const Process process = process_of(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "a"
[[step]]
id = "a"
name = "核对订单"
log = ["Check order"]
next = "b"
[[step]]
id = "b"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  const Profile profile = replay_text(process,
                                      "case,activity,time\n"
                                      "1,Check order,2026-01-05 09:00\n"
                                      "1,退款,2026-01-05 10:00\n"
                                      "2,核对订单,2026-01-05 09:00\n"
                                      "2,核对定单,2026-01-05 09:30\n"
                                      "2,b,2026-01-05 10:00\n");
  CHECK(step(process, profile, "a").instances == 2);
  CHECK(step(process, profile, "b").cases == 2);
  REQUIRE(profile.unknown.size() == 1);
  CHECK(profile.unknown[0].name == "核对定单");
  CHECK(profile.unknown[0].nearest == "核对订单");
  // 核对定单 stands between: only case 1 has the edge.
  REQUIRE(profile.edges.size() == 1);
  CHECK(profile.edges[0].count == 1);
  CHECK(profile.edges[0].seconds.mean == 3600);
}

TEST_CASE("shares of flows follow what enabled what, through decisions that nobody records") {
  const Process process = process_of(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
next = "good"
[[step]]
id = "good"
kind = "decision"
next = [ { to = "pay", when = "ok" }, { to = "ask", when = "not ok" }, { to = "done", when = "gone" } ]
[[step]]
id = "ask"
next = "check"
[[step]]
id = "pay"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  const Profile profile = replay_text(process,
                                      "case,activity,time\n"
                                      "1,check,2026-01-05 09:00\n1,pay,2026-01-05 09:10\n"
                                      "2,check,2026-01-05 09:00\n2,ask,2026-01-05 09:10\n"
                                      "2,check,2026-01-05 09:20\n2,pay,2026-01-05 09:30\n"
                                      "3,check,2026-01-05 09:00\n");
  const auto share = [&](const char* from, const char* to) {
    for (std::size_t i = 0; i < process.flows.size(); ++i) {
      const Flow& flow = process.flows[i];
      if (process[flow.from].id == from && process[flow.to].id == to) return profile.flow_shares[i];
    }
    return -2.0;
  };
  CHECK(share("good", "pay") == 0.5);
  CHECK(share("good", "ask") == 0.25);
  CHECK(share("good", "done") == 0.25);
  CHECK(share("ask", "check") == 1);
  CHECK(share("begin", "check") == -1);
  CHECK(step(process, profile, "check").cases == 3);
  CHECK(step(process, profile, "check").instances == 4);
}

TEST_CASE("an activity that two steps claim counts for the first, and that is said") {
  const Process process = process_of(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "a"
[[step]]
id = "a"
log = ["X"]
next = "b"
[[step]]
id = "b"
log = ["X"]
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  const Profile profile = replay_text(process, "case,activity,time\n1,X,2026-01-05 09:00\n");
  REQUIRE(profile.shared.size() == 1);
  CHECK(process[profile.shared[0].counted_for].id == "a");
  CHECK(process[profile.shared[0].also].id == "b");
  CHECK(step(process, profile, "b").instances == 0);
}

namespace {

Calendar office() {
  Calendar calendar;
  calendar.timezone = "Asia/Shanghai";
  for (int day = 0; day < 5; ++day) calendar.hours[day] = {{9 * 60, 12 * 60}, {13 * 60, 18 * 60}};
  calendar.off = {{2026, 10, 1}};
  calendar.work = {{2026, 10, 10}};
  return calendar;
}

Micros at(const char* local, const char* zone = "Asia/Shanghai") {
  return TimestampReader(TimeZone(zone)).read(local)->utc;
}

}  // namespace

TEST_CASE("working time counts opening hours only") {
  struct Row {
    const char* begin;
    const char* end;
    double hours;
    double days;
  };
  const Calendar calendar = office();
  WorkingClock clock(calendar);
  const Row rows[] = {
      {"2026-01-05 09:00", "2026-01-05 18:00", 8, 1},      // a Monday
      {"2026-01-05 11:00", "2026-01-05 14:00", 2, 0.25},   // over lunch
      {"2026-01-09 17:30", "2026-01-12 09:30", 1, 0.125},  // over the weekend
      {"2026-01-10 09:00", "2026-01-11 18:00", 0, 0},      // a weekend
      {"2026-09-30 17:00", "2026-10-02 10:00", 2, 0.25},   // over a public holiday
      {"2026-10-10 00:00", "2026-10-11 00:00", 8, 1},      // a make-up Saturday
      {"2026-01-05 03:00", "2026-01-05 08:59", 0, 0},      // at night
      {"2026-01-05 18:00", "2026-01-05 09:00", 0, 0},      // backwards
  };
  for (const Row& row : rows) {
    INFO(row.begin, " to ", row.end);
    const WorkingSpan span = clock.between(at(row.begin), at(row.end));
    CHECK(static_cast<double>(span.micros) / 3.6e9 == doctest::Approx(row.hours));
    CHECK(span.days == doctest::Approx(row.days));
  }
}

TEST_CASE("working time of a long span is the sum of its days, in any order of asking") {
  const Calendar calendar = office();
  WorkingClock clock(calendar);
  const Micros begin = at("2026-03-04 10:10");
  const Micros end = at("2027-02-03 16:20");
  WorkingSpan sum;
  for (Micros from = begin; from < end; from += micros_per_day) {
    WorkingClock fresh(calendar);
    const WorkingSpan day = fresh.between(from, std::min(end, from + micros_per_day));
    sum.micros += day.micros;
    sum.days += day.days;
  }
  for (const char* first_asked : {"2026-03-04 00:00", "2026-08-01 00:00", "2028-01-01 00:00"}) {
    CAPTURE(first_asked);
    WorkingClock asked(calendar);
    asked.between(at(first_asked), at(first_asked) + 5 * micros_per_day);
    const WorkingSpan span = asked.between(begin, end);
    CHECK(span.micros == sum.micros);
    CHECK(span.days == doctest::Approx(sum.days));
  }
  // 2,912,436 days; with a walk over each of them this would take minutes.
  for (int i = 0; i < 10'000; ++i) {
    REQUIRE(clock.between(begin, at("9999-12-31 00:00")).days > 2'000'000);
  }
}

TEST_CASE("working time follows daylight saving") {
  Calendar calendar;
  calendar.timezone = "Europe/Berlin";
  for (auto& shifts : calendar.hours) shifts = {{0, 24 * 60}};
  WorkingClock clock(calendar);
  const auto hours = [&](const char* begin, const char* end) {
    const WorkingSpan span = clock.between(at(begin, "Europe/Berlin"), at(end, "Europe/Berlin"));
    return static_cast<double>(span.micros) / 3.6e9;
  };
  CHECK(hours("2026-03-29 00:00", "2026-03-30 00:00") == 23);
  CHECK(hours("2026-10-25 00:00", "2026-10-26 00:00") == 25);
}
