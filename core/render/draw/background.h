#pragma once
#include <string>

#include "core/render/chart/chart.h"
#include "core/render/lanes/layout.h"

namespace gemba::inline render {

/// What stands behind the nodes, as xdot 1.7 drawing operations: lanes, headers, title, small
/// print, legend.
std::string background(const Chart& chart, const Layout& layout);

/// A coordinate as short as it can be written to a hundredth of a point.
std::string coordinate(double value);

/// Fonts of every text on a chart.
inline constexpr const char* chart_fonts = "Inter,Noto Sans CJK SC,sans-serif";

}  // namespace gemba::inline render
