#pragma once
#include <cstdint>
#include "core/eventlog/event_log.h"
#include "core/model/process.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// What `gemba replay` found: the verdict on the KPIs of the document, and the log's profile on it,
/// step by step, with the most frequent variants that depart, or all variants.
/// `parts` says what of the report is looked at; tables list at most so many breaches of SLAs.
Report replay_report(const Process& process, const EventLog& log, const Profile& profile,
                     bool all_variants = false, ReportParts parts = ReportParts::everything,
                     std::size_t most_breaches = SIZE_MAX);

}  // namespace gemba::inline report
