#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <tuple>

#include "core/render/lanes/grid.h"
#include "core/render/lanes/ranks.h"

namespace gemba::inline render {
namespace {

constexpr double impossible = 1e9;
constexpr int most_columns = 6;  // on either side of a lane's first column
constexpr int row_window = 4;    // rows tried below the first that is possible
constexpr int improvement_rounds = 3;

/// A cell: columns count from the lane's first column, 0, to both sides.
struct Cell {
  std::size_t lane = 0;
  int column = 0;
  int row = 0;

  std::pair<std::size_t, int> place() const { return {lane, column}; }
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

struct Link {
  std::size_t other;
  double weight;
  bool forward;  // from this node to the other
  bool main;
};

struct Placer {
  const Chart& chart;
  std::vector<bool> main;
  std::vector<std::vector<Link>> links = {};    // by node, rework apart
  std::vector<std::vector<Link>> loops = {};    // by node, rework only
  std::vector<std::optional<Cell>> cells = {};  // by node
  std::map<Cell, std::size_t> taken = {};
  std::vector<std::pair<int, int>> used = {};  // by lane: first and last column in use
};

bool is_bar(const Placer& placer, std::size_t node) {
  return placer.chart.nodes[node].shape == NodeShape::bar;
}

/// Nodes in the same row strictly between two cells.
bool clear_row(const Placer& placer, const Cell& a, const Cell& b) {
  const auto low = std::min(a.place(), b.place());
  const auto high = std::max(a.place(), b.place());
  return std::none_of(placer.taken.begin(), placer.taken.end(), [&](const auto& entry) {
    return entry.first.row == a.row && low < entry.first.place() && entry.first.place() < high;
  });
}

bool clear_column(const Placer& placer, const Cell& a, const Cell& b) {
  const int low = std::min(a.row, b.row);
  const int high = std::max(a.row, b.row);
  const auto first = placer.taken.upper_bound({a.lane, a.column, low});
  return first == placer.taken.end() || first->first >= Cell{a.lane, a.column, high};
}

/// Whether a line may run along the column of `a` and the row of `b` with one bend.
bool clear_bend(const Placer& placer, const Cell& a, const Cell& b) {
  const Cell corner{a.lane, a.column, b.row};
  return !placer.taken.contains(corner) && clear_column(placer, a, corner) &&
         clear_row(placer, corner, b);
}

/// Whether another neighbour of `node` already stands straight on the side where `cell` is.
bool side_used(const Placer& placer, std::size_t node, std::size_t except, const Cell& cell) {
  const Cell& at = *placer.cells[node];
  return std::any_of(placer.links[node].begin(), placer.links[node].end(), [&](const Link& link) {
    if (link.other == except || !placer.cells[link.other]) return false;
    const Cell& other = *placer.cells[link.other];
    if (cell.place() == at.place()) {
      return other.place() == at.place() && (other.row > at.row) == (cell.row > at.row);
    }
    return other.row == at.row && other.place() != at.place() &&
           (other.place() < at.place()) == (cell.place() < at.place());
  });
}

/// Lanes and columns between two cells; the columns of a lane count towards the side where the
/// other lane is.
double distance(const Cell& a, const Cell& b) {
  if (a.lane == b.lane) return std::abs(a.column - b.column);
  const int sign = a.lane < b.lane ? 1 : -1;
  const double lanes = std::abs(static_cast<double>(a.lane) - static_cast<double>(b.lane));
  return std::max(0.5, 1.5 * lanes + sign * (b.column - a.column));
}

/// Whether a step's way on leads back to the side that a level line from `other` arrives on.
bool leaves_to_side_of(const Placer& placer, std::size_t node, const Cell& cell,
                       const Cell& other) {
  return std::any_of(placer.links[node].begin(), placer.links[node].end(), [&](const Link& link) {
    const std::size_t lane = placer.chart.nodes[link.other].lane;
    return link.forward &&
           (other.lane < cell.lane ? lane < cell.lane : other.lane > cell.lane && lane > cell.lane);
  });
}

/// How good a line between `node` at `cell` and its placed neighbour is; `impossible` when it would
/// run upwards.
double link_cost(const Placer& placer, std::size_t node, const Cell& cell, const Link& link) {
  const Cell& other = *placer.cells[link.other];
  const int down = link.forward ? other.row - cell.row : cell.row - other.row;
  const bool same_column = cell.place() == other.place();
  const int least = same_column || is_bar(placer, node) || is_bar(placer, link.other) ? 1 : 0;
  if (down < least) return impossible;
  double cost = 0;
  if (same_column) {
    cost = 0.4 * (down - 1) + (clear_column(placer, cell, other) ? 0 : 5);
    if (side_used(placer, link.other, node, cell)) cost += 1.5;
  } else if (down == 0) {
    cost = 0.25 * distance(cell, other) + (clear_row(placer, cell, other) ? 0 : 5);
    if (side_used(placer, link.other, node, cell)) cost += 3;
    const bool back = link.forward ? leaves_to_side_of(placer, link.other, other, cell)
                                   : leaves_to_side_of(placer, node, cell, other);
    if (back) cost += 1.6;
  } else {
    const bool one_bend = clear_bend(placer, cell, other) || clear_bend(placer, other, cell);
    cost = (one_bend ? 1.3 : 2.8) + 0.4 * (down - 1) + 0.25 * distance(cell, other);
  }
  return cost * link.weight;
}

/// Straight lines of others that a node in this cell would interrupt.
double blocking_cost(const Placer& placer, std::size_t node, const Cell& cell) {
  double cost = 0;
  for (std::size_t from = 0; from < placer.cells.size(); ++from) {
    if (from == node || !placer.cells[from]) continue;
    const Cell& a = *placer.cells[from];
    for (const Link& link : placer.links[from]) {
      if (!link.forward || link.other == node) continue;
      if (!placer.cells[link.other]) {
        // The main path will go on from here, straight down if the next step is in the same lane.
        const bool same_lane = placer.chart.nodes[link.other].lane == a.lane;
        if (link.main && same_lane && a.place() == cell.place() && cell.row > a.row) cost += 18;
        continue;
      }
      const Cell& b = *placer.cells[link.other];
      const bool in_column = a.place() == b.place() && a.place() == cell.place() &&
                             a.row < cell.row && cell.row < b.row;
      const bool in_row = a.row == b.row && a.row == cell.row &&
                          std::min(a.place(), b.place()) < cell.place() &&
                          cell.place() < std::max(a.place(), b.place());
      if (in_column || in_row) cost += 5 * link.weight;
    }
  }
  return cost;
}

/// Towards which side of its lane a node leans: where its neighbours in other lanes are, and away
/// from where its predecessors' other ways lead; to the right without any.
int leaning(const Placer& placer, std::size_t node) {
  const auto lane_of = [&](std::size_t other) {
    return static_cast<int>(placer.chart.nodes[other].lane);
  };
  const auto sign = [](int value) { return value < 0 ? -1 : value > 0 ? 1 : 0; };
  int sum = 0;
  for (const Link& link : placer.links[node]) {
    sum += 2 * sign(lane_of(link.other) - lane_of(node));
    if (link.forward || lane_of(link.other) != lane_of(node)) continue;
    for (const Link& beside : placer.links[link.other]) {
      if (beside.forward && beside.other != node) {
        sum -= sign(lane_of(beside.other) - lane_of(node));
      }
    }
  }
  return sum < 0 ? -1 : 1;
}

double column_cost(const Placer& placer, std::size_t node, const Cell& cell) {
  const auto [first, last] = placer.used[cell.lane];
  double cost = 0.35 * std::abs(cell.column);
  if (cell.column < first || cell.column > last) cost += 1.2 + 0.5 * std::abs(cell.column);
  if (cell.column * leaning(placer, node) < 0) cost += 0.7;
  return cost;
}

double cell_cost(const Placer& placer, std::size_t node, const Cell& cell, int first_row) {
  double cost = 0.5 * std::max(0, cell.row - first_row) + column_cost(placer, node, cell);
  for (const Link& link : placer.links[node]) {
    if (!placer.cells[link.other]) continue;
    cost += link_cost(placer, node, cell, link);
    if (cost >= impossible) return impossible;
  }
  for (const Link& link : placer.loops[node]) {
    if (!placer.cells[link.other] || link.other == node) continue;
    const Cell& other = *placer.cells[link.other];
    cost += 0.2 * distance(cell, other) + 0.1 * std::abs(cell.row - other.row);
  }
  return cost + blocking_cost(placer, node, cell);
}

void put(Placer& placer, std::size_t node, const Cell& cell) {
  if (placer.cells[node]) placer.taken.erase(*placer.cells[node]);
  placer.cells[node] = cell;
  placer.taken[cell] = node;
  auto& [first, last] = placer.used[cell.lane];
  first = std::min(first, cell.column);
  last = std::max(last, cell.column);
}

/// The best free cell with a row in `[first, last]`.
std::optional<Cell> best_cell(const Placer& placer, std::size_t node, int first, int last,
                              bool first_column_only, int first_row) {
  std::optional<Cell> best;
  double best_cost = impossible;
  const std::size_t lane = placer.chart.nodes[node].lane;
  for (int row = first; row <= last; ++row) {
    for (int step = 0; step <= 2 * most_columns; ++step) {
      const int column = step % 2 == 0 ? -step / 2 : (step + 1) / 2;
      if (first_column_only && column != 0) break;
      const Cell cell{lane, column, row};
      const auto taken = placer.taken.find(cell);
      // An off-path step gives way to the main path.
      const bool evicts =
          first_column_only && taken != placer.taken.end() && !placer.main[taken->second];
      if (taken != placer.taken.end() && taken->second != node && !evicts) continue;
      const double cost = cell_cost(placer, node, cell, first_row) + (evicts ? 2 : 0);
      if (cost < best_cost) {
        best = cell;
        best_cost = cost;
      }
    }
  }
  return best;
}

int first_possible_row(const Placer& placer, std::size_t node, int otherwise) {
  int row = -1;
  for (const Link& link : placer.links[node]) {
    if (link.forward || !placer.cells[link.other]) continue;
    const bool bars = is_bar(placer, node) || is_bar(placer, link.other);
    row = std::max(row, placer.cells[link.other]->row + (bars ? 1 : 0));
  }
  return row >= 0 ? row : otherwise;
}

void place(Placer& placer, std::size_t node, int otherwise) {
  const int first = first_possible_row(placer, node, otherwise);
  for (int window = row_window;; window *= 2) {
    const std::optional<Cell> cell =
        best_cell(placer, node, first, first + window, placer.main[node], first);
    if (!cell && window > 256) {
      put(placer, node,
          {placer.chart.nodes[node].lane, placer.used[placer.chart.nodes[node].lane].second + 1,
           first});
      return;
    }
    if (!cell) continue;
    const auto evicted = placer.taken.find(*cell);
    const std::optional<std::size_t> other =
        evicted == placer.taken.end() ? std::nullopt : std::optional(evicted->second);
    if (other) {
      placer.taken.erase(evicted);
      placer.cells[*other] = std::nullopt;
    }
    put(placer, node, *cell);
    if (other) place(placer, *other, cell->row);
    return;
  }
}

/// Where a node without placed predecessors goes: beside the step that its successor already
/// follows.
int row_of_source(const Placer& placer, std::size_t node) {
  int row = 0;
  for (const Link& link : placer.links[node]) {
    if (!link.forward) continue;
    for (const Link& before : placer.links[link.other]) {
      if (!before.forward && placer.cells[before.other]) {
        row = std::max(row, placer.cells[before.other]->row);
      }
    }
  }
  return row;
}

/// Moves single nodes off the main path while that makes the picture better.
void improve(Placer& placer, const std::vector<std::size_t>& order) {
  for (int round = 0; round < improvement_rounds; ++round) {
    bool moved = false;
    for (const std::size_t node : order) {
      if (placer.main[node]) continue;
      const Cell now = *placer.cells[node];
      const int first = first_possible_row(placer, node, now.row);
      const double cost = cell_cost(placer, node, now, first);
      const std::optional<Cell> better =
          best_cell(placer, node, std::max(first, now.row - 8), now.row + 8, false, first);
      if (better && cell_cost(placer, node, *better, first) < cost - 0.1) {
        put(placer, node, *better);
        moved = true;
      }
    }
    if (!moved) return;
  }
}

Placer make_placer(const Chart& chart) {
  Placer placer{.chart = chart, .main = main_nodes(chart)};
  placer.links.resize(chart.nodes.size());
  placer.loops.resize(chart.nodes.size());
  placer.cells.resize(chart.nodes.size());
  placer.used.resize(chart.lanes.size(), {0, 0});
  for (const ChartEdge& edge : chart.edges) {
    if (edge.from == edge.to) continue;
    const double weight = edge.main ? 3.0 : 1.0;
    auto& links = edge.rework ? placer.loops : placer.links;
    links[edge.from].push_back(
        {.other = edge.to, .weight = weight, .forward = true, .main = edge.main});
    links[edge.to].push_back(
        {.other = edge.from, .weight = weight, .forward = false, .main = edge.main});
  }
  return placer;
}

/// Numbers the columns in use from left to right and the rows in use from top to bottom.
Grid number_cells(const Placer& placer) {
  Grid grid;
  std::map<std::pair<std::size_t, int>, int> columns;
  std::map<int, int> rows;
  for (std::size_t lane = 0; lane < placer.used.size(); ++lane) columns[{lane, 0}] = 0;
  for (const auto& [cell, node] : placer.taken) {
    columns[cell.place()] = 0;
    rows[cell.row] = 0;
  }
  // A lane's first column may have stayed empty.
  for (std::size_t lane = 0; lane < placer.used.size(); ++lane) {
    const auto in_lane = [&](const auto& entry) { return entry.first.lane == lane; };
    const auto in_first = [&](const auto& entry) {
      return entry.first.lane == lane && entry.first.column == 0;
    };
    if (std::any_of(placer.taken.begin(), placer.taken.end(), in_lane) &&
        std::none_of(placer.taken.begin(), placer.taken.end(), in_first)) {
      columns.erase({lane, 0});
    }
  }
  for (auto& [place, number] : columns) {
    number = grid.columns++;
    grid.lane_of.push_back(place.first);
  }
  for (auto& [row, number] : rows) number = grid.rows++;
  for (const std::optional<Cell>& cell : placer.cells) {
    grid.column.push_back(columns[cell->place()]);
    grid.row.push_back(rows[cell->row]);
  }
  return grid;
}

}  // namespace

Grid place_nodes(const Chart& chart) {
  Placer placer = make_placer(chart);
  const std::vector<std::size_t> order = placing_order(chart, rank_nodes(chart));
  int last_row = -1;
  for (const std::size_t node : order) {
    const bool faded = chart.nodes[node].faded;
    if (!faded) {
      place(placer, node, row_of_source(placer, node));
    } else {
      place(placer, node, last_row + 1);
      continue;
    }
    for (const auto& [cell, other] : placer.taken) last_row = std::max(last_row, cell.row);
  }
  improve(placer, order);
  return number_cells(placer);
}

}  // namespace gemba::inline render
