#include <doctest/doctest.h>

#include "core/render/draw/dot.h"
#include "core/render/draw/draw.h"
#include "core/render/draw/svg.h"
#include "samples.h"

using namespace gemba;

namespace {

std::string svg_of(const Process& process, const ChartOptions& options = {}) {
  const Chart chart = make_chart(process, options);
  return finish_svg(draw_svg(to_dot(chart, lay_out(chart, node_sizes(chart)))), chart);
}

bool contains(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an SVG says what it shows") {
  const std::string svg = svg_of(samples::tiny());
  CHECK(contains(svg,
                 "<svg role=\"img\" aria-labelledby=\"chart-title chart-description\" "
                 "xml:lang=\"zh-CN\" "));
  CHECK(contains(svg, "<title id=\"chart-title\">"));
  CHECK(contains(svg, "<desc id=\"chart-description\">泳道图,"));
  CHECK_FALSE(contains(svg, "<!--"));
  CHECK_FALSE(contains(svg, "<title>chart</title>"));
  ChartOptions plain;
  plain.language = "en";
  plain.lanes = LaneKey::none;
  CHECK(contains(svg_of(samples::tiny(), plain), "<desc id=\"chart-description\">Flowchart with "));
}

TEST_CASE("a title is text in an SVG, whatever it says") {
  samples::Builder b("p", "a-->b</title><script>alert(1)</script>&amp;");
  b.role("r", "<!-- lane -->");
  b.step("s", "s", StepKind::start, "r");
  b.step("e", "e", StepKind::end, "r");
  b.flow("s", "e");
  const std::string svg = svg_of(b.done());
  CHECK_FALSE(contains(svg, "<script"));
  CHECK(
      contains(svg, "a--&#62;b&#60;/title&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;"));
  CHECK(contains(svg, "&#60;!-- lane --&#62;"));
  CHECK(contains(svg, "</svg>"));
}
