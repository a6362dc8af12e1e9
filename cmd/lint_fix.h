#pragma once
#include <string>

#include "cmd/command.h"
#include "core/report/report.h"
#include "core/workspace/mend.h"

namespace gemba::inline cmd {

/// What to do about findings that carry what mends them.
struct FixOptions {
  bool fix = false;   ///< mend the documents
  bool diff = false;  ///< show what would be mended, change nothing

  bool wanted() const { return fix || diff; }
};

/// Adds `--fix` and `--diff` to a command.
void bind_fix(CLI::App& app, FixOptions& options);

/// Says in a report how much was mended, and whether `write_mended` could write all of it.
void report_mended(const Mender& mender, bool all_written, Report& report);

/// Says in a report for people how many findings could be mended.
void report_fixable(Report& report);

/// Writes the mended texts to their files, and the one of standard input, called `piped`, to
/// `env.out`, mended or not. Says on `env.err` what could not be written, which is left as it was;
/// false then.
bool write_mended(const Mender& mender, const std::string& piped, Env& env);

}  // namespace gemba::inline cmd
