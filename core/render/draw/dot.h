#pragma once
#include <string>

#include "core/render/chart/chart.h"
#include "core/render/lanes/layout.h"

namespace gemba::inline render {

/// The chart as a Graphviz document with every position fixed. It asks for the engine `nop2`, so
/// that `dot`, `neato` and every other program of Graphviz draw it as it is. The same chart and
/// layout give the same bytes. Text of the document is escaped; it chooses no font, shape or image.
std::string to_dot(const Chart& chart, const Layout& layout);

}  // namespace gemba::inline render
