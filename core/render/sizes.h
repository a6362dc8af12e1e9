#pragma once
#include <string>
#include <vector>

#include "core/render/chart.h"

namespace gemba {

/// The room a node takes. The outline (where lines end) and the caption of a circle both fit in
/// `footprint`, whose centre is the outline's centre.
struct NodeSize {
  Size outline;
  Size footprint;
};

/// Measures a node's print and gives it room to breathe.
NodeSize node_size(const ChartNode& node, Direction direction);
std::vector<NodeSize> node_sizes(const Chart& chart);

/// Where a node's mark stands: on the upper edge of its outline, near the right end.
Rect mark_rect(const Rect& outline);

/// Between the lines at a bar.
inline constexpr double bar_pitch = 24;

/// The smallest diamond, twice as wide as high, that holds a block of centred lines.
Size diamond_size(const std::vector<std::string>& lines);

}  // namespace gemba
