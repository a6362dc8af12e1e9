#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/render/chart/geometry.h"

namespace gemba::inline render {

/// Sizes of the print on charts, in points.
inline constexpr double node_font = 11;
inline constexpr double diamond_font = 10;
inline constexpr double small_font = 9;
inline constexpr double label_font = 9;
inline constexpr double badge_font = 8.5;
inline constexpr double header_font = 12;
inline constexpr double title_font = 17;

/// Height of a line of print of a font size.
inline double line_height(double font_size) { return font_size * 1.25; }

/// Width of a text in points, from the advance widths of Inter; a CJK glyph is as wide as the font
/// is high. The same everywhere, whatever fonts are installed.
double text_width(std::string_view text, double font_size, bool bold = false);

/// Size of a block of lines.
Size text_size(const std::vector<std::string>& lines, double font_size);

/// `wrap_to_width` with lines of about equal length; at most `max_lines`, the last cut with `…`.
std::vector<std::string> wrap_evenly(std::string_view text, std::size_t columns,
                                     std::size_t max_lines);

}  // namespace gemba::inline render
