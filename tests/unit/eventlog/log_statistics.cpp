#include "core/eventlog/query/log_statistics.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

using namespace gemba;

namespace {

LogStatistics statistics(const EventLog& log, const StatisticsOptions& options = {}) {
  return statistics_of(log, options);
}

const ActivityStatistics& activity(const EventLog& log, const LogStatistics& found,
                                   std::string_view name) {
  for (const ActivityStatistics& each : found.activities) {
    if (log.name(each.activity) == name) return each;
  }
  FAIL("no such activity");
  return found.activities.front();
}

const EdgeStatistics& edge(const EventLog& log, const LogStatistics& found, std::string_view from,
                           std::string_view to) {
  for (const EdgeStatistics& each : found.edges) {
    if (log.name(each.source) == from && log.name(each.target) == to) return each;
  }
  FAIL("no such edge");
  return found.edges.front();
}

constexpr std::string_view small_log =
    "case,activity,time,resource\n"
    "1,a,2026-01-05T00:00:00,u\n1,b,2026-01-05T00:00:10,u\n1,b,2026-01-05T00:00:30,v\n1,c,2026-01-"
    "05T00:01:00,\n"
    "2,a,2026-01-06T00:00:00,u\n2,b,2026-01-06T00:00:20,v\n2,c,2026-01-06T00:00:20,v\n"
    "3,a,2026-01-07T00:00:00,u\n";

}  // namespace

TEST_CASE("counts, edges and times of a log with one time per event") {
  const EventLog log = read_log_text(small_log, "x.csv");
  const LogStatistics found = statistics(log);
  CHECK(found.mode == LifecycleMode::events);
  CHECK_FALSE(found.interval);
  CHECK(found.cases == 3);
  CHECK(found.events == 8);
  CHECK(found.resources == 2);

  const ActivityStatistics& b = activity(log, found, "b");
  CHECK(b.events == 3);
  CHECK(b.cases == 2);
  CHECK(b.rework_cases == 1);
  CHECK(b.starts == 0);
  CHECK(b.ends == 0);
  CHECK(b.sojourn.count == 3);
  CHECK(b.sojourn.sum == 50);
  CHECK(b.service.count == 0);
  CHECK(b.waiting.count == 0);
  const ActivityStatistics& a = activity(log, found, "a");
  CHECK(a.starts == 3);
  CHECK(a.ends == 1);
  CHECK(a.sojourn.count == 0);

  const EdgeStatistics& ab = edge(log, found, "a", "b");
  CHECK(ab.count == 2);
  CHECK(ab.cases == 2);
  CHECK(ab.seconds.mean == 15);
  CHECK(found.edges.size() == 3);
  CHECK(found.case_duration.count == 3);
  CHECK(found.case_duration.max == 60);
  CHECK(found.case_duration.min == 0);
  CHECK(*found.arrivals_per_day == doctest::Approx(1.0));
  CHECK(found.equal_times == 1);
  CHECK(found.duplicates == 0);
}

TEST_CASE("variants are ranked by cases, then by names") {
  const EventLog log = read_log_text(
      "case,activity\n1,b\n2,a\n2,b\n3,a\n4,b\n5,a\n5,a\n6,a\n7,b\n8,b\n8,a\n", "x.csv");
  const LogStatistics found =
      statistics(log, {.lifecycle = LifecycleMode::automatic, .top_variants = 4});
  CHECK(found.variants == 5);
  std::string shown;
  for (const Variant& variant : found.top_variants) {
    shown += std::to_string(variant.cases);
    for (const ActivityId id : variant.activities) shown += log.name(id);
    shown += " ";
  }
  CHECK(shown == "3b 2a 1aa 1ab ");
  CHECK(statistics(log, {.lifecycle = LifecycleMode::automatic, .top_variants = 0})
            .top_variants.empty());
}

