#include "core/report/building/stats_report.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/report/cells.h"
#include "core/report/writers/writer.h"

using namespace gemba;

namespace {

Report report_on(std::string_view text) {
  const EventLog log = read_log_text(text, "x.csv");
  return stats_report(log, statistics_of(log));
}

const Json& member(const Json& json, std::string_view key) {
  const Json* found = find_member(json, key);
  REQUIRE(found != nullptr);
  return *found;
}

const Json& item(const Json& json, std::size_t index) {
  const auto& array = std::get<Json::Array>(json.value);
  REQUIRE(index < array.size());
  return array[index];
}

std::string text(const Json& json) { return dump_json(json, false); }

const Table& table(const Report& report, std::string_view key) {
  for (const Table& each : report.tables) {
    if (each.key == key) return each;
  }
  FAIL("no such table");
  return report.tables.front();
}

constexpr std::string_view log_text =
    "case,activity,time,resource\n"
    "1,a,2026-01-05T00:00:00,u\n1,b,2026-01-05T00:00:10,v\n"
    "2,a,2026-01-06T00:00:00,u\n2,b,2026-01-06T00:00:20,\n";

}  // namespace

TEST_CASE("the data keeps the contract of its keys") {
  const Report report = report_on(log_text);
  const Json& data = report.data;
  CHECK(text(member(data, "schema_version")) == "1");
  CHECK(text(member(data, "lifecycle")) == "\"events\"");
  CHECK(text(member(data, "cases")) == "2");
  CHECK(text(member(data, "events")) == "4");
  const Json& b = item(member(data, "activities"), 1);
  CHECK(text(member(b, "name")) == "\"b\"");
  for (const char* key :
       {"events", "cases", "starts", "ends", "rework_cases", "sojourn", "service", "waiting"}) {
    CAPTURE(key);
    CHECK(find_member(b, key) != nullptr);
  }
  const Json& edge = item(member(data, "edges"), 0);
  CHECK(text(member(edge, "source")) == "\"a\"");
  CHECK(text(member(edge, "target")) == "\"b\"");
  const Json& seconds = member(edge, "seconds");
  CHECK(text(member(seconds, "mean")) == "15.0");
  for (const char* key :
       {"count", "median", "min", "max", "stdev", "sum", "p75", "p90", "p95", "p99"}) {
    CAPTURE(key);
    CHECK(find_member(seconds, key) != nullptr);
  }
  const Json& variants = member(data, "variants");
  CHECK(text(member(variants, "count")) == "1");
  CHECK(text(item(member(variants, "top"), 0)) ==
        R"({"activities":["a","b"],"cases":2,"share":1.0})");
  CHECK(text(member(data, "handovers")) ==
        R"([{"from":"u","to":null,"count":1},{"from":"u","to":"v","count":1}])");
  CHECK(text(member(member(data, "columns"), "timestamp")) == "\"time\"");
  CHECK(text(member(member(data, "quality"), "bad_rows")) == "0");
}

TEST_CASE("figures that a log cannot give are null; all figures of small groups are kept") {
  const Json data = report_on("case,activity,time\n1,a,2026-01-05\n1,b,2026-01-06\n").data;
  const Json& seconds = member(item(member(data, "edges"), 0), "seconds");
  CHECK(text(member(seconds, "stdev")) == "null");
  CHECK(text(member(seconds, "p99")) == "86400.0");
  const Json& service = member(item(member(data, "activities"), 0), "service");
  CHECK(text(member(service, "count")) == "0");
  CHECK(text(member(service, "median")) == "null");
}

TEST_CASE("tables leave out high quantiles of groups below five") {
  const Report few = report_on(log_text);
  const std::vector<Cell>& row = table(few, "edges").rows.at(0);
  CHECK(std::holds_alternative<double>(row[5]));
  CHECK(std::holds_alternative<std::monostate>(row[6]));
  CHECK(std::holds_alternative<std::monostate>(row[7]));
  std::string rows = "case,activity,time\n";
  for (int index = 0; index < 5; ++index) {
    const std::string id = std::to_string(index);
    rows += id + ",a,2026-01-05\n" + id + ",b,2026-01-06\n";
  }
  CHECK(std::holds_alternative<double>(table(report_on(rows), "edges").rows.at(0)[7]));
}

