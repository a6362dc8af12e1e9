// Holds our statistics of real logs against what independent programs computed from the same logs.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/eventlog/query/log_statistics.h"
#include "core/eventlog/read_log.h"
#include "core/time/time.h"
#include "tests/json.h"
#include "tests/unit/eventlog/xes_outcome.h"

using namespace gemba;
using nlohmann::json;

namespace {

const std::filesystem::path logs = std::filesystem::path(GEMBA_ROOT) / "../shared/logs";

struct Pair {
  const char* log;
  const char* golden;
};
constexpr Pair pairs[] = {
    {"running-example.csv", "running-example_csv"},
    {"running-example.xes", "running-example"},
    {"receipt.csv", "receipt_csv"},
    {"receipt.xes.gz", "receipt"},
    {"roadtraffic100traces.xes", "roadtraffic100traces"},
    {"reviewing.xes", "reviewing"},
    {"interval_event_log.csv", "interval_event_log_csv"},
};

json golden(const std::string& name) {
  std::ifstream file(logs / "golden" / (name + ".json"));
  REQUIRE(file.good());
  return json::parse(file);
}

EventLog load(const std::string& name) {
  EventLog log = read_log((logs / name).string());
  CHECK(log.quality.bad_rows == 0);
  return log;
}

LogStatistics statistics(const EventLog& log, LifecycleMode mode) {
  return statistics_of(log, {.lifecycle = mode, .top_variants = 20});
}

bool near(double ours, double theirs) {
  return std::abs(ours - theirs) <= 1e-9 * std::max({1.0, std::abs(ours), std::abs(theirs)});
}

void check_summary(const Summary& ours, const json& theirs) {
  CHECK(ours.count == theirs["count"].get<std::int64_t>());
  CHECK(near(ours.mean, theirs["mean"]));
  CHECK(near(ours.median, theirs["median"]));
  CHECK(near(ours.min, theirs["min"]));
  CHECK(near(ours.max, theirs["max"]));
  CHECK(near(ours.sum, theirs["sum"]));
  CHECK(near(ours.p90, theirs["p90"]));
  CHECK(near(ours.p95, theirs["p95"]));
  REQUIRE(ours.stdev.has_value() == !theirs["stdev"].is_null());
  if (ours.stdev) CHECK(near(*ours.stdev, theirs["stdev"]));
}

// Name → figure of all activities where it is not zero.
json counts_of(const EventLog& log, const LogStatistics& ours,
               std::int64_t ActivityStatistics::*figure) {
  json counts = json::object();
  for (const ActivityStatistics& activity : ours.activities) {
    if (activity.*figure > 0) counts[std::string(log.name(activity.activity))] = activity.*figure;
  }
  return counts;
}

void check_edges(const EventLog& log, const LogStatistics& ours, const json& theirs) {
  REQUIRE(ours.edges.size() == theirs.size());
  std::map<std::pair<std::string, std::string>, const EdgeStatistics*> edges;
  for (const EdgeStatistics& edge : ours.edges) {
    edges[{std::string(log.name(edge.source)), std::string(log.name(edge.target))}] = &edge;
  }
  for (const json& edge : theirs) {
    const auto found = edges.find({edge["source"], edge["target"]});
    CAPTURE(edge.dump());
    REQUIRE(found != edges.end());
    CHECK(found->second->count == edge["count"].get<std::int64_t>());
    check_summary(found->second->seconds, edge);
  }
}

void check_variants(const EventLog& log, const LogStatistics& ours, const json& theirs) {
  REQUIRE(ours.top_variants.size() == theirs.size());
  for (std::size_t index = 0; index < theirs.size(); ++index) {
    json names = json::array();
    for (const ActivityId id : ours.top_variants[index].activities) names.push_back(log.name(id));
    CHECK(names == theirs[index]["variant"]);
    CHECK(ours.top_variants[index].cases == theirs[index]["count"].get<std::int64_t>());
  }
}

void check_figures(const EventLog& log, const LogStatistics& ours, const json& theirs) {
  CHECK(ours.cases == theirs["cases"].get<std::int64_t>());
  CHECK(ours.events == theirs["events"].get<std::int64_t>());
  CHECK(counts_of(log, ours, &ActivityStatistics::events) == theirs["activity_counts"]);
  CHECK(counts_of(log, ours, &ActivityStatistics::starts) == theirs["start_activities"]);
  CHECK(counts_of(log, ours, &ActivityStatistics::ends) == theirs["end_activities"]);
  CHECK(counts_of(log, ours, &ActivityStatistics::rework_cases) == theirs["rework_cases"]);
  check_edges(log, ours, theirs["dfg"]);
  CHECK(ours.variants == theirs["variants_total"].get<std::int64_t>());
  check_variants(log, ours, theirs["variants_top20"]);
  check_summary(ours.case_duration, theirs["case_durations"]);
}

void check_handovers(const EventLog& log, const LogStatistics& ours, const json& theirs) {
  const auto name = [&](ResourceId id) { return id == no_resource ? json() : json(log.name(id)); };
  std::map<json, std::int64_t> counts;
  for (const Handover& handover : ours.handovers) {
    counts[json{name(handover.from), name(handover.to)}] = handover.count;
  }
  CHECK(counts.size() == theirs["handover_pairs_total"].get<std::size_t>());
  for (const json& handover : theirs["handover_counts"]) {
    CAPTURE(handover.dump());
    const json key{handover["source"], handover["target"]};
    CHECK(counts[key] == handover["count"].get<std::int64_t>());
  }
}

}  // namespace

