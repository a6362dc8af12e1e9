#include "core/render/draw/fonts.h"

#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <memory>

#include "core/base/text.h"

namespace gemba::inline render {
namespace {

bool has_cjk(const std::string& text) {
  const std::u32string points = decode_utf8(text);
  return std::any_of(points.begin(), points.end(), [](char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
  });
}

bool has_cjk(const Chart& chart) {
  const auto any = [](const std::vector<std::string>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const auto& line) { return has_cjk(line); });
  };
  return has_cjk(chart.title) || any(chart.facts) ||
         std::any_of(chart.lanes.begin(), chart.lanes.end(),
                     [](const ChartLane& lane) { return has_cjk(lane.name); }) ||
         std::any_of(chart.nodes.begin(), chart.nodes.end(),
                     [&](const ChartNode& node) { return any(node.lines); }) ||
         std::any_of(chart.edges.begin(), chart.edges.end(),
                     [&](const ChartEdge& edge) { return any(edge.label); });
}

/// Whether some installed font has everyday Chinese glyphs.
bool cjk_font_installed() {
  const std::unique_ptr<FcCharSet, void (*)(FcCharSet*)> glyphs(FcCharSetCreate(),
                                                                FcCharSetDestroy);
  for (const char32_t c : U"流程审批") {
    if (c != 0) FcCharSetAddChar(glyphs.get(), c);
  }
  const std::unique_ptr<FcPattern, void (*)(FcPattern*)> pattern(FcPatternCreate(),
                                                                 FcPatternDestroy);
  FcPatternAddCharSet(pattern.get(), FC_CHARSET, glyphs.get());
  const std::unique_ptr<FcObjectSet, void (*)(FcObjectSet*)> wanted(
      FcObjectSetBuild(FC_FAMILY, nullptr), FcObjectSetDestroy);
  const std::unique_ptr<FcFontSet, void (*)(FcFontSet*)> found(
      FcFontList(nullptr, pattern.get(), wanted.get()), FcFontSetDestroy);
  return found && found->nfont > 0;
}

}  // namespace

std::optional<std::string> missing_cjk_font_warning(const Chart& chart) {
  if (!has_cjk(chart) || cjk_font_installed()) return std::nullopt;
  return "no installed font has Chinese glyphs: PNG and PDF will show empty boxes; install the "
         "package fonts-noto-cjk";
}

}  // namespace gemba::inline render
