#pragma once
#include "core/eventlog/query/log_statistics.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// The statistics of a log, and of its groups where it is split, as `man/schema/stats.schema.json`
/// has them, but for the version.
Json::Object stats_json(const EventLog& log, const LogStatistics& found,
                        const LogBreakdown* breakdown);

}  // namespace gemba::inline report
