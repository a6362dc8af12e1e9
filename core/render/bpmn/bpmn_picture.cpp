#include "core/render/bpmn/bpmn.h"
#include "core/render/picture.h"

namespace gemba::inline render {
namespace {

std::string draw(const PictureInput& input) {
  std::string text;
  timed(input.timings, "lay out", [&] { text = to_bpmn(input.process, input.chart); });
  return text;
}

}  // namespace

constinit const Picture pictures::bpmn{
    .name = "bpmn",
    .title = "BPMN",
    .ending = ".bpmn",
    .summary = "BPMN 2.0 with its diagram, for modelling tools",
    .direction = Direction::right,  // many tools know no lanes but rows
    .shows_changes = false,
    .draw = draw};

}  // namespace gemba::inline render
