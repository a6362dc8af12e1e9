#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cmd/bind/log_options.h"
#include "cmd/env.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/query/instances.h"
#include "core/model/process.h"
#include "core/replay/replay.h"

namespace gemba::inline cmd {

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
