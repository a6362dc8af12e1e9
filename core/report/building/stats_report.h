#pragma once
#include "core/eventlog/query/log_statistics.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// What is in a log: the statistics as data and tables, and how the log was understood (lifecycle
/// mode, columns, time zone, quality) as notes. Figures above the median are left out of tables
/// where they stand for fewer than `smallest_group` values; the data keeps them. With a breakdown
/// every table has its rows for each group.
Report stats_report(const EventLog& log, const LogStatistics& statistics,
                    const LogBreakdown* breakdown = nullptr,
                    ReportParts parts = ReportParts::everything);

}  // namespace gemba::inline report
