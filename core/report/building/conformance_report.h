#pragma once
#include <string>

#include "core/eventlog/event_log.h"
#include "core/model/process.h"
#include "core/replay/conform/conformance.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// How many variants a report shows unless all are asked for.
inline constexpr std::size_t variants_shown = 10;

/// Fitness, and the most frequent variants, or all.
Json conformance_json(const Conformance& conformance, const EventLog& log, bool all_variants);

/// Every deviation; `step` is the id of the step, null for an unknown activity; `from` and
/// `condition` are those of a forbidden path; `examples` are ids of cases.
Json deviations_json(const Conformance& conformance, const Process& process, const EventLog& log);

/// The verdict in one line.
std::string conformance_text(const Conformance& conformance);

/// How cases depart from the process.
Table deviation_table(const Conformance& conformance, const Process& process, const EventLog& log);

/// The most frequent variants that do not fit, or all variants.
Table variant_table(const Conformance& conformance, const EventLog& log, bool all_variants);

}  // namespace gemba::inline report
