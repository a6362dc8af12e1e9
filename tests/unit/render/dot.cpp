#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/base/error.h"
#include "core/render/draw/dot.h"
#include "core/render/draw/draw.h"
#include "core/render/draw/escape.h"
#include "core/render/draw/fonts.h"
#include "samples.h"

using namespace gemba;

namespace {

std::string dot_of(const Process& process, const ChartOptions& options = {}) {
  const Chart chart = make_chart(process, options);
  return to_dot(chart, lay_out(chart, node_sizes(chart)));
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

}  // namespace

TEST_CASE("the DOT text of a small process") {
  const std::string path = GEMBA_ROOT "/tests/unit/render/tiny.dot";
  const std::string dot = dot_of(samples::tiny());
  if (std::getenv("GEMBA_UPDATE") != nullptr) std::ofstream(path) << dot;
  std::ifstream stream(path);
  const std::string golden{std::istreambuf_iterator<char>(stream), {}};
  CHECK(dot == golden);
}

TEST_CASE("a process without steps is a sheet with a title") {
  samples::Builder b("empty", "Nothing");
  CHECK(dot_of(b.done()).find("Nothing") != std::string::npos);
}

TEST_CASE("strings are quoted for DOT and for labels") {
  CHECK(dot_string("a\"b\\c&d") == R"("a\"b＼c&amp;d")");
  CHECK(dot_raw("a\\") == R"("a＼")");
  CHECK(dot_raw("a\"b") == R"("a\"b")");
  CHECK(html_text("<a href='x'>&\"\\N") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;＼N");
}

TEST_CASE("hostile text stays text") {
  const Process process = samples::hostile();
  const std::string dot = dot_of(process);
  CHECK(dot.find("javascript") == std::string::npos);
  CHECK(dot.find('\x01') == std::string::npos);
  const std::string svg = draw_svg(dot);
  CHECK(count(svg, "<script") == 0);
  CHECK(count(svg, "</svg>") == 1);
  CHECK(count(svg, "javascript:") == 0);
  CHECK(count(svg, "onload=\"") == 0);
  CHECK(count(svg, "\u202E") == 0);
  CHECK(count(svg, "class=\"node step") == process.steps.size());
  CHECK(count(svg, "class=\"edge") == process.flows.size());
  CHECK(count(svg, "&lt;/font&gt;&lt;script") > 0);
}

TEST_CASE("labels are shown as they are written") {
  samples::Builder b("p", "A & B <1>");
  b.step("one", "R&D \\N <ok>");
  const std::string svg = draw_svg(dot_of(b.done()));
  CHECK(count(svg, ">A &amp; B &lt;1&gt;</text>") == 1);
  CHECK(count(svg, ">R&amp;D ＼N &lt;ok&gt;</text>") == 1);
  CHECK(count(svg, "xlink:title=\"R&amp;D ＼N &lt;ok&gt;\"") == 1);
}

TEST_CASE("the same chart gives the same bytes") {
  for (const Process& process : {samples::purchasing(), samples::rarities()}) {
    const std::string dot = dot_of(process);
    CHECK(dot == dot_of(process));
    for (const std::string& first : {draw_svg(dot), draw_png(dot, 40), draw_pdf(dot)}) {
      CHECK(first.size() > 1000);
    }
    CHECK(draw_svg(dot) == draw_svg(dot));
    CHECK(draw_png(dot, 40) == draw_png(dot, 40));
    CHECK(draw_pdf(dot) == draw_pdf(dot));
  }
}

TEST_CASE("pictures are of their kind") {
  const std::string dot = dot_of(samples::tiny());
  CHECK(draw_svg(dot).find("<svg") != std::string::npos);
  CHECK(draw_png(dot, 50).starts_with("\x89PNG"));
  const std::string pdf = draw_pdf(dot);
  CHECK(pdf.starts_with("%PDF"));
  CHECK(pdf.find("/CreationDate (D:20000101000000") != std::string::npos);
  CHECK(draw_png(dot, 100).size() > draw_png(dot, 50).size());
}

TEST_CASE("what Graphviz cannot read is an error that says so") {
  CHECK_THROWS_AS(draw_svg("digraph { a ["), Error);
  CHECK_NOTHROW(draw_svg(dot_of(samples::tiny())));
}

TEST_CASE("a chart without Chinese text needs no Chinese font") {
  samples::Builder b("plain", "Plain");
  b.step("one", "One");
  ChartOptions options;
  options.language = "en";
  CHECK_FALSE(missing_cjk_font_warning(make_chart(b.done(), options)).has_value());
}
