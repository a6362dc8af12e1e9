#include "core/report/building/log_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/eventlog/query/alike_names.h"
#include "core/report/cells.h"

namespace gemba::inline report {
namespace {

std::string mapping_note(const EventLog& log) {
  std::string list;
  const auto add = [&](std::string_view part, const std::string& column) {
    if (column.empty()) return;
    add_item(list, fmt::format("{} '{}'", part, column));
  };
  for (const std::string& column : log.columns.case_columns) add("case", column);
  add("activity", log.columns.activity);
  add("time", log.columns.timestamp);
  add("start", log.columns.start);
  add("resource", log.columns.resource);
  add("lifecycle", log.columns.lifecycle);
  add("instance", log.columns.instance);
  return "columns used: " + list;
}

std::string other_sheets_note(const EventLog& log) {
  std::string others;
  for (const std::string& name : log.other_sheets)
    add_item(others, fmt::format("'{}'", printable(name)));
  return fmt::format("only sheet '{}' is read, though others look like logs, too (--sheet): {}",
                     printable(log.sheet), others);
}

}  // namespace

Json columns_json(const EventLog& log) {
  const auto column = [](const std::string& name) { return name.empty() ? Json() : Json(name); };
  Json::Array case_columns;
  for (const std::string& name : log.columns.case_columns) case_columns.emplace_back(name);
  return Json::Object{{"case", std::move(case_columns)},
                      {"activity", column(log.columns.activity)},
                      {"timestamp", column(log.columns.timestamp)},
                      {"start", column(log.columns.start)},
                      {"resource", column(log.columns.resource)},
                      {"lifecycle", column(log.columns.lifecycle)},
                      {"instance", column(log.columns.instance)}};
}

Json changes_json(const EventLog& log) {
  const LogChanges& changes = log.changes;
  Json where;
  if (!changes.condition.empty()) {
    where = Json::Object{{"condition", changes.condition},
                         {"level", changes.by_case ? "case" : "event"},
                         {"cases_before", changes.cases_before},
                         {"events_before", changes.events_before}};
  }
  Json map;
  if (!changes.activity_map.empty()) {
    Json::Array unused;
    for (const std::string& name : changes.unused_names) unused.emplace_back(name);
    map = Json::Object{{"file", changes.activity_map},
                       {"events_left_out", changes.events_left_out},
                       {"unused_names", std::move(unused)}};
  }
  return Json::Object{{"where", std::move(where)}, {"activity_map", std::move(map)}};
}

/// Names that differ in case or width only are mostly one.
std::vector<std::string> alike_notes(const EventLog& log) {
  std::vector<std::string> notes;
  const auto look = [&](const StringPool& names, std::string_view what) {
    std::string list;
    for (const auto& [one, other] : alike_names(names))
      add_item(list, fmt::format("'{}' and '{}'", printable(one), printable(other)));
    if (!list.empty())
      notes.push_back(fmt::format("{} that differ only in case or width: {}", what, list));
  };
  look(log.activities, "activities");
  look(log.resources, "resources");
  return notes;
}

std::vector<std::string> change_notes(const EventLog& log) {
  std::vector<std::string> notes;
  if (!log.other_sheets.empty()) notes.push_back(other_sheets_note(log));
  const LogChanges& changes = log.changes;
  if (!changes.condition.empty()) {
    notes.push_back(changes.by_case
                        ? fmt::format("only cases where {}: {} of {}", printable(changes.condition),
                                      log.case_count(), changes.cases_before)
                        : fmt::format("only events where {}: {} of {}, in {} of {} cases",
                                      printable(changes.condition), log.size(),
                                      changes.events_before, log.case_count(),
                                      changes.cases_before));
  }
  notes.insert(notes.end(), changes.unread.begin(), changes.unread.end());
  if (changes.activity_map.empty()) return notes;
  std::string note = fmt::format("activities are renamed by '{}'", printable(changes.activity_map));
  if (changes.events_left_out > 0)
    note += fmt::format("; {} events are left out by it", changes.events_left_out);
  notes.push_back(std::move(note));
  if (changes.unused_names.empty()) return notes;
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t at = 0; at < std::min(most, changes.unused_names.size()); ++at) {
    add_item(list, fmt::format("'{}'", printable(changes.unused_names[at])));
  }
  notes.push_back(fmt::format("'{}' names activities that the log does not have: {}{}",
                              printable(changes.activity_map), list,
                              changes.unused_names.size() > most ? " …" : ""));
  return notes;
}

