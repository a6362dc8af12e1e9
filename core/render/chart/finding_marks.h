#pragma once
#include <string>

#include "core/base/diagnostic.h"
#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// The colour of a level: red, amber, blue.
std::string level_colour(Level level);

/// Shows findings about a process in its chart (or one in which it is compared): a badge at each
/// step that has any, and a legend that counts them. Findings about no step are only counted.
void show_findings(Chart& chart, const Process& process, const Diagnostics& findings,
                   const ChartOptions& options);

}  // namespace gemba::inline render
