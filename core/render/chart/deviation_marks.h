#pragma once
#include "core/render/chart/chart.h"
#include "core/replay/profile.h"

namespace gemba::inline render {

/// The colour of print about a deviation.
inline constexpr const char* alert_colour = "#B91C1C";

/// Shows in the chart of a process where the cases of a log depart from it: at each step which
/// share of the cases skipped it (as the profile's conformance has it), or that it never occurs;
/// and in legends what that means, and the most frequent activities that no step claims.
void show_deviations(Chart& chart, const Profile& profile, const ChartOptions& options);

}  // namespace gemba::inline render
