#pragma once
#include <optional>
#include <vector>

#include "core/render/chart/geometry.h"

namespace gemba::inline render {

/// Length of an arrow head: where a curve ends before its line does.
inline constexpr double arrow_length = 6.5;

/// Cubic Bézier control points (first point, then three for each part) of a line with rounded
/// corners. It ends `short_by` points before the line does.
std::vector<Point> rounded(const Polyline& line, double short_by);

/// The part of a line before it runs into another that ends at the same place, with the first step
/// along it; none when they have no stretch in common.
std::optional<Polyline> before_joining(const Polyline& line, const Polyline& other);

}  // namespace gemba::inline render
