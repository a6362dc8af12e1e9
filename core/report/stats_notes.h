#pragma once
#include <string>
#include <vector>

#include "core/eventlog/log_statistics.h"

namespace gemba {

/// How a log was understood, and what is remarkable about its data.
std::vector<std::string> stats_notes(const EventLog& log, const LogStatistics& found);

}  // namespace gemba
