#pragma once
#include <string>
#include <string_view>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// Makes what Graphviz draws of a chart a document of its own: with its language, a title and a
/// description for those who hear it, and without comments, which name the version of Graphviz.
std::string finish_svg(std::string_view svg, const Chart& chart);

}  // namespace gemba::inline render
