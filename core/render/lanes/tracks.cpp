#include "core/render/lanes/tracks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/render/lanes/strips.h"

namespace gemba::inline render {
namespace {

/// Strips of one lattice line with what they occupy.
struct Line {
  std::vector<std::size_t> strips;
  std::vector<Extent> extents;
};

bool touch(const Extent& a, const Extent& b) { return a.low <= b.high && b.low <= a.high; }

std::vector<Line> lines_of(const Tracks& tracks, bool level, bool channels, KnownTracks known) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < tracks.strips.size(); ++i) {
    const Strip& strip = tracks.strips[i];
    if (strip.level != level || (strip.line % 2 == 0) != channels) continue;
    const auto line = static_cast<std::size_t>(strip.line);
    if (lines.size() <= line) lines.resize(line + 1);
    lines[line].strips.push_back(i);
    lines[line].extents.push_back(extent_of(tracks, strip, known));
  }
  return lines;
}

/// An order of a line's strips with few crossings: insertion at the best place, then swaps of
/// neighbours.
std::vector<std::size_t> order_strips(const Tracks& tracks, const Line& line, KnownTracks known) {
  const std::size_t count = line.strips.size();
  std::vector<double> cost(count * count, 0);  // of a before b, less b before a
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      if (!touch(line.extents[a], line.extents[b])) continue;
      const double ab =
          order_cost(tracks, tracks.strips[line.strips[a]], tracks.strips[line.strips[b]], known);
      cost[a * count + b] = ab;
      cost[b * count + a] = -ab;
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t next = 0; next < count; ++next) {
    double change = 0;  // of standing at the current place instead of the end
    double least = 0;
    std::size_t place = order.size();
    for (std::size_t at = order.size(); at-- > 0;) {
      change += cost[next * count + order[at]];
      if (change < least - 1e-9) {
        least = change;
        place = at;
      }
    }
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(place), next);
  }
  // Moving one strip at a time to its best place; each move lowers the total, so this ends.
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t at = 0; at + 1 < order.size(); ++at) {
      if (cost[order[at] * count + order[at + 1]] > 1e-9) {
        std::swap(order[at], order[at + 1]);
        moved = true;
      }
    }
  }
  return order;
}

/// Tracks along an order: one more than the touching strips before it. Returns the number of
/// tracks.
int stack_tracks(Tracks& tracks, const Line& line, const std::vector<std::size_t>& order) {
  int count = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    int track = 0;
    for (std::size_t j = 0; j < i; ++j) {
      if (touch(line.extents[order[i]], line.extents[order[j]])) {
        track = std::max(track, tracks.strips[line.strips[order[j]]].track + 1);
      }
    }
    tracks.strips[line.strips[order[i]]].track = track;
    count = std::max(count, track + 1);
  }
  return count;
}

std::vector<int> fill_channels(Tracks& tracks, bool level, KnownTracks known) {
  std::vector<int> counts;
  for (const Line& line : lines_of(tracks, level, true, known)) {
    counts.push_back(stack_tracks(tracks, line, order_strips(tracks, line, known)));
  }
  return counts;
}

/// Groups of strips of a middle line that touch, directly or through others.
std::vector<Line> clusters_of(const Line& line) {
  std::vector<std::size_t> order(line.strips.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return line.extents[a].low < line.extents[b].low;
  });
  std::vector<Line> clusters;
  int reach = 0;
  for (const std::size_t at : order) {
    if (clusters.empty() || line.extents[at].low > reach) {
      clusters.emplace_back();
      reach = line.extents[at].high;
    }
    clusters.back().strips.push_back(line.strips[at]);
    clusters.back().extents.push_back(line.extents[at]);
    reach = std::max(reach, line.extents[at].high);
  }
  return clusters;
}

/// How much a strip should stay on the centre line, and how far from it the nodes at its ends let
/// it go.
struct Ties {
  int weight = 0;
  double half = 1e9;
  bool bar = false;
};

Ties ties_of(const Chart& chart, const std::vector<NodeSize>& sizes, const Tracks& tracks,
             const Strip& strip) {
  Ties ties;
  const auto end_at = [&](std::size_t node, const ChartEdge& edge) {
    const NodeShape shape = chart.nodes[node].shape;
    const Size size = sizes[node].outline;
    double half = (strip.level ? size.height : size.width) / 2;
    ties.bar = ties.bar || shape == NodeShape::bar;
    ties.weight += edge.main ? 4 : edge.rework ? 1 : 2;
    if (shape == NodeShape::diamond) half *= 0.5;
    if (shape == NodeShape::start || shape == NodeShape::end) half *= 0.6;
    if (shape == NodeShape::diamond || shape == NodeShape::start || shape == NodeShape::end) {
      ties.weight += 3;
    } else {
      half -= 7;
    }
    ties.half = std::min(ties.half, half);
  };
  for (const auto& [edge, at] : strip.members) {
    if (tracks.segments[edge].size() == 1) ties.weight += 6;  // straight from node to node
    if (at == 0) end_at(chart.edges[edge].from, chart.edges[edge]);
    if (at + 1 == tracks.segments[edge].size()) end_at(chart.edges[edge].to, chart.edges[edge]);
  }
  return ties;
}

void spread_cluster(const Chart& chart, const std::vector<NodeSize>& sizes, Tracks& tracks,
                    const Line& cluster, KnownTracks known) {
  stack_tracks(tracks, cluster, order_strips(tracks, cluster, known));
  int most = -1;
  int base = 0;
  bool bar = false;
  for (const std::size_t i : cluster.strips) {
    const Ties ties = ties_of(chart, sizes, tracks, tracks.strips[i]);
    bar = bar || ties.bar;
    if (ties.weight > most) {
      most = ties.weight;
      base = tracks.strips[i].track;
    }
  }
  double pitch = bar ? bar_pitch : track_pitch;
  for (const std::size_t i : cluster.strips) {
    const int steps = std::abs(tracks.strips[i].track - base);
    if (steps > 0) {
      pitch = std::min(pitch,
                       std::max(2.0, ties_of(chart, sizes, tracks, tracks.strips[i]).half) / steps);
    }
  }
  for (const std::size_t i : cluster.strips) {
    tracks.strips[i].offset = (tracks.strips[i].track - base) * pitch;
  }
}

void fill_middles(const Chart& chart, const std::vector<NodeSize>& sizes, Tracks& tracks,
                  bool level, KnownTracks known) {
  for (const Line& line : lines_of(tracks, level, false, known)) {
    for (const Line& cluster : clusters_of(line)) {
      spread_cluster(chart, sizes, tracks, cluster, known);
    }
  }
}

}  // namespace

Tracks assign_tracks(const Chart& chart, const std::vector<NodeSize>& sizes, const Routes& routes) {
  Tracks tracks = make_strips(routes);
  tracks.level_counts = fill_channels(tracks, true, {});
  tracks.upright_counts = fill_channels(tracks, false, {.level_channels = true});
  const KnownTracks known{.level_channels = true, .upright_channels = true};
  fill_middles(chart, sizes, tracks, false, known);
  fill_middles(chart, sizes, tracks, true, known);
  return tracks;
}

}  // namespace gemba::inline render
