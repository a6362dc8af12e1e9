#include "quality.h"

#include <algorithm>
#include <cmath>

namespace gemba {
namespace {

Rect shrunk(const Rect& rect, double by) {
  return {rect.left + by, rect.top + by, rect.right - by, rect.bottom - by};
}

bool meet(const ChartEdge& a, const ChartEdge& b) {
  return a.from == b.from || a.from == b.to || a.to == b.from || a.to == b.to;
}

bool upright(Point a, Point b) { return std::abs(a.x - b.x) < 1e-6; }

/// Whether two lines lie on each other (closer than a point and a half) for more than a point.
bool lie_together(Point a, Point b, Point c, Point d) {
  if (upright(a, b) != upright(c, d)) return false;
  const bool up = upright(a, b);
  const double apart = up ? std::abs(a.x - c.x) : std::abs(a.y - c.y);
  const auto range = [&](Point p, Point q) {
    return up ? std::pair(std::min(p.y, q.y), std::max(p.y, q.y))
              : std::pair(std::min(p.x, q.x), std::max(p.x, q.x));
  };
  const auto [low1, high1] = range(a, b);
  const auto [low2, high2] = range(c, d);
  return apart < 1.5 && std::min(high1, high2) - std::max(low1, low2) > 1;
}

bool cross(Point a, Point b, Point c, Point d) {
  if (upright(a, b) == upright(c, d)) return false;
  if (!upright(a, b)) return cross(c, d, a, b);
  const auto between = [](double value, double p, double q) {
    return std::min(p, q) + 0.01 < value && value < std::max(p, q) - 0.01;
  };
  return between(a.x, c.x, d.x) && between(c.y, a.y, b.y);
}

template <class Check>
int count_pairs(std::size_t count, Check check) {
  int found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) found += check(i, j) ? 1 : 0;
  }
  return found;
}

template <class Check>
bool any_pair(const Polyline& a, const Polyline& b, Check check) {
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    for (std::size_t j = 0; j + 1 < b.size(); ++j) {
      if (check(a[i], a[i + 1], b[j], b[j + 1])) return true;
    }
  }
  return false;
}

void measure_edges(const Chart& chart, const Layout& layout, Quality& quality) {
  for (std::size_t e = 0; e < layout.edges.size(); ++e) {
    const Polyline& line = layout.edges[e];
    bool through = false;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const Rect drawn = rect_of_line(line[i], line[i + 1], 0.1);
      for (std::size_t k = 0; k < layout.footprints.size(); ++k) {
        // The first and last line end on a slanted or round outline, inside its rectangle.
        const bool own = (i == 0 && k == chart.edges[e].from) ||
                         (i + 2 == line.size() && k == chart.edges[e].to);
        through = through || (!own && overlap(drawn, shrunk(layout.nodes[k], 1)));
      }
      if (!upright(line[i], line[i + 1]) && std::abs(line[i].y - line[i + 1].y) > 1e-6) {
        ++quality.slanted;
      }
    }
    quality.edges_through_nodes += through ? 1 : 0;
    quality.bends += std::max(static_cast<int>(line.size()) - 2, 0);
  }
  const std::size_t edges = chart.edges.size();
  quality.shared_lines = count_pairs(edges, [&](std::size_t i, std::size_t j) {
    return !meet(chart.edges[i], chart.edges[j]) &&
           any_pair(layout.edges[i], layout.edges[j], lie_together);
  });
  quality.crossings = count_pairs(edges, [&](std::size_t i, std::size_t j) {
    return !meet(chart.edges[i], chart.edges[j]) &&
           any_pair(layout.edges[i], layout.edges[j], cross);
  });
}

void measure_labels(const Layout& layout, Quality& quality) {
  for (const std::optional<Rect>& label : layout.labels) {
    if (!label) continue;
    for (const Rect& node : layout.footprints) quality.labels_on_nodes += overlap(*label, node);
    for (const Polyline& line : layout.edges) {
      for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        quality.labels_on_lines += overlap(*label, rect_of_line(line[i], line[i + 1], 0.5));
      }
    }
    quality.outside += label->left < 0 || label->top < 0 || label->right > layout.size.width ||
                       label->bottom > layout.size.height;
  }
  quality.labels_on_labels = count_pairs(layout.labels.size(), [&](std::size_t i, std::size_t j) {
    return layout.labels[i] && layout.labels[j] && overlap(*layout.labels[i], *layout.labels[j]);
  });
}

}  // namespace

Quality measure(const Chart& chart, const Layout& layout) {
  Quality quality;
  quality.node_overlaps = count_pairs(layout.footprints.size(), [&](std::size_t i, std::size_t j) {
    return overlap(layout.footprints[i], layout.footprints[j]);
  });
  measure_edges(chart, layout, quality);
  measure_labels(layout, quality);
  for (std::size_t i = 0; i < layout.footprints.size(); ++i) {
    const Rect& lane = layout.lanes[chart.nodes[i].lane];
    const Rect& node = layout.footprints[i];
    quality.outside += node.left < lane.left || node.right > lane.right || node.top < lane.top ||
                       node.bottom > lane.bottom;
  }
  return quality;
}

}  // namespace gemba
