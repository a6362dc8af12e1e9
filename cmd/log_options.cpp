#include "cmd/log_options.h"

#include <fmt/format.h>

#include <ostream>

#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/replay/replay.h"

namespace gemba {
namespace {

bool names_columns(const LogConfig& log) {
  return !(log.case_column + log.activity_column + log.timestamp_column + log.start_column +
           log.resource_column + log.lifecycle_column)
              .empty();
}

void show_bad_rows(const EventLog& log, Env& env) {
  for (const BadRow& row : log.quality.bad_examples) {
    env.err << fmt::format("{}:{}: {}\n", printable(log.path), row.line, printable(row.reason));
  }
  const auto shown = static_cast<std::int64_t>(log.quality.bad_examples.size());
  if (log.quality.bad_rows > shown) {
    env.err << fmt::format("… and {} more rows that cannot be read\n",
                           log.quality.bad_rows - shown);
  }
}

}  // namespace

void bind_log(CLI::App& app, LogOptions& options) {
  const auto column = [&](const char* name, std::string& value, const char* help) {
    app.add_option(name, value, help)->type_name("COLUMN");
  };
  column("--case", options.columns.case_column, "Column with the case id");
  column("--activity", options.columns.activity_column, "Column with the activity");
  column("--timestamp", options.columns.timestamp_column, "Column with the time, or end time");
  column("--start", options.columns.start_column, "Column with the start time");
  column("--resource", options.columns.resource_column, "Column with who did it");
  column("--lifecycle-column", options.columns.lifecycle_column, "Column with start, complete …");
  app.add_option("--tz", options.columns.timezone,
                 "Zone of times without an offset, by default UTC")
      ->type_name("ZONE")
      ->envname("GEMBA_TZ");
  add_choice(app, "--lifecycle", options.lifecycle, {"auto", "events", "instances", "complete"},
             "What a step of a case is: every row, or start and complete paired");
  app.add_flag("--skip-bad-rows", options.skip_bad_rows,
               "Go on without rows that cannot be read, after showing them");
}

EventLog read_log(const std::string& path, const LogOptions& options, const LogConfig& configured,
                  Env& env) {
  EventLog log = env.timings.measure("read log", [&] {
    try {
      return read_log(path, ReadOptions{overlay(options.columns, configured), {}});
    } catch (const UsageError& error) {
      if (!names_columns(configured)) throw;
      throw UsageError(
          fmt::format("{} (gemba.toml names columns in [log]; --case, --activity … override it)",
                      error.what()));
    }
  });
  if (log.quality.bad_rows == 0) return log;
  show_bad_rows(log, env);
  if (!options.skip_bad_rows) {
    throw Error(
        fmt::format("{} of {} rows of '{}' cannot be read; mend them, or go on without them "
                    "with --skip-bad-rows",
                    log.quality.bad_rows, log.quality.rows, path));
  }
  return log;
}

std::optional<Profile> read_profile(const Process& process, const std::string& path,
                                    const LogOptions& options, const LogConfig& configured,
                                    Env& env) {
  if (path.empty()) return std::nullopt;
  const EventLog log = read_log(path, options, configured, env);
  return env.timings.measure("replay", [&] { return replay(process, log, mode_of(options)); });
}

LifecycleMode mode_of(const LogOptions& options) {
  return lifecycle_mode(options.lifecycle).value_or(LifecycleMode::automatic);
}

}  // namespace gemba
