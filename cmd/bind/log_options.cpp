#include "cmd/bind/log_options.h"

#include "cmd/bind/common_options.h"

namespace gemba::inline cmd {
namespace {

void bind_columns(Arguments& arguments, LogOptions& options) {
  const auto column = [&](const char* name, std::string& value, const char* help) {
    arguments.add(name, value, help).value_name("COLUMN");
  };
  column("--case", options.columns.case_column, "Column with the case id; several with commas");
  column("--activity", options.columns.activity_column, "Column with the activity");
  column("--timestamp", options.columns.timestamp_column, "Column with the time, or end time");
  column("--start", options.columns.start_column, "Column with the start time");
  column("--resource", options.columns.resource_column, "Column with who did it");
  column("--lifecycle-column", options.columns.lifecycle_column, "Column with start, complete …");
  arguments
      .add("--columns", options.column_names,
           "Names of the columns of a file without a header, with commas")
      .by_commas()
      .value_name("NAMES");
  arguments
      .add(
          "--sheet", options.sheet,
          "Sheet of a workbook, by default the first visible one that names a case and an activity")
      .not_empty()
      .value_name("NAME");
}

}  // namespace

void bind_log(Arguments& arguments, LogOptions& options) {
  bind_columns(arguments, options);
  arguments.add("--tz", options.columns.timezone, "Zone of times without an offset, by default UTC")
      .value_name("ZONE")
      .environment("GEMBA_TZ");
  arguments
      .add("--time-format", options.columns.time_format,
           "auto, day-first, month-first, s, ms, us, excel, or a pattern like '%d.%m.%y %H:%M'")
      .value_name("FORMAT");
  arguments
      .add("--encoding", options.columns.encoding,
           "Encoding of the file, by default told by content")
      .value_name("NAME");
  add_choice(arguments, "--lifecycle", options.lifecycle,
             {"auto", "events", "instances", "complete"},
             "What a step of a case is: every row, or start and complete paired");
  arguments
      .add("--where", options.where,
           "Keep what a condition over columns holds for: cases, or events where a column "
           "changes within cases")
      .not_empty()
      .value_name("EXPR");
  arguments
      .add("--activity-map", options.activity_map,
           "Rename activities by a file of rows 'name in the log,name to use'")
      .not_empty()
      .value_name("FILE");
  arguments.add_flag("--skip-bad-rows", options.skip_bad_rows,
                     "Go on without rows that cannot be read, after showing them");
  add_jobs(arguments, options.jobs);
}

}  // namespace gemba::inline cmd
