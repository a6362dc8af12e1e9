#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/eventlog/query/instances.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/profile.h"

namespace gemba::inline replay {

/// What of a profile takes time of its own.
struct ReplayParts {
  bool causes = true;  ///< of waiting, in interval logs
  /// How to align the variants, when wanted.
  std::optional<ConformanceOptions> conformance = std::nullopt;
  /// By which all times count, instead of the calendars of the roles.
  std::optional<CalendarId> calendar = std::nullopt;
  std::optional<PeriodUnit> over = std::nullopt;  ///< periods to give all figures of, when wanted
  bool week_hours = false;                        ///< when in the week things happen
  bool amounts = true;                            ///< that approvals judged
  bool kpis = true;                               ///< of the document
  std::size_t threads = 1;
  std::size_t most_breaches = SIZE_MAX;  ///< of the SLA of each step: the longest are listed
  std::string by = {};  ///< column, or `resource`, to give all figures by; empty: none
};

/// Holds a log against a process document: figures per step, per edge, shares of flows, what does
/// not fit.
///
/// A step is enabled at the latest end among the instances that the model says precede it in the
/// case, since the step itself last occurred; when there are none, at the end of the directly
/// preceding event. An instance that never ended enables nothing. The first step of a case has no
/// such moment, hence no sojourn and no waiting time. Sojourn is end − enabled, waiting start −
/// enabled, service end − start (minus suspensions). Nothing is clamped. SLAs are judged from
/// enabled until ended: in elapsed time, or, when they are given in business time, by the calendar
/// of the step's role (without one they are not judged). With a calendar, all times of a step are
/// also counted in its opening hours; there, times before they began are 0.
///
/// The share of a flow is the fraction of passes through its step that took it, told by which step
/// enabled which; flows of a step that the log never passes have share −1. `mode` may be
/// `automatic`. KPIs are measured as `measure_kpis` says, also in every part of the log by period
/// or by a column of its cases.
Profile replay_log(const Process& process, const EventLog& log, LifecycleMode mode,
                   const ReplayParts& parts = {});

}  // namespace gemba::inline replay
