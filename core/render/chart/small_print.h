#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// Working time, waiting time and SLA of a step, each when it has one (the SLA when `options.show`
/// asks for it): `2m`, `等待 4h`, `SLA ≤1 工作日`.
std::vector<std::string> step_times(const Step& step, const ChartOptions& options);

/// What stands under a step's name, wrapped: `figures`, the limit of an approval's role for what it
/// approves, and what `options.show` asks for.
std::vector<std::string> small_print(const Step& step, const Process& process,
                                     const ChartOptions& options, std::vector<std::string> figures);

}  // namespace gemba::inline render
