#pragma once
#include <string>
#include <vector>

#include "core/render/chart/chart.h"
#include "core/render/chart/geometry.h"

namespace gemba::inline render {

/// Where the parts of one legend stand, from the chart's upper left corner on.
struct LegendPlace {
  Point title_at;  ///< left end of the title's base line
  Rect scale;      ///< the heat scale's bar; empty without one
  struct Entry {
    Rect sign;  ///< empty without one
    Point text_at;
  };
  std::vector<Entry> entries;
  Rect room;  ///< all of it
};

/// Places a legend from `top` on, its parts side by side in lines of at most `width` points.
LegendPlace place_legend(const Legend& legend, double top, double width);

/// Size of the print in legends.
inline constexpr double legend_font = 9;

/// Between the heat scale's bar and the figures at its ends.
inline constexpr double scale_gap = 6;

}  // namespace gemba::inline render
