#pragma once
#include <optional>
#include <string>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// A warning with the package to install, when the chart has Chinese, Japanese or Korean text and
/// no installed font has the glyphs: PNG and PDF would show empty boxes. SVG is drawn with the
/// reader's fonts and needs none.
std::optional<std::string> missing_cjk_font_warning(const Chart& chart);

}  // namespace gemba::inline render
