#include "core/report/building/stats_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/report/building/stats_json.h"
#include "core/report/building/stats_notes.h"
#include "core/report/building/summary_json.h"
#include "core/report/cells.h"
#include "core/time/duration.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

/// A figure as a cell; empty when it stands for too few values.
Cell figure(const Summary& summary, double value, std::int64_t needed = 1) {
  return summary.count < needed ? Cell() : Cell(value);
}

std::string name_of(const EventLog& log, ActivityId id) { return std::string(log.name(id)); }

void add_columns(Table& table, const std::string& kind) {
  const std::string prefix = kind.empty() ? "" : kind + "_";
  std::string title = kind.empty() ? "" : kind + " ";
  std::replace(title.begin(), title.end(), '_', ' ');
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
  lead.push_back(fmt::format("{}: {}, {}, {}, {}, {}", log.path,
                             counted(found.cases, "case", "cases"),
                             counted(found.events, "event", "events"),
                             counted(found.activities.size(), "activity", "activities"),
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

using MakeTable = Table (*)(const EventLog&, const LogStatistics&);
constexpr MakeTable tables[] = {activities_table, times_table, edges_table, variants_table,
                                handovers_table};

/// Groups that people are shown: hundreds of them would bury everything else.
constexpr std::size_t most_groups = 20;

Cell value_of(const LogGroup& group) { return group.value ? Cell(*group.value) : Cell(); }

/// Leaves the groups behind the largest ones, whose rows begin at `first_row`, to machines.
void cut_groups(Table& table, const LogBreakdown& breakdown, std::size_t first_row) {
  const std::size_t count = breakdown.groups.size();
  if (count <= most_groups) return;
  table.groups_cut = count - most_groups;
  table.rows_cut = table.rows.size() - first_row;
}

/// The groups side by side.
Table groups_table(const LogBreakdown& breakdown) {
  Table table{
      .key = "groups", .title = fmt::format("By {}", breakdown.column), .columns = {}, .rows = {}};
  table.columns = {{"value", breakdown.column, Unit::text},
                   {"cases", "cases", Unit::count},
                   {"events", "events", Unit::count},
                   {"variants", "variants", Unit::count}};
  add_columns(table, "case_duration");
  for (const LogGroup& group : breakdown.groups) {
    std::vector<Cell> row = {value_of(group), group.statistics.cases, group.statistics.events,
                             group.statistics.variants};
    add_figures(row, group.statistics.case_duration);
    table.rows.push_back(std::move(row));
  }
  cut_groups(table, breakdown, most_groups);
  return table;
}

/// One table of all groups, with the value in front of each row.
Table split_table(const EventLog& log, const LogBreakdown& breakdown, MakeTable make) {
  Table all;
  std::size_t first_cut = 0;
  for (std::size_t index = 0; index < breakdown.groups.size(); ++index) {
    const LogGroup& group = breakdown.groups[index];
    Table table = make(log, group.statistics);
    std::vector<std::vector<Cell>> rows = std::move(all.rows);
    if (index == most_groups) first_cut = rows.size();
    for (std::vector<Cell>& row : table.rows) {
      row.insert(row.begin(), value_of(group));
      rows.push_back(std::move(row));
    }
    all = std::move(table);
    all.rows = std::move(rows);
  }
  cut_groups(all, breakdown, first_cut);
  all.columns.insert(all.columns.begin(), {"value", breakdown.column, Unit::text});
  all.group = 1;
  return all;
}

}  // namespace

Report stats_report(const EventLog& log, const LogStatistics& statistics,
                    const LogBreakdown* breakdown, ReportParts parts) {
  Report report;
  if (parts != ReportParts::tables) {
    Json::Object data{{"schema_version", 1}};
    for (auto& member : stats_json(log, statistics, breakdown)) data.push_back(std::move(member));
    report.data = std::move(data);
  }
  if (parts == ReportParts::data) return report;
  report.lead = lead_of(log, statistics);
  if (breakdown != nullptr) report.tables.push_back(groups_table(*breakdown));
  for (const MakeTable make : tables) {
    Table table = breakdown == nullptr ? make(log, statistics) : split_table(log, *breakdown, make);
    if (!table.rows.empty()) report.tables.push_back(std::move(table));
  }
  report.notes = stats_notes(log, statistics);
  if (breakdown != nullptr && !breakdown->by_case) {
    report.notes.push_back(
        fmt::format("'{}' changes within cases: a group has the events with its value, and its "
                    "times are those from one of these events to the next",
                    breakdown->column));
  }
  return report;
}

}  // namespace gemba::inline report
