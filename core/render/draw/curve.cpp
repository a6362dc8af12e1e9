#include "core/render/draw/curve.h"

#include <algorithm>
#include <cmath>

namespace gemba::inline render {
namespace {

constexpr double corner_radius = 6;

double length(Point a, Point b) { return std::abs(b.x - a.x) + std::abs(b.y - a.y); }

/// The point `distance` from `from` on the way to `to`.
Point towards(Point from, Point to, double distance) {
  const double whole = length(from, to);
  const double part = whole > 0 ? std::min(1.0, distance / whole) : 0;
  return {from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part};
}

bool same_place(Point a, Point b) { return length(a, b) < 1e-6; }

/// Whether b-end and c-end come along one upright or level line from the same side.
bool same_way(Point b, Point c, Point end) {
  const bool upright = std::abs(b.x - end.x) < 1e-6 && std::abs(c.x - end.x) < 1e-6;
  const bool level = std::abs(b.y - end.y) < 1e-6 && std::abs(c.y - end.y) < 1e-6;
  if (upright) return (b.y < end.y) == (c.y < end.y);
  return level && (b.x < end.x) == (c.x < end.x);
}

}  // namespace

std::vector<Point> rounded(const Polyline& line, double short_by) {
  std::vector<Point> points = {line.front()};
  const auto straight = [&](Point to) {
    const Point from = points.back();
    points.insert(points.end(), {from, to, to});
  };
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    const bool last = i + 2 == line.size();
    const double after = length(line[i], line[i + 1]) - (last ? short_by : 0);
    const double radius = std::max(
        0.0, std::min({corner_radius, length(line[i - 1], line[i]) / 2, last ? after : after / 2}));
    straight(towards(line[i], line[i - 1], radius));
    // A quarter circle's control points stand at 0.45 of the radius from the corner.
    points.push_back(towards(line[i], line[i - 1], radius * 0.45));
    points.push_back(towards(line[i], line[i + 1], radius * 0.45));
    points.push_back(towards(line[i], line[i + 1], radius));
  }
  straight(towards(line.back(), line[line.size() - 2], short_by));
  return points;
}

std::optional<Polyline> before_joining(const Polyline& line, const Polyline& other) {
  std::size_t common = 0;  // points from the end on
  while (common < line.size() && common < other.size() &&
         same_place(line[line.size() - 1 - common], other[other.size() - 1 - common])) {
    ++common;
  }
  if (common == 0 || common == line.size()) return std::nullopt;
  const std::size_t corner = line.size() - common;  // the first common point
  Polyline part(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(corner));
  const Point end = line[corner];
  if (common < other.size() && same_way(line[corner - 1], other[other.size() - 1 - common], end)) {
    const Point met = other[other.size() - 1 - common];
    const bool comes_from_aside = length(line[corner - 1], end) <= length(met, end);
    part.push_back(comes_from_aside ? towards(line[corner - 1], end, corner_radius) : met);
    return part;
  }
  if (common == 1) return std::nullopt;  // they meet at the arrow's tip alone
  part.push_back(end);
  part.push_back(towards(end, line[corner + 1], corner_radius));
  return part;
}

}  // namespace gemba::inline render
