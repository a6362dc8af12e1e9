#pragma once
#include <string>
#include <vector>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

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

/// What a badge says: the count, or `99+`.
std::string badge_text(const Badge& badge);

/// Where a node's badge stands: on its outline at the upper left, away from its mark and from the
/// caption of a circle.
Rect badge_rect(const ChartNode& node, const Rect& outline);

/// Between the lines at a bar.
inline constexpr double bar_pitch = 24;

/// The smallest diamond, twice as wide as high, that holds a block of centred lines.
Size diamond_size(const std::vector<std::string>& lines);

}  // namespace gemba::inline render
