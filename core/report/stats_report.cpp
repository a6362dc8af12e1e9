#include "core/report/stats_report.h"

#include <fmt/format.h>

#include "core/base/duration.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/report/cells.h"
#include "core/report/log_json.h"
#include "core/report/summary_json.h"

namespace gemba {
namespace {

Json resource_json(const EventLog& log, ResourceId id) {
  return id == no_resource ? Json() : Json(log.name(id));
}

Json moment_json(std::optional<Micros> moment) {
  return moment ? Json(format_utc(*moment)) : Json();
}

double share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
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
                      {"starts_after_end", quality.starts_after_end},
                      {"times_with_offset", quality.times_with_offset},
                      {"times_without_offset", quality.times_without_offset},
                      {"unnamed_cases", quality.unnamed_cases},
                      {"empty_traces", quality.empty_traces},
                      {"empty_cases", found.empty_cases},
                      {"cases_out_of_order", log.quality.cases_out_of_order},
                      {"equal_times", found.equal_times},
                      {"duplicates", found.duplicates},
                      {"open_instances", found.open_instances},
                      {"completes_unpaired", found.completes_unpaired},
                      {"other_events", found.other_events}};
}

Json stats_json(const EventLog& log, const LogStatistics& found) {
  return Json::Object{
      {"schema_version", 1},
      {"format", log.format},
      {"lifecycle", to_string(found.mode)},
      {"timezone", log.timezone},
      {"cases", found.cases},
      {"events", found.events},
      {"resources", found.resources},
      {"time_range",
       Json::Object{{"first", moment_json(found.first)}, {"last", moment_json(found.last)}}},
      {"arrivals_per_day", found.arrivals_per_day ? Json(*found.arrivals_per_day) : Json()},
      {"activities", activities_json(log, found)},
      {"edges", edges_json(log, found)},
      {"case_duration", summary_json(found.case_duration)},
      {"variants", variants_json(log, found)},
      {"handovers", handovers_json(log, found)},
      {"columns", columns_json(log)},
      {"quality", quality_json(log, found)}};
}

/// A figure as a cell; empty when it stands for too few values.
Cell figure(const Summary& summary, double value, std::int64_t needed = 1) {
  return summary.count < needed ? Cell() : Cell(value);
}

std::string name_of(const EventLog& log, ActivityId id) { return std::string(log.name(id)); }

void add_columns(Table& table, const std::string& kind) {
  const std::string prefix = kind.empty() ? "" : kind + "_";
  const std::string title = kind.empty() ? "" : kind + " ";
  for (const char* figure_name : {"mean", "median", "p90", "p95"}) {
    table.columns.push_back({prefix + figure_name, title + figure_name, Unit::seconds});
  }
}

void add_figures(std::vector<Cell>& row, const Summary& summary) {
  row.push_back(figure(summary, summary.mean));
  row.push_back(figure(summary, summary.median));
  row.push_back(figure(summary, summary.p90, smallest_group));
  row.push_back(figure(summary, summary.p95, smallest_group));
}

Table activities_table(const EventLog& log, const LogStatistics& found) {
  Table table{.key = "activities", .title = "Activities", .columns = {}, .rows = {}, .shown = 40};
  table.columns = {{"activity", "activity", Unit::text}, {"events", "events", Unit::count},
                   {"cases", "cases", Unit::count},      {"starts", "starts", Unit::count},
                   {"ends", "ends", Unit::count},        {"rework_cases", "rework", Unit::count}};
  for (const ActivityStatistics& each : found.activities) {
    table.rows.push_back({name_of(log, each.activity), each.events, each.cases, each.starts,
                          each.ends, each.rework_cases});
  }
  return table;
}

