#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/compare/compare.h"
#include "core/render/chart/chart_flow.h"

namespace gemba::inline render {

/// The colours of a change: green, red, amber; grey for what is as it was.
NodeColours change_colours(ChangeKind change);

/// The parts of a comparison that only the earlier version has.
Removed removed_parts(const Comparison& comparison);

/// Shows in the chart of a comparison's process what became of its steps, flows and lanes, and adds
/// a legend. `keys` are the lanes' roles or systems, `earlier` those that the earlier version has.
void mark_changes(Chart& chart, const Comparison& comparison,
                  const std::vector<std::optional<std::size_t>>& keys,
                  const std::vector<std::size_t>& earlier, const ChartOptions& options);

}  // namespace gemba::inline render
