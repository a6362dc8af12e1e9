#pragma once
#include <string>
#include <string_view>

#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// Reads a log (`-` is standard input). Compression and format are told by content, not by name.
/// Rows that cannot be read are counted in `quality`. Throws `Error` (unreadable or damaged input,
/// a needed column not found) or `MissingColumn` (a named column does not exist) or another
/// `UsageError` (ambiguous columns, an unknown time zone).
EventLog read_log(const std::string& path, const ReadOptions& options = {});

/// Reads a log that is already in memory; `name` stands for its path in messages.
EventLog read_log_text(std::string_view bytes, std::string name, const ReadOptions& options = {});

}  // namespace gemba::inline eventlog
