#pragma once
#include <vector>

#include "core/render/chart/chart.h"
#include "core/render/lanes/grid.h"

namespace gemba::inline render {

/// A point of the routing lattice. Odd coordinates are the middle of a column or row of cells, even
/// ones the channel before it: `x = 2c` is the channel left of column c, `x = 2c + 1` its middle.
struct LatticePoint {
  int x = 0;
  int y = 0;
  friend bool operator==(const LatticePoint&, const LatticePoint&) = default;
};

/// The way an edge takes: neighbouring lattice points from its first node's cell to its last
/// node's.
using Route = std::vector<LatticePoint>;

struct Routes {
  std::vector<Route> of;         ///< by edge
  std::vector<std::size_t> net;  ///< by edge: edges of one net may share lines
};

/// Routes every edge by the cheapest way (Dijkstra 1959) over length, bends, crossings and company;
/// the main path first, rework last. Edges into one step join; the branches of a decision with more
/// than three share a trunk.
Routes route_edges(const Chart& chart, const Grid& grid);

}  // namespace gemba::inline render
