#include "core/render/draw/dot_picture.h"
#include "core/render/draw/draw.h"

namespace gemba::inline render {
namespace {

std::string draw(const PictureInput& input) {
  const std::string dot = dot_text(input);
  std::string picture;
  timed(input.timings, "draw", [&] { picture = draw_pdf(dot); });
  return picture;
}

}  // namespace

constinit const Picture pictures::pdf{.name = "pdf",
                                      .title = "PDF",
                                      .ending = ".pdf",
                                      .summary = "for print",
                                      .is_binary = true,
                                      .has_letters = true,
                                      .draw = draw};

}  // namespace gemba::inline render
