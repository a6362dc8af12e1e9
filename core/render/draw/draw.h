#pragma once
#include <string>

namespace gemba::inline render {

/// Draw a DOT text whose positions are all fixed. The same text gives the same bytes with the same
/// fonts. Throw `Error` when Graphviz fails. Graphviz has global state: never from two threads.
std::string draw_svg(const std::string& dot_text);
std::string draw_png(const std::string& dot_text, int dpi = 110);
std::string draw_pdf(const std::string& dot_text);

}  // namespace gemba::inline render