TEST_CASE("handovers count who follows whom, unknown resources too") {
  const EventLog log = read_log_text(small_log, "x.csv");
  std::string shown;
  const auto name = [&](ResourceId id) {
    return id == no_resource ? "-" : std::string(log.name(id));
  };
  for (const Handover& each : statistics(log).handovers) {
    shown += name(each.from) + name(each.to) + std::to_string(each.count) + " ";
  }
  CHECK(shown == "uv2 uu1 v-1 vv1 ");
}

TEST_CASE("service, waiting and sojourn times of a log with start and end") {
  const EventLog log = read_log_text(
      "case,activity,start,end\n"
      "1,a,2026-01-05T00:00:00,2026-01-05T00:00:10\n"
      "1,b,2026-01-05T00:00:15,2026-01-05T00:00:40\n"
      "1,c,2026-01-05T00:00:30,2026-01-05T00:00:50\n",
      "x.csv");
  const LogStatistics found = statistics(log);
  CHECK(found.interval);
  CHECK(activity(log, found, "a").service.sum == 10);
  CHECK(activity(log, found, "a").sojourn.count == 0);
  const ActivityStatistics& b = activity(log, found, "b");
  CHECK(b.service.sum == 25);
  CHECK(b.waiting.sum == 5);
  CHECK(b.sojourn.sum == 30);
  CHECK(activity(log, found, "c").waiting.sum == -10);  // it began before b ended
  CHECK(edge(log, found, "b", "c").seconds.sum == -10);
  CHECK(found.case_duration.sum == 50);

  const LogStatistics events =
      statistics(log, {.lifecycle = LifecycleMode::events, .top_variants = 1});
  CHECK(edge(log, events, "b", "c").seconds.sum == 10);
  CHECK(events.case_duration.sum == 40);
  CHECK(activity(log, events, "b").service.count == 0);
}

TEST_CASE("open instances, unpaired completions and other events are counted") {
  const EventLog log = read_log_text(
      "case,activity,lifecycle,time\n"
      "1,a,start,2026-01-05T00:00:00\n1,b,complete,2026-01-05T00:00:10\n1,c,schedule,2026-01-05T00:"
      "00:11\n"
      "2,d,schedule,2026-01-05T00:00:00\n",
      "x.csv");
  const LogStatistics found = statistics(log);
  CHECK(found.mode == LifecycleMode::instances);
  CHECK(found.cases == 1);
  CHECK(found.empty_cases == 1);
  CHECK(found.events == 2);
  CHECK(found.open_instances == 1);
  CHECK(found.completes_unpaired == 1);
  CHECK(found.other_events == 2);
  CHECK(found.activities.size() == 2);
  const EdgeStatistics& ab = edge(log, found, "a", "b");
  CHECK(ab.count == 1);
  CHECK(ab.seconds.count == 0);  // nobody knows when a ended
}

TEST_CASE("a log without times has counts and no durations") {
  const EventLog log = read_log_text("case,activity\n1,a\n1,b\n", "x.csv");
  const LogStatistics found = statistics(log);
  CHECK_FALSE(found.has_times);
  CHECK(edge(log, found, "a", "b").count == 1);
  CHECK(edge(log, found, "a", "b").seconds.count == 0);
  CHECK(found.case_duration.count == 0);
  CHECK_FALSE(found.first.has_value());
  CHECK_FALSE(found.arrivals_per_day.has_value());
}

TEST_CASE("a log without events has no figures") {
  const LogStatistics found = statistics(EventLog());
  CHECK(found.cases == 0);
  CHECK(found.activities.empty());
  CHECK(found.top_variants.empty());
  CHECK(found.case_duration.count == 0);
}

TEST_CASE("rows that repeat another are told") {
  const EventLog log = read_log_text(
      "case,activity,time,resource\n1,a,2026-01-05,u\n1,a,2026-01-05,u\n1,a,2026-01-05,v\n1,b,2026-"
      "01-05,v\n",
      "x.csv");
  const LogStatistics found = statistics(log);
  CHECK(found.equal_times == 3);
  CHECK(found.duplicates == 1);
}
