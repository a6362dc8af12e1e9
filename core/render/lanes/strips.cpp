#include "core/render/lanes/strips.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace gemba::inline render {
namespace {

constexpr int refinement = 1000;
constexpr double pin_weight = 3;

std::vector<Segment> cut(const Route& route) {
  std::vector<Segment> segments;
  for (std::size_t i = 0; i + 1 < route.size(); ++i) {
    const LatticePoint a = route[i];
    const LatticePoint b = route[i + 1];
    const bool level = a.y == b.y;
    const int from = level ? a.x : a.y;
    const int to = level ? b.x : b.y;
    if (!segments.empty() && segments.back().level == level) {
      segments.back().to = to;
    } else {
      segments.push_back({.level = level, .line = level ? a.y : a.x, .from = from, .to = to});
    }
  }
  return segments;
}

/// Side (−1 left or up, +1 right or down) to which a route goes on after leaving segment `at` at
/// its end `end`; 0 when it ends there at a node.
int turn_at(const std::vector<Segment>& segments, std::size_t at, bool at_to) {
  if (at_to ? at + 1 == segments.size() : at == 0) return 0;
  const Segment& next = segments[at_to ? at + 1 : at - 1];
  const int near = at_to ? next.from : next.to;
  const int far = at_to ? next.to : next.from;
  return far > near ? 1 : -1;
}

/// Whether a segment's `to` end is the higher one.
bool to_is_high(const Segment& segment) { return segment.to > segment.from; }

/// Order (−1: a first) of two segments of one line that both leave the overlap at its high or low
/// end, read off where their routes part. 0 when they never do.
int hint(const std::vector<Segment>& a, std::size_t at_a, const std::vector<Segment>& b,
         std::size_t at_b, bool high_end) {
  const bool a_to = to_is_high(a[at_a]) == high_end;
  const bool b_to = to_is_high(b[at_b]) == high_end;
  const int end_a = a_to ? a[at_a].to : a[at_a].from;
  const int end_b = b_to ? b[at_b].to : b[at_b].from;
  const int turn_a = turn_at(a, at_a, a_to);
  const int turn_b = turn_at(b, at_b, b_to);
  if (end_a != end_b) {
    const bool a_shorter = high_end == (end_a < end_b);
    return a_shorter ? turn_a : -turn_b;
  }
  if (turn_a == 0 || turn_b == 0) return 0;
  if (turn_a != turn_b) return turn_a;
  const std::size_t next_a = a_to ? at_a + 1 : at_a - 1;
  const std::size_t next_b = b_to ? at_b + 1 : at_b - 1;
  const int further = hint(a, next_a, b, next_b, turn_a > 0);
  const int sign = (high_end ? -1 : 1) * turn_a;
  return sign * further;
}

/// Crossings of a member of one strip with another strip, when the member's strip comes first: its
/// turns to the right inside the other's extent; `side` −1 counts turns to the left instead.
int turns_inside(const Tracks& tracks, const Strip& strip, const Strip& other, int side) {
  std::vector<int> counted;
  for (const auto& [edge, at] : strip.members) {
    const std::vector<Segment>& segments = tracks.segments[edge];
    for (const bool at_to : {false, true}) {
      const int end = at_to ? segments[at].to : segments[at].from;
      if (end <= other.low || end >= other.high) continue;
      if (turn_at(segments, at, at_to) == side &&
          std::find(counted.begin(), counted.end(), end) == counted.end()) {
        counted.push_back(end);
      }
    }
  }
  return static_cast<int>(counted.size());
}

/// The strip that a member's route goes on with at an end, or null at a node.
const Strip* next_strip(const Tracks& tracks, std::size_t edge, std::size_t at, bool at_to) {
  const std::vector<Segment>& segments = tracks.segments[edge];
  if (at_to ? at + 1 == segments.size() : at == 0) return nullptr;
  return &tracks.strips[segments[at_to ? at + 1 : at - 1].strip];
}

bool is_known(const Strip& strip, KnownTracks known) {
  return strip.line % 2 == 0 && (strip.level ? known.level_channels : known.upright_channels);
}

/// Cost of first-second at a shared end, less that of second-first, for one pair of members.
double end_cost(const Tracks& tracks, std::pair<std::size_t, std::size_t> first,
                std::pair<std::size_t, std::size_t> second, bool first_high, bool second_high,
                KnownTracks known) {
  const std::vector<Segment>& a = tracks.segments[first.first];
  const std::vector<Segment>& b = tracks.segments[second.first];
  const bool a_to = to_is_high(a[first.second]) == first_high;
  const bool b_to = to_is_high(b[second.second]) == second_high;
  const int turn_a = turn_at(a, first.second, a_to);
  const int turn_b = turn_at(b, second.second, b_to);
  if (turn_a == 0 || turn_b == 0) return 0;
  const Strip* next_a = next_strip(tracks, first.first, first.second, a_to);
  const Strip* next_b = next_strip(tracks, second.first, second.second, b_to);
  if (first_high != second_high) {
    // They only touch. On the middle of cells the upper pin belongs to the upper line: both stay
    // centred.
    const bool pinned = next_a->line % 2 != 0;
    if (turn_a == turn_b) return 0;
    return (pinned ? pin_weight : 0.2) * (turn_a > turn_b ? 1 : -1);
  }
  if (turn_a != turn_b) {
    const bool pinned = false;
    return (pinned ? pin_weight : 1.0) * (turn_a > turn_b ? 1 : -1);
  }
  if (next_a == next_b) return 0;
  if (is_known(*next_a, known) && next_a->track != next_b->track) {
    const int order = next_a->track < next_b->track ? -1 : 1;
    return (first_high ? -1 : 1) * turn_a * order;
  }
  return hint(a, first.second, b, second.second, first_high);
}

/// For strips that touch or meet only through lines across: the one whose neighbour goes up should
/// be the upper one.
double pin_cost(const Tracks& tracks, const Strip& first, const Strip& second) {
  double cost = 0;
  for (const auto& a : first.members) {
    for (const auto& b : second.members) {
      for (const bool a_to : {false, true}) {
        for (const bool b_to : {false, true}) {
          const Segment& x = tracks.segments[a.first][a.second];
          const Segment& y = tracks.segments[b.first][b.second];
          const int end = a_to ? x.to : x.from;
          if (end != (b_to ? y.to : y.from) || end % 2 == 0) continue;
          const int turn_x = turn_at(tracks.segments[a.first], a.second, a_to);
          const int turn_y = turn_at(tracks.segments[b.first], b.second, b_to);
          if (turn_x > 0 && turn_y < 0) cost += pin_weight;
          if (turn_x < 0 && turn_y > 0) cost -= pin_weight;
        }
      }
    }
  }
  return cost;
}

}  // namespace

