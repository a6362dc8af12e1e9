#pragma once
#include <algorithm>
#include <array>
#include <vector>

#include "core/render/lanes/routing.h"

namespace gemba::inline render {

/// Sides of a cell, and ways to step on the lattice.
enum Side : int { right = 0, down = 1, left = 2, up = 3 };
inline constexpr std::array<LatticePoint, 4> steps = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
constexpr Side opposite(int side) { return static_cast<Side>((side + 2) % 4); }
constexpr bool is_level(int side) { return side % 2 == 0; }

inline constexpr int bend = 26;           ///< cost of a turn
inline constexpr int taken_side = 60;     ///< cost of a side of a step that another net uses
inline constexpr int leaving_trunk = 20;  ///< cost of a branch where it leaves its trunk
inline constexpr int joining = 4;         ///< for each unit of a route that is joined

/// The lattice, and what runs along it so far.
struct Router {
  const Chart& chart;
  const Grid& grid;
  int width, height;              // of the lattice
  std::vector<int> node_at = {};  // by lattice point, −1 without one
  std::array<std::vector<std::vector<std::size_t>>, 2> company =
      {};  // by level/upright, by point before the unit: nets
  std::vector<std::array<std::vector<std::size_t>, 4>> sides = {};  // by node and side: nets
  std::vector<std::size_t> out_degree = {};
  Routes routes = {};

  std::size_t index(LatticePoint p) const {
    return static_cast<std::size_t>(p.y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(p.x);
  }
  bool inside(LatticePoint p) const { return p.x >= 0 && p.y >= 0 && p.x < width && p.y < height; }
  LatticePoint cell(std::size_t node) const {
    return {2 * grid.column[node] + 1, 2 * grid.row[node] + 1};
  }
  /// Nets on the unit that leaves `p` to `side`.
  const std::vector<std::size_t>& nets_on(LatticePoint p, int side) const {
    const LatticePoint first = side == right || side == down
                                   ? p
                                   : LatticePoint{p.x + steps[static_cast<std::size_t>(side)].x,
                                                  p.y + steps[static_cast<std::size_t>(side)].y};
    return company[is_level(side) ? 0 : 1][index(first)];
  }
};

inline LatticePoint step_to(LatticePoint p, int side) {
  const LatticePoint& step = steps[static_cast<std::size_t>(side)];
  return {p.x + step.x, p.y + step.y};
}

inline int side_between(LatticePoint a, LatticePoint b) {
  if (b.x != a.x) return b.x > a.x ? right : left;
  return b.y > a.y ? down : up;
}

inline bool contains(const std::vector<std::size_t>& nets, std::size_t net) {
  return std::find(nets.begin(), nets.end(), net) != nets.end();
}

/// Cost of leaving the edge's first node to `side`.
int exit_cost(const Router& router, const ChartEdge& edge, int side, std::size_t net);

/// Cost of arriving at the edge's last node on `side`.
int entry_cost(const Router& router, const ChartEdge& edge, int side, std::size_t net);

/// Cost of a unit from `p` to `side` after arriving at `p` by `from_side`; −1 where the net itself
/// runs already.
int unit_cost(const Router& router, LatticePoint p, int from_side, int side, std::size_t net);

}  // namespace gemba::inline render
