#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gemba {

enum class PictureFormat : std::uint8_t { svg, png, pdf, dot };

/// `svg`, `png`, `pdf`, `dot`; none for anything else.
std::optional<PictureFormat> parse_picture_format(std::string_view text);

/// Draws a DOT text whose positions are all fixed. The same text gives the same bytes with the same
/// fonts. `dpi` is for PNG. `dot` returns the text. Throws `Error` when Graphviz fails. Graphviz
/// has global state: never from two threads.
std::string draw(const std::string& dot_text, PictureFormat format, int dpi = 110);

}  // namespace gemba
