#include "core/report/building/stats_json.h"

#include "core/report/building/log_json.h"
#include "core/report/building/summary_json.h"
#include "core/report/cells.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

Json resource_json(const EventLog& log, ResourceId id) {
  return id == no_resource ? Json() : Json(log.name(id));
}

Json moment_json(std::optional<Micros> moment) {
  return moment ? Json(format_utc(*moment)) : Json();
}

Json activities_json(const EventLog& log, const LogStatistics& found) {
  Json::Array activities;
  for (const ActivityStatistics& each : found.activities) {
    activities.emplace_back(Json::Object{{"name", log.name(each.activity)},
                                         {"events", each.events},
                                         {"cases", each.cases},
                                         {"starts", each.starts},
                                         {"ends", each.ends},
                                         {"rework_cases", each.rework_cases},
                                         {"sojourn", summary_json(each.sojourn)},
                                         {"service", summary_json(each.service)},
                                         {"waiting", summary_json(each.waiting)}});
  }
  return activities;
}

Json edges_json(const EventLog& log, const LogStatistics& found) {
  Json::Array edges;
  for (const EdgeStatistics& each : found.edges) {
    edges.emplace_back(Json::Object{{"source", log.name(each.source)},
                                    {"target", log.name(each.target)},
                                    {"count", each.count},
                                    {"cases", each.cases},
                                    {"seconds", summary_json(each.seconds)}});
  }
  return edges;
}

Json variants_json(const EventLog& log, const LogStatistics& found) {
  Json::Array top;
  for (const Variant& variant : found.top_variants) {
    Json::Array activities;
    for (const ActivityId id : variant.activities) activities.emplace_back(log.name(id));
    top.emplace_back(Json::Object{{"activities", std::move(activities)},
                                  {"cases", variant.cases},
                                  {"share", share_of(variant.cases, found.cases)}});
  }
  return Json::Object{{"count", found.variants}, {"top", std::move(top)}};
}

Json handovers_json(const EventLog& log, const LogStatistics& found) {
  Json::Array handovers;
  for (const Handover& each : found.handovers) {
    handovers.emplace_back(Json::Object{{"from", resource_json(log, each.from)},
                                        {"to", resource_json(log, each.to)},
                                        {"count", each.count}});
  }
  return handovers;
}

Json quality_json(const EventLog& log, const LogStatistics& found) {
  const LogQuality& quality = log.quality;
  const std::optional<std::int64_t> jumps = clock_jumps(quality);
  Json::Array examples;
  for (const BadRow& row : quality.bad_examples) {
    examples.emplace_back(
        Json::Object{{"line", static_cast<std::int64_t>(row.line)}, {"reason", row.reason}});
  }
  return Json::Object{{"rows", quality.rows},
                      {"bad_rows", quality.bad_rows},
                      {"bad_examples", std::move(examples)},
                      {"missing_resources", quality.missing_resources},
                      {"missing_starts", quality.missing_starts},
                      {"bad_starts", quality.bad_starts},
                      {"starts_after_end", quality.starts_after_end},
                      {"cut_values", quality.cut_values},
                      {"missing_words", quality.missing_words},
                      {"newest_first", quality.newest_first},
                      {"times_with_offset", quality.times_with_offset},
                      {"times_without_offset", quality.times_without_offset},
                      {"skipped_times", quality.skipped_times},
                      {"repeated_times", quality.repeated_times},
                      {"clock_jumps", jumps ? Json(*jumps) : Json()},
                      {"lines_before_header", quality.lines_before_header},
                      {"unnamed_cases", quality.unnamed_cases},
                      {"empty_traces", quality.empty_traces},
                      {"empty_cases", found.empty_cases},
                      {"cases_out_of_order", quality.cases_out_of_order},
                      {"incomplete_cases", found.unusual_ends},
                      {"headless_cases", found.unusual_starts},
                      {"equal_times", found.equal_times},
                      {"duplicates", found.duplicates},
                      {"open_instances", found.open_instances},
                      {"completes_unpaired", found.completes_unpaired},
                      {"other_events", found.other_events}};
}

/// The figures of a log, or of a group of its events.
Json::Object figures_json(const EventLog& log, const LogStatistics& found) {
  return {{"cases", found.cases},
          {"events", found.events},
          {"resources", found.resources},
          {"time_range",
           Json::Object{{"first", moment_json(found.first)}, {"last", moment_json(found.last)}}},
          {"arrivals_per_day", found.arrivals_per_day ? Json(*found.arrivals_per_day) : Json()},
          {"activities", activities_json(log, found)},
          {"edges", edges_json(log, found)},
          {"case_duration", summary_json(found.case_duration)},
          {"variants", variants_json(log, found)},
          {"handovers", handovers_json(log, found)}};
}

Json breakdown_json(const EventLog& log, const LogBreakdown& breakdown) {
  Json::Array groups;
  for (const LogGroup& group : breakdown.groups) {
    Json::Object object = {{"value", group.value ? Json(*group.value) : Json()}};
    for (auto& member : figures_json(log, group.statistics)) object.push_back(std::move(member));
    groups.emplace_back(std::move(object));
  }
  return Json::Object{{"column", breakdown.column},
                      {"level", breakdown.by_case ? "case" : "event"},
                      {"groups", std::move(groups)}};
}

}  // namespace

Json::Object stats_json(const EventLog& log, const LogStatistics& found,
                        const LogBreakdown* breakdown) {
  Json::Array others;
  for (const std::string& name : log.other_sheets) others.emplace_back(name);
  Json::Object object = {{"format", log.format},
                         {"encoding", log.encoding},
                         {"sheet", log.sheet.empty() ? Json() : Json(log.sheet)},
                         {"other_sheets", std::move(others)},
                         {"lifecycle", to_string(found.mode)},
                         {"timezone", log.timezone}};
  for (auto& member : figures_json(log, found)) object.push_back(std::move(member));
  object.emplace_back("columns", columns_json(log));
  object.emplace_back("changes", changes_json(log));
  object.emplace_back("quality", quality_json(log, found));
  object.emplace_back("by", breakdown == nullptr ? Json() : breakdown_json(log, *breakdown));
  return object;
}

}  // namespace gemba::inline report
