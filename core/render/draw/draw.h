#pragma once
#include <string>

#include "core/render/draw/picture_format.h"

namespace gemba::inline render {

/// Draws a DOT text whose positions are all fixed, in a format that `is_drawn`. The same text gives
/// the same bytes with the same fonts. `dpi` is for PNG. Throws `Error` when Graphviz fails.
/// Graphviz has global state: never from two threads.
std::string draw(const std::string& dot_text, PictureFormat format, int dpi = 110);

}  // namespace gemba::inline render