/// What the file could not be read once more for.
std::string late_note(const LogQuality& quality) {
  std::string list;
  for (const std::string& name : quality.late_members)
    add_item(list, fmt::format("'{}'", printable(name)));
  return fmt::format(
      "members that first occur late, from line {} on, are not read: {}; give the "
      "log as a plain file in UTF-8, neither piped nor packed",
      quality.late_line, list);
}

/// What was cut off, taken to be missing, turned round or not understood.
std::vector<std::string> cleaning_notes(const EventLog& log) {
  const LogQuality& quality = log.quality;
  std::vector<std::string> notes;
  if (quality.time_by_values) {
    notes.push_back(
        fmt::format("no column is called like the time of an event; '{}' holds times and is taken "
                    "(--timestamp)",
                    printable(log.columns.timestamp)));
  }
  if (quality.cut_values > 0) {
    notes.push_back(
        fmt::format("blanks at the ends of {} are cut off",
                    counted(quality.cut_values, "id, name or value", "ids, names and values")));
  }
  if (quality.missing_words > 0) {
    notes.push_back(fmt::format(
        "{} such as '{}' {} taken to be missing ([log] missing in gemba.toml)",
        counted(quality.missing_words, "value", "values"), printable(quality.first_missing_word),
        quality.missing_words == 1 ? "is" : "are"));
  }
  if (quality.bad_starts > 0) {
    notes.push_back(fmt::format("{} cannot be read and {} left out: '{}' (line {})",
                                counted(quality.bad_starts, "start time", "start times"),
                                quality.bad_starts == 1 ? "is" : "are",
                                quality.first_bad_start.reason, quality.first_bad_start.line));
  }
  if (quality.newest_first) {
    notes.push_back(
        "the file runs backwards in time: events with equal times are read from the bottom up");
  }
  for (const StrangeWord& each : quality.strange_transitions) {
    notes.push_back(fmt::format("'{}' is no lifecycle transition that is known: {} {} no step",
                                printable(each.word), counted(each.count, "event", "events"),
                                each.count == 1 ? "is" : "are"));
  }
  if (quality.repeated_traces > 0) {
    notes.push_back(
        fmt::format("{} the name of a trace before: traces of one name count as one case",
                    counted(quality.repeated_traces, "trace has", "traces have")));
  }
  if (!quality.late_members.empty()) notes.push_back(late_note(quality));
  for (std::string& note : alike_notes(log)) notes.push_back(std::move(note));
  return notes;
}

std::vector<std::string> log_notes(const EventLog& log) {
  const LogQuality& quality = log.quality;
  std::vector<std::string> notes = {mapping_note(log)};
  if (!log.has_times()) {
    notes.push_back(
        "the log has no times: events keep the order of the file, and there are counts but no "
        "durations");
  } else if (quality.times_without_offset > 0 && quality.times_with_offset > 0) {
    notes.push_back(
        fmt::format("{} times have an offset and {} have none; those are taken to be in {}",
                    quality.times_with_offset, quality.times_without_offset, log.timezone));
  } else if (quality.times_without_offset > 0) {
    notes.push_back(
        fmt::format("times have no offset and are taken to be in {} (--tz)", log.timezone));
  } else {
    notes.push_back("times have offsets, which are honoured");
  }
  if (log.date_order != DateOrder::undecided) {
    notes.push_back(fmt::format("dates such as 1/5/2026 begin with the {} (--time-format)",
                                log.date_order == DateOrder::day_first ? "day" : "month"));
  }
  if (log.encoding != "UTF-8" && !log.encoding.empty())
    notes.push_back(fmt::format("the file is in {} (--encoding)", log.encoding));
  if (!log.sheet.empty()) {
    notes.push_back(
        fmt::format("sheet '{}' of the workbook is read (--sheet)", printable(log.sheet)));
  }
  if (quality.lines_before_header > 0) {
    const bool is_sheet = !log.sheet.empty();
    notes.push_back(fmt::format("{} before the header {} passed over",
                                counted(quality.lines_before_header, is_sheet ? "row" : "line",
                                        is_sheet ? "rows" : "lines"),
                                quality.lines_before_header == 1 ? "is" : "are"));
  }
  for (std::string& note : cleaning_notes(log)) notes.push_back(std::move(note));
  for (std::string& note : change_notes(log)) notes.push_back(std::move(note));
  if (quality.bad_rows > 0) {
    notes.push_back(fmt::format("{} of {} rows could not be read and are left out",
                                quality.bad_rows, quality.rows));
  }
  return notes;
}

}  // namespace gemba::inline report
