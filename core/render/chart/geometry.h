#pragma once
#include <vector>

namespace gemba::inline render {

/// A place on a chart, in points (1/72 inch); y grows downwards.
struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

/// Width and height in points.
struct Size {
  double width = 0;
  double height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

/// An upright rectangle in points.
struct Rect {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  Point center() const { return {(left + right) / 2, (top + bottom) / 2}; }
};

/// The rectangle of a size around its centre.
inline Rect rect_around(Point center, Size size) {
  return {center.x - size.width / 2, center.y - size.height / 2, center.x + size.width / 2,
          center.y + size.height / 2};
}

/// Whether two rectangles share an area, not only a border.
inline bool overlap(const Rect& a, const Rect& b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/// The smallest rectangle that holds an upright or level line from `a` to `b`, `margin` wider on
/// every side.
inline Rect rect_of_line(Point a, Point b, double margin) {
  return {(a.x < b.x ? a.x : b.x) - margin, (a.y < b.y ? a.y : b.y) - margin,
          (a.x < b.x ? b.x : a.x) + margin, (a.y < b.y ? b.y : a.y) + margin};
}

/// A chain of level and upright lines.
using Polyline = std::vector<Point>;

}  // namespace gemba::inline render
