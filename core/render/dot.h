#pragma once
#include <string>

#include "core/render/chart.h"
#include "core/render/layout.h"

namespace gemba {

/// The chart as a Graphviz document with every position fixed, to be drawn by the engine `nop2`
/// (`neato -n2`). The same chart and layout give the same bytes. Text of the document is escaped;
/// it chooses no font, shape or image.
std::string to_dot(const Chart& chart, const Layout& layout);

}  // namespace gemba
