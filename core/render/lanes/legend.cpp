#include "core/render/lanes/legend.h"

#include <algorithm>

#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

constexpr double line_pitch = 17;
constexpr double base_line = 12;  // of the print below the line's upper edge
constexpr double title_gap = 14;
constexpr double entry_gap = 16;
constexpr double sign_gap = 5;
constexpr double bar_width = 150;
constexpr double bar_height = 9;

Size sign_size(LegendSign sign) {
  switch (sign) {
    case LegendSign::disc:
      return {10, 10};
    case LegendSign::box:
      return {18, 11};
    case LegendSign::none:
      break;
  }
  return {};
}

/// Sets parts side by side and begins a new line where the next one does not fit.
struct Setter {
  double width;
  Point at;
  double right = 0;

  /// Makes room for a part; returns where it begins.
  Point next(double extent, double gap) {
    if (at.x > 0 && at.x + extent > width) at = {0, at.y + line_pitch};
    const Point place = at;
    right = std::max(right, at.x + extent);
    at.x += extent + gap;
    return place;
  }
};

}  // namespace

LegendPlace place_legend(const Legend& legend, double top, double width) {
  LegendPlace place;
  Setter setter{width, {0, top}};
  const Point title = setter.next(text_width(legend.title, legend_font, true), title_gap);
  place.title_at = {title.x, title.y + base_line};
  if (legend.scale) {
    const double before = text_width(legend.scale->low, legend_font) + scale_gap;
    const double after = text_width(legend.scale->high, legend_font) + scale_gap;
    const Point at = setter.next(before + bar_width + after, entry_gap);
    const double bar_top = at.y + (line_pitch - bar_height) / 2;
    place.scale = {at.x + before, bar_top, at.x + before + bar_width, bar_top + bar_height};
  }
  for (const LegendEntry& entry : legend.entries) {
    const Size sign = sign_size(entry.sign);
    const double before = sign.width > 0 ? sign.width + sign_gap : 0;
    const Point at = setter.next(before + text_width(entry.text, legend_font), entry_gap);
    const double sign_top = at.y + (line_pitch - sign.height) / 2;
    place.entries.push_back({{at.x, sign_top, at.x + sign.width, sign_top + sign.height},
                             {at.x + before, at.y + base_line}});
  }
  place.room = {0, top, setter.right, setter.at.y + line_pitch};
  return place;
}

}  // namespace gemba::inline render
