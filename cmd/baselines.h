#pragma once
#include <string>
#include <vector>

#include "cmd/bind/baseline_options.h"
#include "cmd/env.h"
#include "core/findings/baseline.h"

namespace gemba::inline cmd {

/// What is accepted; nothing while a new file is written, which takes over all findings. Throws
/// `Error` for a file that cannot be read, `UsageError` for one that is no baseline.
Baseline accepted_findings(const BaselineOptions& options);

/// Says that findings of the baseline are gone, if some are.
void note_gone(const BaselineOptions& options, std::size_t gone, Env& env);

/// Writes all findings as accepted; those that were keep their reasons. Throws `Error` when the
/// file cannot be written.
void save_baseline(const BaselineOptions& options, const std::vector<std::string>& fingerprints,
                   Env& env);
void save_baseline(const BaselineOptions& options, const Diagnostics& found, Env& env);

}  // namespace gemba::inline cmd
