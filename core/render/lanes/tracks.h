#pragma once
#include <vector>

#include "core/render/chart/sizes.h"
#include "core/render/lanes/grid.h"
#include "core/render/lanes/routing.h"

namespace gemba::inline render {

/// A straight part of a route: on the upright lattice line `x = line` or the level one `y = line`,
/// from one end to the other in the order of the route.
struct Segment {
  bool level = false;
  int line = 0;
  int from = 0;
  int to = 0;
  std::size_t strip = 0;  ///< where it is drawn

  int low() const { return from < to ? from : to; }
  int high() const { return from < to ? to : from; }
};

/// Segments of one net that are drawn as one line.
struct Strip {
  bool level = false;
  int line = 0;
  int low = 0;
  int high = 0;
  std::size_t net = 0;
  /// Edge, position in its segments.
  std::vector<std::pair<std::size_t, std::size_t>> members = {};
  int track = 0;  ///< in a channel: 0 is the left or upper one; in the middle of cells: 0 is the
                  ///< centre line
  double offset = 0;  ///< in the middle of cells: points from the centre line
};

struct Tracks {
  std::vector<std::vector<Segment>> segments;  ///< by edge
  std::vector<Strip> strips;
  std::vector<int> upright_counts;  ///< tracks by upright lattice line (channels only)
  std::vector<int> level_counts;    ///< tracks by level lattice line (channels only)
};

inline constexpr double track_pitch = 10;  ///< between lines side by side

/// Gives every strip a track, so that strips of different nets never lie on each other, in an order
/// that crosses little (after the nudging of Wybrow, Marriott and Stuckey 2009).
Tracks assign_tracks(const Chart& chart, const std::vector<NodeSize>& sizes, const Routes& routes);

}  // namespace gemba::inline render
