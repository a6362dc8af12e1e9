#pragma once
#include "core/columns/summary.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Groups of fewer cases than this are shown without quantiles above the median.
inline constexpr std::int64_t smallest_group = 5;

/// A set of durations as the statistics object of every JSON report, in seconds: count, mean,
/// median, min, max, stdev, sum, p75, p90, p95, p99. Without values all but count and sum are null;
/// below two, stdev is.
Json summary_json(const Summary& summary);

}  // namespace gemba::inline report
