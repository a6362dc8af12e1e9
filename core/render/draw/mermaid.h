#pragma once
#include <string>
#include <string_view>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// The chart as a Mermaid flowchart (11.3 or later): a subgraph for every lane, rework dashed,
/// names whole. Mermaid lays it out itself. The same chart gives the same bytes.
std::string to_mermaid(const Chart& chart);

/// A text inside a quoted Mermaid label that is shown as it is: whatever means something to
/// Mermaid, Markdown, HTML or YAML becomes the number of its character, `#35;`. The ligature ﬂ
/// becomes two letters.
std::string mermaid_text(std::string_view text);

}  // namespace gemba::inline render
