#pragma once
#include "core/eventlog/event_log.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Which column or attribute each part of an event was read from; null for parts that the log does
/// not have.
Json columns_json(const EventLog& log);

/// The sentences that every report on a log must say: columns and time zone used, rows left out,
/// mixed offsets.
std::vector<std::string> log_notes(const EventLog& log);

/// What was left out of the log or renamed after it was read.
Json changes_json(const EventLog& log);

/// The same in words, and which sheets of a workbook were not read; nothing where the log is as it
/// was read, and all of it.
std::vector<std::string> change_notes(const EventLog& log);

}  // namespace gemba::inline report
