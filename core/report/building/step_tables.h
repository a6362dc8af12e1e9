#pragma once
#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Where the time of the cases goes: the steps with the most time from enabled until ended first,
/// with their share of that of all steps, what they work and what that costs.
Table slowest_table(const Process& process, const Profile& profile);

/// One row per step and kind of time that the log has.
Table steps_table(const Process& process, const Profile& profile);

/// The times of steps in the opening hours of their calendars; closed time is what remains of the
/// sojourn times.
Table business_table(const Process& process, const Profile& profile);

/// One row per step that was waited for: how much of it has which cause. A cause that cannot be
/// told has no share.
Table causes_table(const Process& process, const Profile& profile);

/// How often each step met its SLA.
Table sla_table(const Process& process, const Profile& profile);

/// Instances that took longer than their SLA, with their cases, at most so many: the longest beyond
/// it first.
Table breaches_table(const Process& process, const EventLog& log, const Profile& profile,
                     std::size_t most);

/// Work that was done again in the same case.
Table rework_table(const Process& process, const Profile& profile);

/// Times from step to step, the most frequent first.
Table edges_table(const Process& process, const Profile& profile);

}  // namespace gemba::inline report
