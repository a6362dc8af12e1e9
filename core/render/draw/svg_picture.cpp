#include "core/render/draw/dot_picture.h"
#include "core/render/draw/draw.h"
#include "core/render/draw/svg.h"

namespace gemba::inline render {
namespace {

std::string draw(const PictureInput& input) {
  const std::string dot = dot_text(input);
  std::string picture;
  timed(input.timings, "draw", [&] { picture = draw_svg(dot); });
  return finish_svg(picture, input.chart);
}

}  // namespace

constinit const Picture pictures::svg{.name = "svg",
                                      .title = "SVG",
                                      .ending = ".svg",
                                      .summary = "for web pages and manuals, sharp at any size",
                                      .fits_page = true,
                                      .draw = draw};

}  // namespace gemba::inline render