TEST_CASE("handovers for people are between two known resources") {
  const Table handovers = table(report_on(log_text), "handovers");
  REQUIRE(handovers.rows.size() == 1);
  CHECK(std::get<std::string>(handovers.rows[0][1]) == "v");
}

TEST_CASE("people are shown the largest groups, machines all of them") {
  const auto report_of = [](std::size_t count) {
    const EventLog log = read_log_text(log_text, "x.csv");
    LogBreakdown breakdown{"shop", true, {}};
    for (std::size_t number = 1; number < count; ++number)
      breakdown.groups.push_back({fmt::format("shop {}", number), statistics_of(log)});
    breakdown.groups.push_back({std::nullopt, statistics_of(log)});
    return stats_report(log, statistics_of(log), &breakdown);
  };
  const Report many = report_of(23);
  const Table& groups = table(many, "groups");
  CHECK(groups.rows.size() == 23);
  CHECK(groups_left_out(groups) == "… and 3 more groups; --format json has all");
  const Table& activities = table(many, "activities");
  CHECK(activities.rows.size() == 46);
  CHECK(activities.rows_cut == 6);
  CHECK(groups_left_out(table(report_of(21), "groups")) ==
        "… and 1 more group; --format json has all");
  CHECK(groups_left_out(table(report_of(20), "groups")).empty());
  CHECK(table(report_of(20), "activities").rows_cut == 0);
  const auto has = [&](std::string_view format, std::string_view part) {
    return find_writer(format)->write(many, {}).find(part) != std::string::npos;
  };
  for (const char* format : {"text", "markdown"}) {
    CAPTURE(format);
    CHECK(has(format, "shop 20"));
    CHECK_FALSE(has(format, "shop 21"));
    CHECK(has(format, "\n… and 3 more groups; --format json has all\n"));
  }
  for (const char* format : {"json", "jsonl", "csv"}) {
    CAPTURE(format);
    CHECK(has(format, "shop 22"));
    CHECK_FALSE(has(format, "3 more"));
  }
}

TEST_CASE("events without a value are no group of a name") {
  const EventLog log = read_log_text(log_text, "x.csv");
  LogBreakdown breakdown{"shop", true, {}};
  breakdown.groups.push_back({"(none)", statistics_of(log)});
  breakdown.groups.push_back({std::nullopt, statistics_of(log)});
  const Report report = stats_report(log, statistics_of(log), &breakdown);
  const std::string csv = find_writer("csv")->write(report, {});
  CHECK(csv.find("\ngroups,(none),2,") != std::string::npos);
  CHECK(csv.find("\ngroups,,2,") != std::string::npos);
  CHECK(csv.find("\nactivities,(none),a,") != std::string::npos);
  CHECK(csv.find("\nactivities,,a,") != std::string::npos);
}

TEST_CASE("a log that is not split has null in place of its groups") {
  CHECK(text(member(report_on(log_text).data, "by")) == "null");
}

TEST_CASE("the notes say how the log was understood") {
  std::string notes;
  const Report report =
      report_on("工单号,环节,时间\n1,a,2026-01-05\n1,b,?\n1,c,2026-01-06T00:00Z\n");
  for (const std::string& note : report.notes) notes += note + "\n";
  for (const char* part :
       {"lifecycle mode 'events'", "case '工单号', activity '环节', time '时间'",
        "1 times have an offset and 1 have none", "UTC", "1 of 3 rows could not be read"}) {
    CAPTURE(part);
    CHECK(notes.find(part) != std::string::npos);
  }
  std::string timeless;
  for (const std::string& note : report_on("case,activity\n1,a\n").notes) timeless += note;
  CHECK(timeless.find("no times") != std::string::npos);
}
