#include "core/render/lanes/routing_costs.h"

namespace gemba::inline render {
namespace {

constexpr int level_length = 14;  // a step sideways is longer than one along the flow
constexpr int upright_length = 10;
constexpr int crossing = 34;
constexpr int turn_on_line = 12;    // turning where another line passes
constexpr int channel_company = 7;  // another line along the same channel
constexpr int middle_company = 60;  // another line along the same middle of cells
constexpr int taken_corner = 400;   // a second line at one corner of a diamond
constexpr int forbidden = 100000;

std::size_t others(const std::vector<std::size_t>& nets, std::size_t net) {
  return nets.size() - (contains(nets, net) ? 1 : 0);
}

/// The side of a circle where its caption stands.
int caption_side(const Chart& chart, const ChartNode& node) {
  if (node.lines.empty()) return -1;
  // In a chart that flows to the right the lattice is turned: its sides are the mirror images.
  if (node.shape == NodeShape::start) return chart.direction == Direction::down ? up : left;
  if (node.shape == NodeShape::end) return chart.direction == Direction::down ? down : right;
  return -1;
}

int taken_cost(const Router& router, std::size_t node, int side, std::size_t net) {
  const std::size_t taken = others(router.sides[node][static_cast<std::size_t>(side)], net);
  if (taken == 0) return 0;
  const NodeShape shape = router.chart.nodes[node].shape;
  if (shape == NodeShape::bar) return 0;
  return static_cast<int>(taken) * (shape == NodeShape::diamond ? taken_corner : taken_side);
}

}  // namespace

int exit_cost(const Router& router, const ChartEdge& edge, int side, std::size_t net) {
  const ChartNode& node = router.chart.nodes[edge.from];
  if (side == caption_side(router.chart, node)) return forbidden;
  if (node.shape == NodeShape::bar && (is_level(side) || (side == up && !edge.rework))) {
    return forbidden;
  }
  int cost = taken_cost(router, edge.from, side, net);
  const auto& own = router.sides[edge.from][static_cast<std::size_t>(side)];
  if (contains(own, net)) cost += taken_side;  // the trunk is joined further on, not doubled
  if (side == up) cost += edge.rework ? 40 : 90;
  if (is_level(side) && !edge.rework) cost += 6;
  if (side == down && edge.rework) cost += 30;
  return cost;
}

int entry_cost(const Router& router, const ChartEdge& edge, int side, std::size_t net) {
  const ChartNode& node = router.chart.nodes[edge.to];
  if (side == caption_side(router.chart, node)) return forbidden;
  if (node.shape == NodeShape::bar && is_level(side)) return forbidden;
  int cost = taken_cost(router, edge.to, side, net);
  if (side == down) cost += edge.rework ? 50 : 90;
  if (side == up && edge.rework) cost += 30;
  if (is_level(side) && !edge.rework) cost += node.shape == NodeShape::diamond ? 40 : 8;
  if (is_level(side) && edge.rework && node.shape == NodeShape::diamond) cost += 30;
  return cost;
}

int unit_cost(const Router& router, LatticePoint p, int from_side, int side, std::size_t net) {
  const std::vector<std::size_t>& nets = router.nets_on(p, side);
  if (contains(nets, net)) return -1;
  int cost = is_level(side) ? level_length : upright_length;
  const bool channel = is_level(side) ? p.y % 2 == 0 : p.x % 2 == 0;
  cost += static_cast<int>(nets.size()) * (channel ? channel_company : middle_company);
  const auto passing = [&](int a, int b) {
    std::size_t count = 0;
    const LatticePoint before = step_to(p, a);
    const LatticePoint after = step_to(p, b);
    if (!router.inside(before) || !router.inside(after)) return count;
    for (const std::size_t other : router.nets_on(p, a)) {
      if (other != net && contains(router.nets_on(p, b), other)) ++count;
    }
    return count;
  };
  if (side == from_side) {
    const int a = is_level(side) ? up : left;
    cost += static_cast<int>(passing(a, opposite(a))) * crossing;
  } else {
    cost += bend;
    cost += static_cast<int>(passing(left, right) + passing(up, down)) * turn_on_line;
  }
  return cost;
}

}  // namespace gemba::inline render
