#include "core/render/draw/mermaid.h"
#include "core/render/picture.h"

namespace gemba::inline render {
namespace {

std::string draw(const PictureInput& input) { return to_mermaid(input.chart); }

}  // namespace

constinit const Picture pictures::mermaid{
    .name = "mermaid",
    .title = "Mermaid",
    .ending = ".mmd",
    .summary = "a flowchart as text, for Markdown that draws it",
    .draw = draw};

}  // namespace gemba::inline render
