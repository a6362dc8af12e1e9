#include "core/render/draw/picture_format.h"

#include <array>
#include <cstddef>

namespace gemba::inline render {
namespace {

constexpr std::array<PictureFormatName, 6> formats = {{{PictureFormat::svg, "svg", ".svg"},
                                                       {PictureFormat::png, "png", ".png"},
                                                       {PictureFormat::pdf, "pdf", ".pdf"},
                                                       {PictureFormat::dot, "dot", ".dot"},
                                                       {PictureFormat::mermaid, "mermaid", ".mmd"},
                                                       {PictureFormat::bpmn, "bpmn", ".bpmn"}}};

std::optional<PictureFormat> find(std::string_view PictureFormatName::*part,
                                  std::string_view text) {
  for (const PictureFormatName& name : formats) {
    if (name.*part == text) return name.format;
  }
  return std::nullopt;
}

}  // namespace

std::span<const PictureFormatName> picture_formats() { return formats; }

std::optional<PictureFormat> parse_picture_format(std::string_view word) {
  return find(&PictureFormatName::word, word);
}

std::optional<PictureFormat> picture_format_of_extension(std::string_view extension) {
  return find(&PictureFormatName::extension, extension);
}

std::string_view extension_of(PictureFormat format) {
  return formats[static_cast<std::size_t>(format)].extension;
}

bool is_drawn(PictureFormat format) { return format == PictureFormat::svg || is_binary(format); }

bool is_binary(PictureFormat format) {
  return format == PictureFormat::png || format == PictureFormat::pdf;
}

}  // namespace gemba::inline render
