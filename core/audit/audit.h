#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba {

/// What an audit of one process found.
struct Audit {
  Expected before;             ///< as the process is
  Expected after;              ///< with the changes of `applied` made
  std::int64_t log_cases = 0;  ///< cases of the log that the figures rest on; 0 without a log
  std::vector<Finding>
      findings;  ///< most hours saved first, then most cases touched, then by code and place
  std::vector<std::size_t> applied;  ///< positions of the findings whose changes go together
  Saves total;  ///< of all changes in `applied` at once: nothing is counted twice
  std::vector<std::string> notes;  ///< what the figures rest on, and what could not be looked at
};

/// Runs every heuristic that the configuration has on for a document at `path` (as its patterns see
/// it). What a finding saves is computed by applying its change and evaluating the process again. A
/// process whose flow is incomplete is not audited: a note says so. `profile` may be null.
Audit audit(const Process& process, const Profile* profile, const Config& config,
            std::string_view path = {});

/// Whether finding `a` comes before `b` in a report.
bool ranks_before(const Finding& a, const Finding& b);

}  // namespace gemba