Tracks make_strips(const Routes& routes) {
  Tracks tracks;
  using Key = std::tuple<bool, int, std::size_t, int, int, std::size_t, std::size_t>;
  std::vector<Key> order;  // level, line, net, low, high, edge, position
  for (std::size_t edge = 0; edge < routes.of.size(); ++edge) {
    tracks.segments.push_back(cut(routes.of[edge]));
    for (std::size_t at = 0; at < tracks.segments[edge].size(); ++at) {
      const Segment& segment = tracks.segments[edge][at];
      order.emplace_back(segment.level, segment.line, routes.net[edge], segment.low(),
                         segment.high(), edge, at);
    }
  }
  std::sort(order.begin(), order.end());
  for (const auto& [level, line, net, low, high, edge, at] : order) {
    const bool joins = !tracks.strips.empty() && tracks.strips.back().level == level &&
                       tracks.strips.back().line == line && tracks.strips.back().net == net &&
                       low <= tracks.strips.back().high;
    if (!joins)
      tracks.strips.push_back({.level = level, .line = line, .low = low, .high = high, .net = net});
    Strip& strip = tracks.strips.back();
    strip.high = std::max(strip.high, high);
    strip.members.emplace_back(edge, at);
    tracks.segments[edge][at].strip = tracks.strips.size() - 1;
  }
  return tracks;
}

double order_cost(const Tracks& tracks, const Strip& first, const Strip& second,
                  KnownTracks known) {
  double cost = turns_inside(tracks, first, second, 1) + turns_inside(tracks, second, first, -1) -
                turns_inside(tracks, first, second, -1) - turns_inside(tracks, second, first, 1);
  if (first.line % 2 == 0) cost += pin_cost(tracks, first, second);
  for (const auto& a : first.members) {
    for (const auto& b : second.members) {
      const Segment& x = tracks.segments[a.first][a.second];
      const Segment& y = tracks.segments[b.first][b.second];
      for (const bool x_high : {false, true}) {
        for (const bool y_high : {false, true}) {
          if ((x_high ? x.high() : x.low()) == (y_high ? y.high() : y.low())) {
            cost += end_cost(tracks, a, b, x_high, y_high, known);
          }
        }
      }
    }
  }
  return cost;
}

Extent extent_of(const Tracks& tracks, const Strip& strip, KnownTracks known) {
  Extent extent{strip.high * refinement, strip.low * refinement};
  const auto widen = [&](int place) {
    extent.low = std::min(extent.low, place);
    extent.high = std::max(extent.high, place);
  };
  for (const auto& [edge, at] : strip.members) {
    const Segment& segment = tracks.segments[edge][at];
    for (const bool at_to : {false, true}) {
      const int end = (at_to ? segment.to : segment.from) * refinement;
      const bool high = at_to == to_is_high(segment);
      const Strip* next = next_strip(tracks, edge, at, at_to);
      if (next == nullptr) {
        widen(end + (high ? -1 : 1));
      } else {
        widen(is_known(*next, known) ? end + next->track + 1 : end);
      }
    }
  }
  return extent;
}

}  // namespace gemba::inline render
