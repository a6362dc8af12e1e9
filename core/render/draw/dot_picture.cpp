#include "core/render/draw/dot_picture.h"

#include "core/render/draw/dot.h"
#include "core/render/lanes/layout.h"

namespace gemba::inline render {

std::string dot_text(const PictureInput& input) {
  std::string text;
  timed(input.timings, "lay out",
        [&] { text = to_dot(input.chart, lay_out(input.chart, node_sizes(input.chart))); });
  return text;
}

constinit const Picture pictures::dot{.name = "dot",
                                      .title = "DOT",
                                      .ending = ".dot",
                                      .summary = "what Graphviz draws, with every position fixed",
                                      .draw = dot_text};

}  // namespace gemba::inline render
