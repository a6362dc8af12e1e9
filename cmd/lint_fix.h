#pragma once
#include <string>

#include "cmd/env.h"
#include "core/report/report.h"
#include "core/workspace/mend.h"

namespace gemba::inline cmd {

/// Says in a report how much was mended, and whether `write_mended` could write all of it.
void report_mended(const Mender& mender, bool all_written, Report& report);

/// Says in a report for people how many findings could be mended.
void report_fixable(Report& report);

/// Writes the mended texts to their files, and the one of standard input, called `piped`, to
/// `env.out`, mended or not. Says on `env.err` what could not be written, which is left as it was;
/// false then.
bool write_mended(const Mender& mender, const std::string& piped, Env& env);

}  // namespace gemba::inline cmd
