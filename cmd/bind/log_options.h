#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "cmd/bind/arguments.h"
#include "core/model/config.h"

namespace gemba::inline cmd {

/// How a command reads an event log.
struct LogOptions {
  LogConfig columns;
  std::vector<std::string> column_names;
  std::string sheet, where, activity_map;
  std::string lifecycle = "auto";
  std::size_t jobs = 0;
  bool skip_bad_rows = false;
};

/// Adds `--case`, `--activity`, … `--sheet`, `--tz`, `--where`, `--lifecycle` and `--skip-bad-rows` to a
/// command.
void bind_log(Arguments& arguments, LogOptions& options);

}  // namespace gemba::inline cmd
