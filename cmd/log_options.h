#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "core/eventlog/query/instances.h"
#include "core/eventlog/read_log.h"
#include "core/model/process.h"
#include "core/replay/replay.h"

namespace gemba::inline cmd {

/// How a command reads an event log.
struct LogOptions {
  LogConfig columns;
  std::vector<std::string> column_names;
  std::string where, activity_map;
  std::string lifecycle = "auto";
  std::size_t jobs = 0;
  bool skip_bad_rows = false;
};

/// Refuses an option without a value: `--where ''` would silently do nothing.
CLI::Validator not_empty();

/// Adds `--case`, `--activity`, … `--tz`, `--where`, `--lifecycle` and `--skip-bad-rows` to a
/// command.
void bind_log(CLI::App& app, LogOptions& options);

/// Reads a log, renames its activities and leaves out what the options leave out; `configured` is
/// what gemba.toml says, `attributes` are further columns to keep, and those of `optional` where
/// they exist. Bad rows are shown on `env.err`;
/// unless they are to be skipped, they end the run with an `Error`.
EventLog read_log(const std::string& path, const LogOptions& options, const LogConfig& configured,
                  Env& env, const std::vector<std::string>& attributes = {},
                  const std::vector<std::string>& optional = {});

/// The profile that the log at `path` gives of a process; none without a path. `optional` as in
/// `read_log`.
std::optional<Profile> read_profile(const Process& process, const std::string& path,
                                    const LogOptions& options, const LogConfig& configured,
                                    Env& env, ReplayParts parts,
                                    const std::vector<std::string>& optional = {});

/// The lifecycle mode asked for.
LifecycleMode mode_of(const LogOptions& options);

}  // namespace gemba::inline cmd
