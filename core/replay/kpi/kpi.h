#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/model/process.h"

namespace gemba::inline replay {

/// What the value of a KPI counts.
enum class KpiUnit : std::uint8_t { seconds, business_seconds, business_days, fraction, number };

/// `seconds`, `business_seconds` … as machines read them.
std::string_view to_string(KpiUnit unit);

/// Cases that a KPI leaves out, and why.
struct KpiExclusion {
  std::string reason;  ///< `'inform' is not done after 'receive'`
  std::int64_t cases = 0;
};

/// A KPI measured on a log.
struct KpiResult {
  KpiUnit unit = KpiUnit::number;
  std::optional<double> value;            ///< none when no case counts
  std::int64_t n = 0;                     ///< cases that count: the denominator of a share
  std::optional<std::int64_t> numerator;  ///< of a share: cases that have what it asks for
  std::vector<KpiExclusion> excluded;     ///< the other cases of the log
  Micros first = no_time;                 ///< first and last moment of the cases that count
  Micros last = no_time;
  std::optional<bool> met;         ///< none without a target or without a value
  std::string problem;             ///< why nothing can be measured; else empty
  std::vector<std::string> notes;  ///< what else the reader of the value has to know
};

/// The columns of a log that KPIs are means of, each once.
std::vector<std::string> kpi_columns(const Process& process);

/// Stands for the group of a case that belongs to none.
inline constexpr std::uint32_t no_group = 0xFFFF'FFFF;

/// Groups of cases, each known by a number.
struct CaseGroups {
  std::span<const std::uint32_t> of_case;  ///< by CaseId: below `count`, or `no_group`
  std::size_t count = 0;
};

/// Measures the KPIs of a document on a log, in every one of several groups of its cases with at
/// least one instance: by group, then by position in `Process::kpis`. `mode` may be `automatic`.
/// Takes a pass over the log, none when there are no KPIs.
///
/// - Time: per case, from the first end of step `from` to the first end of step `to` after it (with
///   one time per event, these are the ends). The moment when the case begins, its first start or
///   time, stands for a `from` that is a start step, that the log never shows, or that is not
///   given; the case's last moment for a `to` that is not given. Cases without one of the two do
///   not count. With a target in business time, the calendar of the role of `to` counts, else
///   elapsed time. The value is the `stat` of the times; quantiles are of type 7, as in `Summary`.
/// - Share: cases in which every step of `with` occurs and none of `without`, of all cases.
/// - Mean: of the first number that the column has in each case; cases without a number do not
///   count. The column may be an attribute of XES traces.
///
/// A target is met by values within 10⁻¹² of its limit (relative, for limits above 1): sums of
/// shares carry rounding errors. Throws `UsageError` when the zone of a calendar does not exist.
///
/// What the log never shows in any group counts as never shown.
std::vector<std::vector<KpiResult>> measure_kpis(const Process& process, const EventLog& log,
                                                 LifecycleMode mode, const CaseGroups& groups,
                                                 std::size_t threads = 1);

}  // namespace gemba::inline replay
