#include "core/render/lanes/routing.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <tuple>

#include "core/render/lanes/routing_costs.h"

namespace gemba::inline render {
namespace {

struct Joint {
  std::size_t edge;
  std::size_t position;  // in its route
};

/// Where routes of a net pass: an edge may join them there (target nets) or branch off (source
/// nets).
std::map<std::pair<int, int>, Joint> joints_of(const Router& router, std::size_t net) {
  std::map<std::pair<int, int>, Joint> joints;
  for (std::size_t edge = 0; edge < router.routes.of.size(); ++edge) {
    const Route& route = router.routes.of[edge];
    if (router.routes.net[edge] != net) continue;
    for (std::size_t i = 1; i + 1 < route.size(); ++i) {
      joints.emplace(std::pair(route[i].x, route[i].y), Joint{edge, i});
    }
  }
  return joints;
}

struct Found {
  int cost = std::numeric_limits<int>::max();
  std::size_t state = 0;
  std::optional<Joint> joint;
};

struct Search {
  const Router& router;
  std::size_t edge_index;
  const ChartEdge& edge;
  std::size_t net;
  bool branching;  // a source net: branches off, instead of joining
  std::map<std::pair<int, int>, Joint> joints;
  std::vector<int>& cost;
  std::vector<std::size_t>& before;  // only where a cost is known
  std::priority_queue<std::pair<int, std::size_t>, std::vector<std::pair<int, std::size_t>>,
                      std::greater<>>
      open = {};
  Found found = {};

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t state(LatticePoint p, int side) const {
    return router.index(p) * 4 + static_cast<std::size_t>(side);
  }
  LatticePoint point(std::size_t s) const {
    const auto index = static_cast<int>(s / 4);
    return {index % router.width, index / router.width};
  }
};

void relax(Search& search, LatticePoint p, int side, int cost, std::size_t from) {
  const std::size_t state = search.state(p, side);
  if (cost >= search.cost[state]) return;
  search.cost[state] = cost;
  search.before[state] = from;
  search.open.emplace(cost, state);
}

void start_search(Search& search) {
  const Router& router = search.router;
  const LatticePoint source = router.cell(search.edge.from);
  for (int side = 0; side < 4; ++side) {
    const LatticePoint next = step_to(source, side);
    if (contains(router.nets_on(source, side), search.net)) continue;
    relax(search, next, side, exit_cost(router, search.edge, side, search.net), Search::none);
  }
  if (!search.branching) return;
  for (const auto& [place, joint] : search.joints) {
    const LatticePoint p{place.first, place.second};
    const Route& route = router.routes.of[joint.edge];
    const int arriving = side_between(route[joint.position - 1], p);
    // As if it had come along the trunk: only the part of its own costs.
    const int cost = leaving_trunk + static_cast<int>(joint.position) * joining;
    relax(search, p, arriving, cost, Search::none);
  }
}

/// Considers ending the search at `p`: by stepping into the target, or by joining a route that
/// leads there.
void try_to_end(Search& search, LatticePoint p, int side, int cost, std::size_t state) {
  const Router& router = search.router;
  if (!search.branching) {
    const auto joint = search.joints.find({p.x, p.y});
    if (joint != search.joints.end()) {
      const Route& route = router.routes.of[joint->second.edge];
      const std::size_t at = joint->second.position;
      const int leaving = side_between(route[at], route[at + 1]);
      const int total =
          cost + static_cast<int>(route.size() - at) * joining + (leaving == side ? 0 : bend / 2);
      if (leaving != opposite(side) && total < search.found.cost) {
        search.found = {total, state, joint->second};
      }
    }
  }
  for (int next = 0; next < 4; ++next) {
    if (next == opposite(side) || step_to(p, next) != router.cell(search.edge.to)) continue;
    const int unit = unit_cost(router, p, side, next, search.net);
    if (unit < 0) continue;
    const int total = cost + unit + entry_cost(router, search.edge, opposite(next), search.net);
    if (total < search.found.cost) search.found = {total, state, std::nullopt};
  }
}

void run(Search& search) {
  const Router& router = search.router;
  while (!search.open.empty()) {
    const auto [cost, state] = search.open.top();
    search.open.pop();
    if (cost > search.cost[state]) continue;
    if (cost >= search.found.cost) return;
    const LatticePoint p = search.point(state);
    const auto side = static_cast<int>(state % 4);
    try_to_end(search, p, side, cost, state);
    for (int next = 0; next < 4; ++next) {
      const LatticePoint to = step_to(p, next);
      if (next == opposite(side) || !router.inside(to)) continue;
      if (router.node_at[router.index(to)] >= 0) continue;
      const int unit = unit_cost(router, p, side, next, search.net);
      if (unit >= 0) relax(search, to, next, cost + unit, state);
    }
  }
}

Route trace(const Search& search) {
  const Router& router = search.router;
  Route route;
  std::size_t state = search.found.state;
  std::size_t first = state;
  for (; state != Search::none; state = search.before[state]) {
    route.push_back(search.point(state));
    first = state;
  }
  std::reverse(route.begin(), route.end());
  const LatticePoint begin = search.point(first);
  const auto trunk = search.joints.find({begin.x, begin.y});
  if (search.branching && trunk != search.joints.end()) {
    const Route& old = router.routes.of[trunk->second.edge];
    route.insert(route.begin(), old.begin(),
                 old.begin() + static_cast<std::ptrdiff_t>(trunk->second.position));
  } else {
    route.insert(route.begin(), router.cell(search.edge.from));
  }
  if (search.found.joint) {
    const Route& old = router.routes.of[search.found.joint->edge];
    route.insert(route.end(),
                 old.begin() + static_cast<std::ptrdiff_t>(search.found.joint->position) + 1,
                 old.end());
  } else {
    route.push_back(router.cell(search.edge.to));
  }
  return route;
}

void note_net(std::vector<std::size_t>& nets, std::size_t net) {
  if (!contains(nets, net)) nets.push_back(net);
}

void keep(Router& router, std::size_t edge, Route route) {
  const std::size_t net = router.routes.net[edge];
  for (std::size_t i = 0; i + 1 < route.size(); ++i) {
    const LatticePoint a = route[i];
    const LatticePoint b = route[i + 1];
    const LatticePoint first = a.x < b.x || a.y < b.y ? a : b;
    note_net(router.company[a.y == b.y ? 0 : 1][router.index(first)], net);
  }
  const auto exit = static_cast<std::size_t>(side_between(route[0], route[1]));
  const auto entry =
      static_cast<std::size_t>(side_between(route[route.size() - 1], route[route.size() - 2]));
  note_net(router.sides[router.chart.edges[edge].from][exit], net);
  note_net(router.sides[router.chart.edges[edge].to][entry], net);
  router.routes.of[edge] = std::move(route);
}

/// What every search needs room for.
struct Scratch {
  std::vector<int> cost;
  std::vector<std::size_t> before;
};

/// Routes one edge; what it costs, or none when it is shut in.
std::optional<int> route_edge(Router& router, std::size_t edge, bool branching, Scratch& scratch) {
  const std::size_t states = router.node_at.size() * 4;
  scratch.cost.assign(states, std::numeric_limits<int>::max());
  scratch.before.resize(states);
  Search search{.router = router,
                .edge_index = edge,
                .edge = router.chart.edges[edge],
                .net = router.routes.net[edge],
                .branching = branching,
                .joints = joints_of(router, router.routes.net[edge]),
                .cost = scratch.cost,
                .before = scratch.before};
  start_search(search);
  run(search);
  if (search.found.cost == std::numeric_limits<int>::max()) return std::nullopt;
  keep(router, edge, trace(search));
  return search.found.cost;
}

std::vector<std::size_t> routing_order(const Chart& chart, const Grid& grid) {
  std::vector<std::size_t> order(chart.edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    const ChartEdge& edge = chart.edges[i];
    const int rows = std::abs(grid.row[edge.from] - grid.row[edge.to]);
    const int columns = std::abs(grid.column[edge.from] - grid.column[edge.to]);
    // The main path in its order, so that it comes and goes on the best sides; others the shortest
    // first.
    return std::tuple(edge.rework ? 2
                      : edge.main ? 0
                                  : 1,
                      edge.main ? grid.row[edge.from] : rows + columns, i);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

/// Edges into a node are a net, rework apart; so are the branches of a decision with more than
/// three.
void name_nets(Router& router, std::vector<bool>& branching) {
  const Chart& chart = router.chart;
  const std::size_t nodes = chart.nodes.size();
  for (std::size_t i = 0; i < chart.edges.size(); ++i) {
    const ChartEdge& edge = chart.edges[i];
    const bool loop = edge.from == edge.to;
    branching[i] = !loop && router.out_degree[edge.from] > 3 &&
                   chart.nodes[edge.from].shape != NodeShape::bar && !edge.rework;
    const bool alone = loop || chart.nodes[edge.to].shape == NodeShape::bar;
    router.routes.net[i] = alone          ? 3 * nodes + i
                           : branching[i] ? 2 * nodes + edge.from
                           : edge.rework  ? nodes + edge.to
                                          : edge.to;
  }
}

/// A router on which nothing runs yet.
Router empty_router(const Chart& chart, const Grid& grid) {
  Router router{
      .chart = chart, .grid = grid, .width = 2 * grid.columns + 1, .height = 2 * grid.rows + 1};
  const auto points =
      static_cast<std::size_t>(router.width) * static_cast<std::size_t>(router.height);
  router.node_at.assign(points, -1);
  for (auto& units : router.company) units.resize(points);
  router.sides.resize(chart.nodes.size());
  router.out_degree.resize(chart.nodes.size(), 0);
  router.routes.of.resize(chart.edges.size());
  router.routes.net.resize(chart.edges.size());
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    router.node_at[router.index(router.cell(i))] = static_cast<int>(i);
  }
  for (const ChartEdge& edge : chart.edges) ++router.out_degree[edge.from];
  return router;
}

struct Routing {
  Routes routes;
  std::vector<int> cost;  // by edge
  int total = 0;
};

Routing route_in_order(Router router, const std::vector<std::size_t>& order) {
  const Chart& chart = router.chart;
  std::vector<bool> branching(chart.edges.size(), false);
  name_nets(router, branching);
  Routing routing{{}, std::vector<int>(chart.edges.size(), 0)};
  Scratch scratch;
  for (const std::size_t edge : order) {
    std::optional<int> cost = route_edge(router, edge, branching[edge], scratch);
    if (!cost) {
      // Shut in by its own net: it goes alone, and every channel is open to it.
      router.routes.net[edge] = 3 * chart.nodes.size() + edge;
      cost = route_edge(router, edge, false, scratch);
    }
    routing.cost[edge] = cost.value_or(0);
    routing.total += routing.cost[edge];
  }
  routing.routes = std::move(router.routes);
  return routing;
}

/// The edges, the dearest first.
std::vector<std::size_t> dearest(const std::vector<int>& cost) {
  std::vector<std::size_t> edges(cost.size());
  std::iota(edges.begin(), edges.end(), std::size_t{0});
  std::stable_sort(edges.begin(), edges.end(),
                   [&](std::size_t a, std::size_t b) { return cost[a] > cost[b]; });
  return edges;
}

}  // namespace

// An edge that comes late finds its best way taken and goes round. Those that cost most are tried
// first of all; the order that costs least on the whole is kept.
Routes route_edges(const Chart& chart, const Grid& grid) {
  constexpr std::size_t most_edges_routed = 400;
  const Router router = empty_router(chart, grid);
  std::vector<std::size_t> order = routing_order(chart, grid);
  Routing best = route_in_order(router, order);
  const std::size_t attempts = most_edges_routed / std::max<std::size_t>(order.size(), 1);
  std::size_t tried = 0;
  for (bool better = true; better;) {
    better = false;
    for (const std::size_t edge : dearest(best.cost)) {
      if (tried++ >= attempts) return std::move(best.routes);
      std::vector<std::size_t> next = {edge};
      std::copy_if(order.begin(), order.end(), std::back_inserter(next),
                   [&](std::size_t other) { return other != edge; });
      Routing routing = route_in_order(router, next);
      if (routing.total >= best.total) continue;
      best = std::move(routing);
      order = std::move(next);
      better = true;
      break;
    }
  }
  return std::move(best.routes);
}

}  // namespace gemba::inline render
