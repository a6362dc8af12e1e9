#include "core/replay/times/week_hours.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <optional>
#include <random>
#include <sstream>

#include "core/replay/replay.h"
#include "tests/unit/audit/document.h"

using namespace gemba;
namespace {

/// Minute by minute.
WeekTable<double> slow_week(const TimeZone& zone,
                            const std::vector<std::pair<Micros, Micros>>& spans) {
  WeekTable<double> seconds = {};
  for (const auto& [begin, end] : spans) {
    for (Micros at = begin; at < end; at += micros_per_minute) {
      const Micros hours = zone.to_local(at) / (60 * micros_per_minute);
      seconds[static_cast<std::size_t>((hours + 3 * 24) % 168)] += 60;
    }
  }
  return seconds;
}

/// `Mon 9 = 2` … of the hours that are not 0.
template <class Table>
std::string shown(const Table& table) {
  constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  std::ostringstream text;
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    double figure = 0;
    if constexpr (std::is_same_v<Table, WeekTable<std::optional<double>>>)
      figure = table[hour].value_or(0);
    else
      figure = static_cast<double>(table[hour]);
    if (figure != 0) text << days[hour / 24] << " " << hour % 24 << " = " << figure << "; ";
  }
  return text.str();
}

constexpr const char* desk = R"([map]
[[step]]
id   = "begin"
kind = "start"
next = "check"
[[step]]
id   = "check"
next = "pay"
[[step]]
id   = "pay"
sla  = "30m"
next = "done"
[[step]]
id   = "done"
kind = "end"
)";

WeekHours hours_of(const std::string& csv, const char* zone = "Asia/Shanghai") {
  ReadOptions how;
  how.log.timezone = zone;
  const EventLog log = read_log_text(csv, "log.csv", how);
  const Profile profile =
      replay_log(test::read(desk), log, LifecycleMode::automatic, {.week_hours = true});
  REQUIRE(profile.week_hours);
  return *profile.week_hours;
}

}  // namespace

TEST_CASE("time falls into the hours of the week, over changes of the clocks too") {
  for (const char* name :
       {"Europe/Berlin", "Asia/Shanghai", "Asia/Kathmandu", "+08:00", "Australia/Lord_Howe"}) {
    CAPTURE(name);
    const TimeZone zone(name);
    std::mt19937 random(11);
    std::vector<std::pair<Micros, Micros>> spans;
    WeekTime time(zone);
    for (int i = 0; i < 60; ++i) {
      // From 2026-01-01 on: both changes of the clocks are in it.
      const Micros begin =
          (29'453'760 + static_cast<Micros>(random() % 500'000)) * micros_per_minute;
      const Micros length = static_cast<Micros>(random() % (i % 3 == 0 ? 60'000 : 200));
      spans.emplace_back(begin, begin + length * micros_per_minute);
      time.add(begin, spans.back().second);
    }
    CHECK(time.seconds() == slow_week(zone, spans));
  }
}

TEST_CASE("time before 1970 has its weekday, and backwards there is none") {
  WeekTime time{TimeZone()};
  // 1969-12-29 was a Monday.
  time.add(-3 * micros_per_day, -3 * micros_per_day + 30 * micros_per_minute);
  time.add(micros_per_day, 0);
  CHECK(shown(time.seconds()) == "Mon 0 = 1800; ");
}

TEST_CASE("a week of cases, in a log with start and end times") {
  // 2026-03-02 is a Monday. The log spans Monday 9:00 to Tuesday 9:30.
  const WeekHours hours = hours_of(
      "case,activity,start,end\n"
      "1,check,2026-03-02 09:00,2026-03-02 09:30\n"
      "1,pay,2026-03-02 10:00,2026-03-02 10:15\n"
      "2,check,2026-03-02 09:00,2026-03-02 10:30\n"
      "2,私下补偿,2026-03-02 11:00,2026-03-02 11:15\n"
      "2,pay,2026-03-03 09:00,2026-03-03 09:30\n");
  CHECK(shown(hours.arrivals) == "Mon 9 = 2; ");
  // Enabled at 9:30 and 10:30; the second ended the next day.
  CHECK(shown(hours.sla_judged) == "Mon 9 = 1; Mon 10 = 1; ");
  CHECK(shown(hours.sla_breached) == "Mon 9 = 1; Mon 10 = 1; ");
  CHECK(hours.at_work);
  CHECK(shown(hours.load) == "Mon 9 = 1.5; Mon 10 = 0.75; Mon 11 = 0.25; Tue 9 = 1; ");
  CHECK(hours.load[12] == 0.0);
  CHECK_FALSE(hours.load[8]);
  CHECK_FALSE(hours.load[2 * 24]);
}

TEST_CASE("a week of cases, in a log with one time per event") {
  const std::string csv =
      "case,activity,time\n"
      "1,check,2026-03-08T22:59:00Z\n"
      "1,pay,2026-03-08T23:01:00Z\n"
      "2,check,2026-03-16T09:30:00Z\n"
      "2,pay,2026-03-16T10:30:00Z\n";
  const WeekHours berlin = hours_of(csv, "Europe/Berlin");
  CHECK_FALSE(berlin.at_work);
  CHECK(shown(berlin.load) == "Mon 0 = 1; Mon 10 = 1; Mon 11 = 1; Sun 23 = 1; ");
  CHECK(shown(berlin.arrivals) == "Mon 10 = 1; Sun 23 = 1; ");
  CHECK(shown(berlin.sla_judged) == "Mon 10 = 1; Sun 23 = 1; ");
  CHECK(shown(berlin.sla_breached) == "Mon 10 = 1; ");
  CHECK(shown(hours_of(csv).arrivals) == "Mon 6 = 1; Mon 17 = 1; ");
}

TEST_CASE(
    "a log without times has no hours of the week, and nobody gets what he does not ask for") {
  const Process process = test::read(desk);
  const EventLog timeless = read_log_text("case,activity\n1,check\n", "log.csv");
  const Profile none = replay_log(process, timeless, LifecycleMode::automatic,
                                  {.over = PeriodUnit::week, .week_hours = true});
  CHECK_FALSE(none.week_hours);
  CHECK_FALSE(none.over);
  const EventLog log = read_log_text("case,activity,time\n1,check,2026-03-02\n", "log.csv");
  CHECK_FALSE(replay_log(process, log, LifecycleMode::automatic).week_hours);
  CHECK_FALSE(replay_log(process, log, LifecycleMode::automatic).over);
}
