#pragma once
#include <string>

#include "cmd/env.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline cmd {

/// Reads a log like `read_log`. Where that takes longer than a second and a terminal watches, a
/// line on `env.err` says meanwhile how far it is; it is gone when this returns or throws.
EventLog read_log_watched(const std::string& path, const ReadOptions& options, Env& env);

}  // namespace gemba::inline cmd
