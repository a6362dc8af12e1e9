#pragma once
#include <string>
#include <string_view>

#include "cmd/bind/output_options.h"
#include "cmd/env.h"
#include "core/base/source.h"
#include "core/report/report.h"

namespace gemba::inline cmd {

/// Writes bytes to a file, or to standard output for `-`. A file is written beside its place and
/// renamed, so that an interrupted run leaves the old file or the new one. Throws `Error` when it
/// cannot be written.
void write_output(const std::string& path, std::string_view bytes, Env& env);

/// Writes a report in the format asked for.
void write_report(const Report& report, const Sources& sources, const OutputOptions& options,
                  Env& env);

}  // namespace gemba::inline cmd
