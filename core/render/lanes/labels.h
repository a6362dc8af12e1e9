#pragma once
#include <optional>
#include <vector>

#include "core/render/chart/geometry.h"
#include "core/render/lanes/grid.h"

namespace gemba::inline render {

/// A label to be placed beside its edge. Coordinates as in `Frame`: x over the lanes, y along the
/// flow.
struct LabelTask {
  std::size_t edge = 0;
  Size size;
  bool at_entry = false;  ///< beside the last line instead of the first
};

/// What labels must keep clear of.
struct LabelScene {
  const std::vector<Polyline>& edges;
  const std::vector<Rect>& nodes;
  Rect bounds;  ///< where labels may stand
  Direction direction = Direction::down;
};

/// Finds room for each label beside its edge: at the exit if it is free, else further along, on no
/// line, node or other label. Where nothing is free, the place that covers least. By edge; none for
/// edges without a task.
std::vector<std::optional<Rect>> place_labels(const LabelScene& scene,
                                              const std::vector<LabelTask>& tasks);

}  // namespace gemba::inline render
