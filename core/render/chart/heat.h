#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// Fill and border on the heat scale: 0 is cool, 1 is hot. Tells colour-blind readers apart by
/// lightness too.
struct HeatColour {
  std::string fill, border;
};
HeatColour heat_colour(double heat);

/// What the log says about each step: the figure in seconds, money or cases, and its place on the
/// scale (logarithmic, 0 to 1). None for steps the log never shows, and for those whose figure
/// nobody can know. Waiting is the median; the cost of a step is its service time by the hourly
/// rate of its role, per case of the log, so that the steps add up to what a case costs.
struct HeatFigure {
  double value = 0;
  double heat = 0;
};
std::vector<std::optional<HeatFigure>> heat_figures(const Process& process, const Profile& profile,
                                                    HeatMetric metric);

/// Throws `UsageError` when a log or a process cannot give the figure for any step: waiting and
/// cost need start times in the log, cost a role with a rate.
void require_figures(const Process& process, const Profile& profile, HeatMetric metric);

/// A figure in words: `2h 14m`, `1,204 件`, or `12.5`.
std::string heat_text(double value, HeatMetric metric, bool chinese);

/// The legend of a scale, or none when no step has a figure.
std::optional<Legend> heat_legend(const std::vector<std::optional<HeatFigure>>& figures,
                                  HeatMetric metric, bool chinese);

}  // namespace gemba::inline render
