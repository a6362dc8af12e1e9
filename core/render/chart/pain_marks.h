#pragma once
#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// Shows what people say about the steps of a process in its chart: at each step how often it was
/// said, with the words said most, all of it in the tooltip; a legend counts. Comes before
/// deviations are shown.
void show_pains(Chart& chart, const Process& process, const ChartOptions& options);

}  // namespace gemba::inline render
