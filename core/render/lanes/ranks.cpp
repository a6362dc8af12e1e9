#include "core/render/lanes/ranks.h"

#include <algorithm>
#include <numeric>

namespace gemba::inline render {
namespace {

bool counts(const ChartEdge& edge) { return !edge.rework && edge.from != edge.to; }

/// Raises each node above its predecessors, in topological order.
void raise_ranks(const Chart& chart, std::vector<int>& ranks) {
  std::vector<std::vector<std::size_t>> next(chart.nodes.size());
  std::vector<std::size_t> waiting(chart.nodes.size(), 0);
  for (const ChartEdge& edge : chart.edges) {
    if (!counts(edge)) continue;
    next[edge.from].push_back(edge.to);
    ++waiting[edge.to];
  }
  std::vector<std::size_t> ready;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i] == 0) ready.push_back(i);
  }
  for (std::size_t at = 0; at < ready.size(); ++at) {
    for (const std::size_t to : next[ready[at]]) {
      ranks[to] = std::max(ranks[to], ranks[ready[at]] + 1);
      if (--waiting[to] == 0) ready.push_back(to);
    }
  }
}

/// Moves sources down to their successors, so that a late start does not stand at the top.
void lower_sources(const Chart& chart, const std::vector<bool>& main, std::vector<int>& ranks) {
  std::vector<bool> source(chart.nodes.size(), true);
  std::vector<int> nearest(chart.nodes.size(), -1);
  for (const ChartEdge& edge : chart.edges) {
    if (!counts(edge)) continue;
    source[edge.to] = false;
    int& least = nearest[edge.from];
    least = least < 0 ? ranks[edge.to] : std::min(least, ranks[edge.to]);
  }
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (source[i] && !main[i] && nearest[i] > 0) ranks[i] = nearest[i] - 1;
  }
}

}  // namespace

std::vector<bool> main_nodes(const Chart& chart) {
  std::vector<bool> main(chart.nodes.size(), false);
  for (const ChartEdge& edge : chart.edges) {
    if (edge.main) main[edge.from] = main[edge.to] = true;
  }
  return main;
}

std::vector<int> rank_nodes(const Chart& chart) {
  std::vector<int> ranks(chart.nodes.size(), 0);
  raise_ranks(chart, ranks);
  lower_sources(chart, main_nodes(chart), ranks);
  int last = -1;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (!chart.nodes[i].faded) last = std::max(last, ranks[i]);
  }
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (chart.nodes[i].faded) ranks[i] += last + 1;
  }
  return ranks;
}

std::vector<std::size_t> placing_order(const Chart& chart, const std::vector<int>& ranks) {
  const std::vector<bool> main = main_nodes(chart);
  std::vector<std::size_t> order(chart.nodes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (ranks[a] != ranks[b]) return ranks[a] < ranks[b];
    return main[a] && !main[b];
  });
  return order;
}

}  // namespace gemba::inline render
