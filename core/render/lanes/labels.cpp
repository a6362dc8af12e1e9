#include "core/render/lanes/labels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gemba::inline render {
namespace {

constexpr double gap = 4;  // from the line
constexpr double from_node = 3;
constexpr double from_arrow = 10;
constexpr double line_margin = 1.5;
constexpr double label_margin = 1;
constexpr double slide = 4;

bool upright(Point a, Point b) { return a.x == b.x; }

/// The rectangle of a label beside the line a-b, `along` points from a, on the preferred side or
/// the other.
Rect beside(Point a, Point b, Size size, double along, bool preferred, Direction direction) {
  Rect rect;
  if (upright(a, b)) {
    const bool high = (direction == Direction::down) == preferred;
    rect.left = high ? a.x + gap : a.x - gap - size.width;
    rect.top = b.y > a.y ? a.y + along : a.y - along - size.height;
  } else {
    const bool high = (direction == Direction::right) == preferred;
    rect.left = b.x > a.x ? a.x + along : a.x - along - size.width;
    rect.top = high ? a.y + gap / 2 : a.y - gap / 2 - size.height;
  }
  rect.right = rect.left + size.width;
  rect.bottom = rect.top + size.height;
  return rect;
}

double covered(const Rect& a, const Rect& b) {
  if (!overlap(a, b)) return 0;
  return (std::min(a.right, b.right) - std::max(a.left, b.left)) *
         (std::min(a.bottom, b.bottom) - std::max(a.top, b.top));
}

/// How much of what is drawn a label would cover.
double damage(const LabelScene& scene, const std::vector<std::optional<Rect>>& placed,
              const Rect& rect) {
  double total = rect.width() * rect.height() - covered(rect, scene.bounds);
  if (total < 1e-6) total = 0;
  for (const Rect& node : scene.nodes) {
    total += covered(rect, {node.left - 1, node.top - 1, node.right + 1, node.bottom + 1});
  }
  for (const Polyline& edge : scene.edges) {
    for (std::size_t i = 0; i + 1 < edge.size(); ++i) {
      total += covered(rect, rect_of_line(edge[i], edge[i + 1], line_margin));
    }
  }
  for (const std::optional<Rect>& other : placed) {
    if (!other) continue;
    total += 4 * covered(rect, {other->left - label_margin, other->top - label_margin,
                                other->right + label_margin, other->bottom + label_margin});
  }
  return total;
}

struct Best {
  Rect rect;
  double damage = std::numeric_limits<double>::max();
};

/// Tries places along one line, both sides at each; keeps the first that covers nothing.
void try_line(const LabelScene& scene, const std::vector<std::optional<Rect>>& placed, Point a,
              Point b, const LabelTask& task, double first, bool once, Best& best) {
  const double length = std::abs(b.x - a.x) + std::abs(b.y - a.y);
  const double extent = upright(a, b) ? task.size.height : task.size.width;
  for (double along = first; along == first || along + extent <= length; along += slide) {
    for (const bool preferred : {true, false}) {
      const Rect rect = beside(a, b, task.size, along, preferred, scene.direction);
      const double harm = damage(scene, placed, rect);
      if (harm < best.damage) best = {rect, harm};
      if (best.damage == 0 || once) break;
    }
    if (best.damage == 0 || once) return;
  }
}

/// The place by the rule alone, without looking for another.
Best usual_place(const LabelScene& scene, const std::vector<std::optional<Rect>>& placed,
                 const LabelTask& task) {
  const Polyline& edge = scene.edges[task.edge];
  Best best;
  if (task.at_entry) {
    try_line(scene, placed, edge.back(), edge[edge.size() - 2], task, from_arrow, true, best);
  } else {
    try_line(scene, placed, edge[0], edge[1], task, from_node, true, best);
  }
  return best;
}

Best any_place(const LabelScene& scene, const std::vector<std::optional<Rect>>& placed,
               const LabelTask& task) {
  const Polyline& edge = scene.edges[task.edge];
  Best best;
  for (std::size_t i = 0; i + 1 < edge.size() && best.damage > 0; ++i) {
    if (task.at_entry) {
      const std::size_t end = edge.size() - 1 - i;
      try_line(scene, placed, edge[end], edge[end - 1], task, i == 0 ? from_arrow : from_node,
               false, best);
    } else {
      try_line(scene, placed, edge[i], edge[i + 1], task, from_node, false, best);
    }
  }
  return best;
}

}  // namespace

std::vector<std::optional<Rect>> place_labels(const LabelScene& scene,
                                              const std::vector<LabelTask>& tasks) {
  std::vector<std::optional<Rect>> placed(scene.edges.size());
  for (const LabelTask& task : tasks) {
    const Best usual = usual_place(scene, placed, task);
    if (usual.damage == 0) placed[task.edge] = usual.rect;
  }
  for (const LabelTask& task : tasks) {
    if (!placed[task.edge]) placed[task.edge] = any_place(scene, placed, task).rect;
  }
  return placed;
}

}  // namespace gemba::inline render
