#include "core/report/log_json.h"

#include <fmt/format.h>

#include "core/base/text.h"

namespace gemba {
namespace {

std::string mapping_note(const EventLog& log) {
  std::string list;
  const auto add = [&](std::string_view part, const std::string& column) {
    if (column.empty()) return;
    list += fmt::format("{}{} '{}'", list.empty() ? "" : ", ", part, printable(column));
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
  if (quality.bad_rows > 0) {
    notes.push_back(fmt::format("{} of {} rows could not be read and are left out",
                                quality.bad_rows, quality.rows));
  }
  return notes;
}

}  // namespace gemba