TEST_CASE("every figure of every log agrees, one step per event") {
  for (const Pair& pair : pairs) {
    CAPTURE(pair.log);
    const json theirs = golden(pair.golden);
    const EventLog log = load(pair.log);
    const LogStatistics ours = statistics(log, LifecycleMode::events);
    check_figures(log, ours, theirs);
    check_handovers(log, ours, theirs);
    CHECK(ours.activities.size() == theirs["activities"].get<std::size_t>());
    CHECK(ours.resources == theirs["resources"].get<std::int64_t>());
    CHECK(log.quality.cases_out_of_order ==
          theirs["cases_not_in_time_order_in_file"].get<std::int64_t>());
    CHECK(ours.equal_times == theirs["df_pairs_with_equal_timestamps"].get<std::int64_t>());
    const std::int64_t without_resource =
        log.has_resources() ? log.quality.missing_resources : static_cast<std::int64_t>(log.size());
    CHECK(without_resource == theirs["events_without_resource"].get<std::int64_t>());
    TimestampReader reader;
    CHECK(ours.first == reader.read(theirs["time_range"][0].get<std::string>())->utc);
    CHECK(ours.last == reader.read(theirs["time_range"][1].get<std::string>())->utc);
  }
}

TEST_CASE("complete events alone agree") {
  const json theirs = golden("reviewing")["complete_only"];
  const EventLog log = load("reviewing.xes");
  check_figures(log, statistics(log, LifecycleMode::complete), theirs);
}

TEST_CASE("service times of start and complete events agree") {
  const json theirs = golden("reviewing")["service_times"]["matched_only"];
  const EventLog log = load("reviewing.xes");
  const LogStatistics ours = statistics(log, LifecycleMode::automatic);
  CHECK(ours.mode == LifecycleMode::instances);
  CHECK(ours.open_instances == 0);
  std::size_t compared = 0;
  for (const ActivityStatistics& activity : ours.activities) {
    const std::string name(log.name(activity.activity));
    CAPTURE(name);
    REQUIRE((activity.service.count > 0) == theirs.contains(name));
    if (!theirs.contains(name)) continue;
    check_summary(activity.service, theirs[name]);
    ++compared;
  }
  CHECK(compared == theirs.size());
}

TEST_CASE("service times of start and end columns agree") {
  const json theirs = golden("interval_event_log_csv")["service_times_interval"];
  const EventLog log = load("interval_event_log.csv");
  const LogStatistics ours = statistics(log, LifecycleMode::automatic);
  CHECK(ours.mode == LifecycleMode::instances);
  CHECK(ours.interval);
  REQUIRE(ours.activities.size() == theirs.size());
  for (const ActivityStatistics& activity : ours.activities) {
    const std::string name(log.name(activity.activity));
    CAPTURE(name);
    check_summary(activity.service, theirs[name]);
  }
}

TEST_CASE("the same log as CSV and as XES is the same log") {
  for (const auto& [csv_name, xes_name] :
       {std::pair("receipt.csv", "receipt.xes.gz"),
        std::pair("running-example.csv", "running-example.xes")}) {
    CAPTURE(csv_name);
    const EventLog csv = load(csv_name);
    const EventLog xes = load(xes_name);
    REQUIRE(csv.size() == xes.size());
    REQUIRE(csv.case_count() == xes.case_count());
    std::map<std::string_view, std::uint32_t> of_csv;
    for (std::uint32_t number = 0; number < csv.cases.size(); ++number)
      of_csv.emplace(csv.cases[number], number);
    for (std::uint32_t number = 0; number < xes.cases.size(); ++number) {
      REQUIRE(of_csv.contains(xes.cases[number]));
      const std::uint32_t same = of_csv.at(xes.cases[number]);
      const EventRange a = csv.events_of(CaseId(same));
      const EventRange b = xes.events_of(CaseId(number));
      REQUIRE(a.size() == b.size());
      for (std::size_t index = 0; index < a.size(); ++index) {
        REQUIRE(csv.time[a.begin + index] == xes.time[b.begin + index]);
        REQUIRE(csv.name(csv.activity[a.begin + index]) == xes.name(xes.activity[b.begin + index]));
        REQUIRE(csv.name(csv.resource[a.begin + index]) == xes.name(xes.resource[b.begin + index]));
      }
    }
  }
}

TEST_CASE("the log is the same, whoever reads its XML") {
  for (const Pair& pair : pairs) {
    if (std::string_view(pair.log).find(".xes") == std::string_view::npos) continue;
    CAPTURE(pair.log);
    std::string found[2];
    for (const XesFrontEnd front_end : {XesFrontEnd::scanner, XesFrontEnd::expat}) {
      EventLog log;
      LogBuilder builder(log, {});
      ByteStream stream = ByteStream::open((logs / pair.log).string());
      read_xes(stream, {}, log, builder, {.front_end = front_end});
      builder.finish();
      found[front_end == XesFrontEnd::expat ? 1 : 0] = whole_log(log);
    }
    CHECK(found[0] == found[1]);
  }
}
