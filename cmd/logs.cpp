#include "cmd/logs.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cmd/progress.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/conditions/expression.h"
#include "core/eventlog/missing_column.h"
#include "core/eventlog/query/activity_names.h"
#include "core/eventlog/query/selection.h"
#include "core/eventlog/read_log.h"
#include "core/report/building/log_json.h"

namespace gemba::inline cmd {
namespace {

/// Whether gemba.toml names a column.
bool names_column(const LogConfig& configured, const std::string& column) {
  const std::string* named[] = {&configured.case_column,      &configured.activity_column,
                                &configured.timestamp_column, &configured.start_column,
                                &configured.resource_column,  &configured.lifecycle_column};
  return !column.empty() && std::any_of(std::begin(named), std::end(named),
                                        [&](const auto* each) { return *each == column; });
}

/// `log.csv:17`, `log.xlsx: Sheet1 row 17`.
std::string place_of(const EventLog& log, const BadRow& row) {
  if (log.sheet.empty()) return fmt::format("{}:{}", printable(log.path), row.line);
  return fmt::format("{}: {} row {}", printable(log.path), printable(log.sheet), row.line);
}

void show_bad_rows(const EventLog& log, Env& env) {
  for (const BadRow& row : log.quality.bad_examples) {
    env.err << fmt::format("{}: {}\n", place_of(log, row), printable(row.reason));
  }
  const auto shown = static_cast<std::int64_t>(log.quality.bad_examples.size());
  if (log.quality.bad_rows > shown) {
    env.err << fmt::format("… and {} more rows that cannot be read\n",
                           log.quality.bad_rows - shown);
  }
}

/// The condition of `--where`, with the place of what is wrong in it.
Expr parse_where(const std::string& text) {
  auto parsed = parse_expression(text);
  if (auto* expression = std::get_if<Expr>(&parsed)) return std::move(*expression);
  const auto& error = std::get<ExprError>(parsed);
  const std::size_t column = display_width(std::string_view(text).substr(0, error.offset));
  throw UsageError(fmt::format("--where is no condition: {}\n  {}\n  {:>{}}", error.message, text,
                               "^", column + 1));
}

/// Whether the condition of `--where` names a column.
bool names_column(const std::string& where, const std::string& column) {
  return !where.empty() && uses_name(parse_where(where), column);
}

void refuse_twice(const std::vector<std::string>& column_names) {
  for (auto name = column_names.begin(); name != column_names.end(); ++name) {
    if (name->empty() || std::find(column_names.begin(), name, *name) == name) continue;
    throw UsageError(fmt::format(
        "--columns names '{}' twice; give every column a name of its own, or an empty one", *name));
  }
}

ReadOptions read_options(const LogOptions& options, const LogConfig& configured,
                         const std::vector<std::string>& attributes,
                         const std::vector<std::string>& optional, Env& env) {
  ReadOptions how;
  how.log = overlay(options.columns, configured);
  how.column_names = options.column_names;
  how.sheet = options.sheet;
  refuse_twice(how.column_names);
  how.threads = options.jobs;
  how.timings = &env.timings;
  how.attributes = attributes;
  const auto keep = [&](std::string_view name) {
    if (std::find(how.attributes.begin(), how.attributes.end(), name) == how.attributes.end())
      how.attributes.emplace_back(name);
  };
  if (!options.where.empty()) {
    const Expr condition = parse_where(options.where);
    const std::vector<std::string_view> names = names_in(condition);
    if (names.empty())
      throw UsageError("--where names no column of the log: it would keep everything or nothing");
    std::for_each(names.begin(), names.end(), keep);
  }
  how.optional_from = how.attributes.size();
  std::for_each(optional.begin(), optional.end(), keep);
  return how;
}

EventLog read_file(const std::string& path, const ReadOptions& how, const LogConfig& configured,
                   const std::string& where, Env& env) {
  try {
    return read_log_watched(path, how, env);
  } catch (const MissingColumn& error) {
    if (names_column(where, error.column())) {
      throw UsageError(fmt::format("{} (in a condition, a text stands in quotes)", error.what()));
    }
    if (!names_column(configured, error.column())) throw;
    throw UsageError(fmt::format(
        "{} (gemba.toml names columns in [log]; --case, --activity … override it)", error.what()));
  }
}

void refuse_bad_rows(const EventLog& log, bool skip, Env& env) {
  if (log.quality.bad_rows == 0) return;
  show_bad_rows(log, env);
  if (log.size() == 0) {
    throw Error(fmt::format(
        "no row of '{}' can be read; see first whether columns and times are read the right "
        "way (--case, --activity, --timestamp, --time-format)",
        log.path));
  }
  if (skip) return;
  throw Error(
      fmt::format("{} of {} rows of '{}' cannot be read; mend them, or go on without them "
                  "with --skip-bad-rows",
                  log.quality.bad_rows, log.quality.rows, log.path));
}

EventLog keep_matching(const EventLog& log, const std::string& where) {
  const Matches matches = find_matches(log, parse_where(where));
  if (matches.events.empty()) {
    const std::string unread =
        matches.unread.empty()
            ? ""
            : fmt::format(" ('{}' is no number in {}: {})", matches.unread.front().column,
                          counted(matches.unread.front().events, "event", "events"),
                          example_of(matches.unread.front()));
    throw UsageError(
        fmt::format("--where '{}' holds for no event of '{}'{}; look at the column's values with "
                    "gemba stats --by COLUMN",
                    where, log.path, unread));
  }
  EventLog kept = select_events(log, matches.events);
  kept.changes.condition = where;
  kept.changes.by_case = matches.by_case;
  for (const UnreadNumbers& each : matches.unread) {
    kept.changes.unread.push_back(
        fmt::format("'{}' is no number in {}, which the condition leaves out: {}", each.column,
                    counted(each.events, "event", "events"), example_of(each)));
  }
  kept.changes.cases_before = static_cast<std::int64_t>(log.case_count());
  kept.changes.events_before = static_cast<std::int64_t>(log.size());
  return kept;
}

}  // namespace

EventLog read_log(const std::string& path, const LogOptions& options, const LogConfig& configured,
                  Env& env, const std::vector<std::string>& attributes,
                  const std::vector<std::string>& optional) {
  // A file of names that cannot be read should be known before a large log is.
  std::optional<ActivityNames> names;
  if (!options.activity_map.empty()) names = read_activity_names(options.activity_map);
  EventLog log = read_file(path, read_options(options, configured, attributes, optional, env),
                           configured, options.where, env);
  refuse_bad_rows(log, options.skip_bad_rows, env);
  if (names) {
    log = env.timings.measure("rename", [&] { return rename_activities(log, *names); });
    if (log.size() == 0)
      throw UsageError(fmt::format("'{}' leaves out all events of '{}'", names->path, log.path));
  }
  if (!options.where.empty())
    log = env.timings.measure("where", [&] { return keep_matching(log, options.where); });
  return log;
}

std::optional<Profile> read_profile(const Process& process, const std::string& path,
                                    const LogOptions& options, const LogConfig& configured,
                                    Env& env, ReplayParts parts,
                                    const std::vector<std::string>& optional) {
  if (path.empty()) return std::nullopt;
  const EventLog log = read_log(path, options, configured, env, {}, optional);
  // The profile does not know its log: what it was made of is said here.
  for (const std::string& note : change_notes(log)) complain(env, "note", note);
  parts.threads = thread_count(options.jobs);
  return env.timings.measure("replay",
                             [&] { return replay_log(process, log, mode_of(options), parts); });
}

LifecycleMode mode_of(const LogOptions& options) {
  return lifecycle_mode(options.lifecycle).value_or(LifecycleMode::automatic);
}

}  // namespace gemba::inline cmd
