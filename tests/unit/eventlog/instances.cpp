#include "core/eventlog/query/instances.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

using namespace gemba;

namespace {

/// Instances of the first case: `activity start-end` in seconds of 2026-01-05T00:00, `?` where
/// unknown.
std::string show(std::string_view header, std::string_view rows, LifecycleMode mode) {
  std::string text = std::string(header) + "\n";
  for (std::size_t begin = 0; begin < rows.size();) {
    const std::size_t end = std::min(rows.find(' ', begin), rows.size());
    text += "c," + std::string(rows.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  const EventLog log = read_log_text(text, "x.csv");
  CHECK(log.quality.bad_rows == 0);
  CaseInstances found;
  instances_of(log, log.events_of(CaseId(0)), resolve(mode, log), found);
  const Micros midnight = 1767571200 * micros_per_second;
  const auto seconds = [&](Micros moment) {
    return moment == no_time ? "?" : std::to_string((moment - midnight) / micros_per_second);
  };
  std::string shown;
  for (const Instance& instance : found.instances) {
    shown += std::string(log.name(instance.activity)) + " " + seconds(instance.start) + "-" +
             seconds(instance.end);
    if (instance.suspended != 0)
      shown += " rest " + std::to_string(instance.suspended / micros_per_second);
    if (instance.scheduled != no_time) shown += " scheduled " + seconds(instance.scheduled);
    if (instance.open) shown += " open";
    if (instance.resource != no_resource)
      shown += " by " + std::string(log.name(instance.resource));
    shown += "; ";
  }
  return shown + std::to_string(found.completes_unpaired) + " " +
         std::to_string(found.other_events);
}

std::string at(int second) {
  return "2026-01-05T00:00:" + std::string(second < 10 ? "0" : "") + std::to_string(second);
}

/// `a start 1` → `a,start,2026-01-05T00:00:01`
std::string row(const std::string& activity, const std::string& transition, int second) {
  return activity + "," + transition + "," + at(second);
}

}  // namespace

TEST_CASE("start and complete events are paired, first in first out") {
  const std::string header = "case,activity,lifecycle,time";
  const auto paired = [&](std::initializer_list<std::string> rows) {
    std::string joined;
    for (const std::string& each : rows) joined += (joined.empty() ? "" : " ") + each;
    return show(header, joined, LifecycleMode::automatic);
  };
  CHECK(paired({row("a", "start", 1), row("a", "complete", 5)}) == "a 1-5; 0 0");
  CHECK(paired({row("a", "START", 1), row("a", "Complete", 5)}) == "a 1-5; 0 0");
  // two at a time
  CHECK(paired({row("a", "start", 1), row("a", "start", 2), row("a", "complete", 5),
                row("a", "complete", 6)}) == "a 1-5; a 2-6; 0 0");
  // in order of end, not of start
  CHECK(paired({row("a", "start", 1), row("b", "start", 2), row("b", "complete", 3),
                row("a", "complete", 9)}) == "b 2-3; a 1-9; 0 0");
  // equal ends: in the order in which they ended in the file
  CHECK(paired({row("a", "start", 1), row("b", "start", 2), row("b", "complete", 9),
                row("a", "complete", 9)}) == "b 2-9; a 1-9; 0 0");
  // unpaired ones
  CHECK(paired({row("a", "complete", 1), row("b", "start", 2)}) == "a ?-1; b 2-? open; 1 0");
  // a rest is no service; a rest that nobody ends ends with the instance
  CHECK(paired({row("a", "start", 1), row("a", "suspend", 2), row("a", "resume", 5),
                row("a", "suspend", 7), row("a", "complete", 9)}) == "a 1-9 rest 5; 0 3");
  CHECK(paired({row("a", "resume", 1), row("a", "suspend", 2), row("a", "start", 3),
                row("a", "complete", 9)}) == "a 3-9; 0 2");
  // other transitions are no steps of their own
  CHECK(paired({row("a", "schedule", 1), row("a", "assign", 2), row("a", "start", 3),
                row("a", "complete", 9), row("a", "withdraw", 10)}) == "a 3-9 scheduled 1; 0 3");
}

TEST_CASE("instances with names are paired by name") {
  CHECK(show("case,activity,lifecycle,time,concept:instance",
             row("a", "start", 1) + ",x " + row("a", "start", 2) + ",y " + row("a", "complete", 5) +
                 ",y " + row("a", "complete", 6) + ",x",
             LifecycleMode::automatic) == "a 2-5; a 1-6; 0 0");
}

TEST_CASE("the resource is that of the completing event, else of the starting one") {
  CHECK(show("case,activity,lifecycle,time,resource",
             row("a", "start", 1) + ",u " + row("a", "complete", 5) + ",v " + row("b", "start", 6) +
                 ",w " + row("b", "complete", 7) + ",",
             LifecycleMode::automatic) == "a 1-5 by v; b 6-7 by w; 0 0");
}

TEST_CASE("the other modes take rows as they are") {
  const std::string header = "case,activity,lifecycle,time";
  const std::string rows =
      row("a", "start", 1) + " " + row("a", "complete", 5) + " " + row("b", "", 6);
  CHECK(show(header, rows, LifecycleMode::events) == "a ?-1; a ?-5; b ?-6; 0 0");
  CHECK(show(header, rows, LifecycleMode::complete) == "a ?-5; b ?-6; 0 1");
  // without start events, automatic is events
  CHECK(show(header, row("a", "complete", 5) + " " + row("a", "schedule", 6),
             LifecycleMode::automatic) == "a ?-5; a ?-6; 0 0");
}

TEST_CASE("start and end columns make instances") {
  const std::string header = "case,activity,start,end";
  const std::string rows =
      "a," + at(1) + "," + at(9) + " b," + at(2) + "," + at(3) + " c,," + at(20);
  CHECK(show(header, rows, LifecycleMode::automatic) == "b 2-3; a 1-9; c ?-20; 1 0");
  CHECK(show(header, rows, LifecycleMode::events) == "b ?-3; a ?-9; c ?-20; 0 0");
}

TEST_CASE("service time is known when both ends are") {
  Instance instance;
  CHECK_FALSE(instance.service().has_value());
  instance.start = 10;
  CHECK_FALSE(instance.service().has_value());
  instance.end = 30;
  instance.suspended = 5;
  CHECK(instance.service() == 15);
}

TEST_CASE("a case with very many open instances is still quick") {
  std::string text = "case,activity,lifecycle,time\n";
  for (int index = 0; index < 50'000; ++index)
    text += "c,a" + std::to_string(index) + ",start,2026-01-05\n";
  for (int index = 0; index < 50'000; ++index)
    text += "c,a" + std::to_string(index) + ",complete,2026-01-05\n";
  const EventLog log = read_log_text(text, "x.csv");
  CaseInstances found;
  instances_of(log, log.events_of(CaseId(0)), LifecycleMode::instances, found);
  CHECK(found.instances.size() == 50'000);
  CHECK(found.completes_unpaired == 0);
}
