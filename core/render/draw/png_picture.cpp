#include "core/render/draw/dot_picture.h"
#include "core/render/draw/draw.h"

namespace gemba::inline render {
namespace {

std::string draw(const PictureInput& input) {
  const std::string dot = dot_text(input);
  std::string picture;
  timed(input.timings, "draw", [&] { picture = draw_png(dot, input.dpi); });
  return picture;
}

}  // namespace

constinit const Picture pictures::png{.name = "png",
                                      .title = "PNG",
                                      .ending = ".png",
                                      .summary = "dots, for what knows no SVG",
                                      .is_binary = true,
                                      .has_dots = true,
                                      .has_letters = true,
                                      .fits_page = true,
                                      .draw = draw};

}  // namespace gemba::inline render
