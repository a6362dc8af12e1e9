#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

LogConfig overlay(const LogConfig& over, const LogConfig& under) {
  const auto first = [](const std::string& a, const std::string& b) { return a.empty() ? b : a; };
  return {.timezone = first(over.timezone, under.timezone),
          .time_format = first(over.time_format, under.time_format),
          .encoding = first(over.encoding, under.encoding),
          .sheet = first(over.sheet, under.sheet),
          .case_column = first(over.case_column, under.case_column),
          .activity_column = first(over.activity_column, under.activity_column),
          .timestamp_column = first(over.timestamp_column, under.timestamp_column),
          .start_column = first(over.start_column, under.start_column),
          .resource_column = first(over.resource_column, under.resource_column),
          .lifecycle_column = first(over.lifecycle_column, under.lifecycle_column),
          .missing = over.missing ? over.missing : under.missing};
}

}  // namespace gemba::inline eventlog
