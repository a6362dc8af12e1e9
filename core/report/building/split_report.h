#pragma once
#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// The figures of every period, as machines read them; null when they were not asked for.
Json over_json(const Process& process, const std::optional<PeriodSeries>& over);

/// The tables of hours by weekdays, a list of 24 figures for each day from Monday on; null when
/// they were not asked for.
Json week_hours_json(const std::optional<WeekHours>& hours);

/// The figures of every value of a column; null when they were not asked for.
Json segments_json(const Process& process, const std::optional<Segments>& segments);

/// Adds the tables of segments, periods and hours by weekdays that were asked for, and a note on
/// the zone whose calendar the latter two follow.
void add_split_tables(const Process& process, const EventLog& log, const Profile& profile,
                      Report& report);

}  // namespace gemba::inline report
