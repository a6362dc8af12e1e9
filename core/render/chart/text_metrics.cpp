#include "core/render/chart/text_metrics.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace gemba::inline render {
namespace {

/// Advance widths of U+0020 to U+007E in thousandths of the font size.
constexpr std::array<short, 95> regular_widths = {
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605,
    636, 642, 608, 624, 571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
    587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
    665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
    237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659};
constexpr double bold_factor = 1.06;
constexpr double other_width = 0.72;

}  // namespace

double text_width(std::string_view text, double font_size, bool bold) {
  double width = 0;
  for (const char32_t c : decode_utf8(text)) {
    if (c >= 0x20 && c < 0x7F) {
      width += regular_widths[c - 0x20] / 1000.0 * (bold ? bold_factor : 1.0);
    } else {
      const std::size_t columns = display_width(encode_utf8(c));
      width += columns == 2 ? 1.0 : columns == 0 ? 0.0 : other_width;
    }
  }
  return width * font_size;
}

Size text_size(const std::vector<std::string>& lines, double font_size) {
  Size size;
  for (const std::string& line : lines) {
    size.width = std::max(size.width, text_width(line, font_size));
    size.height += line_height(font_size);
  }
  return size;
}

std::vector<std::string> wrap_evenly(std::string_view text, std::size_t columns,
                                     std::size_t max_lines) {
  std::vector<std::string> lines = wrap_to_width(text, columns);
  if (lines.size() > max_lines) {
    std::string rest = lines[max_lines - 1] + lines[max_lines];
    lines.resize(max_lines);
    lines.back() = truncate_to_width(rest, std::min(columns, display_width(rest) - 1));
    return lines;
  }
  for (std::size_t narrow = columns; narrow-- > 4;) {
    std::vector<std::string> candidate = wrap_to_width(text, narrow);
    const bool whole_words = std::all_of(candidate.begin(), candidate.end(), [&](const auto& line) {
      return display_width(line) <= narrow;
    });
    if (candidate.size() > lines.size() || !whole_words) break;
    lines = std::move(candidate);
  }
  return lines;
}

}  // namespace gemba::inline render
