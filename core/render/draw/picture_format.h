#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace gemba::inline render {

/// What a chart can be written as.
enum class PictureFormat : std::uint8_t { svg, png, pdf, dot, mermaid, bpmn };

/// One format, as the command line and file names call it.
struct PictureFormatName {
  PictureFormat format;
  std::string_view word;       ///< `mermaid`
  std::string_view extension;  ///< `.mmd`
};

/// All of them, in the order of `PictureFormat`.
std::span<const PictureFormatName> picture_formats();

/// The format of a word or of an extension; none for anything else.
std::optional<PictureFormat> parse_picture_format(std::string_view word);
std::optional<PictureFormat> picture_format_of_extension(std::string_view extension);

/// `.svg`, `.mmd` …
std::string_view extension_of(PictureFormat format);

/// Whether Graphviz draws it from DOT text; the others are written without it.
bool is_drawn(PictureFormat format);

/// Whether it is no text for a terminal.
bool is_binary(PictureFormat format);

}  // namespace gemba::inline render