/// One row per activity and kind of time that the log has for it.
Table times_table(const EventLog& log, const LogStatistics& found) {
  Table table{
      .key = "times", .title = "Times of activities", .columns = {}, .rows = {}, .shown = 40};
  table.columns = {
      {"activity", "activity", Unit::text}, {"time", "time", Unit::text}, {"n", "n", Unit::count}};
  add_columns(table, "");
  for (const ActivityStatistics& each : found.activities) {
    for (const auto& [kind, summary] : {std::pair("service", &each.service),
                                        {"waiting", &each.waiting},
                                        {"sojourn", &each.sojourn}}) {
      if (summary->count == 0) continue;
      std::vector<Cell> row = {name_of(log, each.activity), std::string(kind), summary->count};
      add_figures(row, *summary);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table edges_table(const EventLog& log, const LogStatistics& found) {
  Table table{.key = "edges", .title = "What follows what", .columns = {}, .rows = {}, .shown = 20};
  table.columns = {{"source", "from", Unit::text},
                   {"target", "to", Unit::text},
                   {"count", "count", Unit::count},
                   {"cases", "cases", Unit::count}};
  add_columns(table, "");
  for (const EdgeStatistics& each : found.edges) {
    std::vector<Cell> row = {name_of(log, each.source), name_of(log, each.target), each.count,
                             each.cases};
    add_figures(row, each.seconds);
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table variants_table(const EventLog& log, const LogStatistics& found) {
  Table table{.key = "variants",
              .title = "Variants, the most frequent first",
              .columns = {},
              .rows = {},
              .shown = 10};
  table.columns = {{"cases", "cases", Unit::count},
                   {"share", "share", Unit::share},
                   {"activities", "activities", Unit::text}};
  for (const Variant& variant : found.top_variants) {
    std::string sequence;
    for (const ActivityId id : variant.activities) {
      sequence += fmt::format("{}{}", sequence.empty() ? "" : " → ", log.name(id));
    }
    table.rows.push_back(
        {variant.cases, share_of(variant.cases, found.cases), std::move(sequence)});
  }
  return table;
}

/// Work that passes from one known resource to another.
Table handovers_table(const EventLog& log, const LogStatistics& found) {
  Table table{.key = "handovers", .title = "Handovers", .columns = {}, .rows = {}, .shown = 10};
  table.columns = {
      {"from", "from", Unit::text}, {"to", "to", Unit::text}, {"count", "count", Unit::count}};
  for (const Handover& each : found.handovers) {
    if (each.from == each.to || each.from == no_resource || each.to == no_resource) continue;
    table.rows.push_back(
        {std::string(log.name(each.from)), std::string(log.name(each.to)), each.count});
  }
  return table;
}

std::vector<std::string> lead_of(const EventLog& log, const LogStatistics& found) {
  std::vector<std::string> lead;
  lead.push_back(fmt::format(
      "{}: {}, {}, {}, {}, {}", printable(log.path), counted(found.cases, "case", "cases"),
      counted(found.events, "event", "events"),
      counted(static_cast<std::int64_t>(found.activities.size()), "activity", "activities"),
      counted(found.variants, "variant", "variants"),
      counted(found.resources, "resource", "resources")));
  if (!found.first) return lead;
  lead.push_back(fmt::format(
      "{} to {}{}", format_utc(*found.first), format_utc(*found.last),
      found.arrivals_per_day ? fmt::format(", {:.4g} new cases per day", *found.arrivals_per_day)
                             : ""));
  const Summary& duration = found.case_duration;
  lead.push_back(fmt::format("case duration: median {}, mean {}", humane_seconds(duration.median),
                             humane_seconds(duration.mean)));
  if (duration.count >= smallest_group) {
    lead.back() += fmt::format(", p90 {}, longest {}", humane_seconds(duration.p90),
                               humane_seconds(duration.max));
  }
  return lead;
}

std::string mode_note(const LogStatistics& found) {
  switch (found.mode) {
    case LifecycleMode::instances:
      return "lifecycle mode 'instances': a step has a start and an end; edge times are start of "
             "the target − end "
             "of the source, negative where they overlap";
    case LifecycleMode::complete:
      return "lifecycle mode 'complete': only complete events are steps; a step's time is its "
             "sojourn time (waiting "
             "and work together)";
    case LifecycleMode::events:
    case LifecycleMode::automatic:
      break;
  }
  return "lifecycle mode 'events': every row is a step with one time; a step's time is its sojourn "
         "time (waiting and "
         "work together)";
}

void add_quality_notes(const EventLog& log, const LogStatistics& found,
                       std::vector<std::string>& notes) {
  const auto note = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count > 0) notes.push_back(counted(count, one, many));
  };
  note(log.quality.cases_out_of_order,
       "case is not in order of time in the file; its events were put in order",
       "cases are not in order of time in the file; their events were put in order");
  note(found.equal_times,
       "event has the same time as the one before in its case; they keep the file's order",
       "events have the same time as the one before in their case; they keep the file's order");
  note(found.duplicates, "event repeats the one before in activity, resource and time",
       "events repeat the one before in activity, resource and time");
  note(log.quality.missing_resources, "event has no resource", "events have no resource");
  note(log.quality.missing_starts, "event has no start time", "events have no start time");
  note(log.quality.starts_after_end, "event starts after it ends", "events start after they end");
  note(log.quality.unnamed_cases, "case has no name; it counts as a case of its own",
       "cases have no name; each counts as a case of its own");
  note(log.quality.empty_traces, "trace has no event and is not counted",
       "traces have no event and are not counted");
  note(found.empty_cases, "case has no step in this lifecycle mode and is not counted",
       "cases have no step in this lifecycle mode and are not counted");
  note(found.open_instances, "step was started and never completed",
       "steps were started and never completed");
  note(found.completes_unpaired, "step was completed without a start; its service time is unknown",
       "steps were completed without a start; their service time is unknown");
  note(found.other_events, "event of another lifecycle transition is no step of its own",
       "events of other lifecycle transitions are no steps of their own");
}

}  // namespace

Report stats_report(const EventLog& log, const LogStatistics& statistics) {
  Report report;
  report.data = stats_json(log, statistics);
  report.lead = lead_of(log, statistics);
  const auto add = [&](Table table) {
    if (!table.rows.empty()) report.tables.push_back(std::move(table));
  };
  add(activities_table(log, statistics));
  add(times_table(log, statistics));
  add(edges_table(log, statistics));
  add(variants_table(log, statistics));
  add(handovers_table(log, statistics));
  report.notes.push_back(mode_note(statistics));
  for (std::string& note : log_notes(log)) report.notes.push_back(std::move(note));
  add_quality_notes(log, statistics, report.notes);
  return report;
}

}  // namespace gemba
