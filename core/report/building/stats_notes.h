#pragma once
#include <string>
#include <vector>

#include "core/eventlog/query/log_statistics.h"

namespace gemba::inline report {

/// How a log was understood, and what is remarkable about its data.
std::vector<std::string> stats_notes(const EventLog& log, const LogStatistics& found);

}  // namespace gemba::inline report
