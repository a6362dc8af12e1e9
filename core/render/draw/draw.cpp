#include "core/render/draw/draw.h"

#include <fmt/format.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/render/draw/bitmap.h"

namespace gemba::inline render {
namespace {

/// Graphviz reports through a C callback only; the first error of the drawing under way is kept
/// here.
std::string& reported_error() {
  static std::string error;
  return error;
}

int keep_error(char* message) {
  // Graphviz hands out a message in pieces, with "Error: " as the first one.
  reported_error() += message;
  return 0;
}

/// One context for the whole program: a second one would read the plugin configuration again.
GVC_t* context() {
  static const std::unique_ptr<GVC_t, int (*)(GVC_t*)> shared = [] {
    agseterr(AGERR);
    agseterrf(keep_error);
    return std::unique_ptr<GVC_t, int (*)(GVC_t*)>(gvContext(), gvFreeContext);
  }();
  return shared.get();
}

[[noreturn]] void fail(const char* what) {
  std::string why = reported_error();
  std::replace(why.begin(), why.end(), '\n', ' ');
  while (!why.empty() && why.back() == ' ') why.pop_back();
  throw Error(fmt::format("Graphviz cannot {}{}{}; try --format dot to see the chart it was given",
                          what, why.empty() ? "" : ": ", why));
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const {
    gvFreeLayout(context(), graph);
    agclose(graph);
  }
};

struct FreeData {
  void operator()(char* data) const { gvFreeRenderData(data); }
};

/// Overwrites the date with a fixed one of the same length, so that equal charts are equal bytes.
void fix_creation_date(std::string& pdf) {
  constexpr std::string_view key = "/CreationDate (D:";
  const std::size_t at = pdf.find(key);
  if (at == std::string::npos) return;
  constexpr std::string_view fixed = "20000101000000";
  for (std::size_t i = 0, place = at + key.size(); place < pdf.size() && pdf[place] != ')';
       ++place) {
    if (pdf[place] >= '0' && pdf[place] <= '9') pdf[place] = i < fixed.size() ? fixed[i] : '0';
    if (pdf[place] == '+' || pdf[place] == '-') pdf[place] = '+';
    ++i;
  }
}

/// Renders a graph that is laid out; none when there is no such renderer or it fails.
std::optional<std::string> render(Agraph_t* graph, const char* renderer) {
  char* data = nullptr;
  unsigned length = 0;
  const int failed = gvRenderData(context(), graph, renderer, &data, &length);
  const std::unique_ptr<char, FreeData> owner(data);
  if (failed != 0 || data == nullptr || !reported_error().empty()) return std::nullopt;
  return std::string(data, length);
}

/// By way of a bitmap where that renderer is installed, because it is fast; else by Graphviz' own
/// encoder.
std::optional<std::string> render_png(Agraph_t* graph) {
  if (const std::optional<std::string> bitmap = render(graph, "bmp")) {
    if (std::optional<std::string> png = png_of_bitmap(*bitmap)) return png;
  }
  reported_error().clear();
  return render(graph, "png");
}

/// The picture that a renderer makes of a DOT text. `dpi` counts for bitmaps.
std::string drawn(const std::string& dot_text, std::optional<int> dpi,
                  std::optional<std::string> (*make)(Agraph_t* graph)) {
  GVC_t* graphviz = context();
  reported_error().clear();
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agmemread(dot_text.c_str()));
  if (!graph) fail("read the chart");
  if (dpi) {
    std::string name = "dpi";
    std::string value = std::to_string(*dpi);
    std::string none;
    agsafeset(graph.get(), name.data(), value.data(), none.data());
  }
  if (gvLayout(graphviz, graph.get(), "nop2") != 0) fail("lay out the chart");
  std::optional<std::string> picture = make(graph.get());
  if (!picture) fail("draw the chart");
  return *std::move(picture);
}

}  // namespace

std::string draw_svg(const std::string& dot_text) {
  return drawn(dot_text, std::nullopt, [](Agraph_t* graph) { return render(graph, "svg"); });
}

std::string draw_png(const std::string& dot_text, int dpi) {
  return drawn(dot_text, dpi, render_png);
}

std::string draw_pdf(const std::string& dot_text) {
  std::string pdf =
      drawn(dot_text, std::nullopt, [](Agraph_t* graph) { return render(graph, "pdf"); });
  fix_creation_date(pdf);
  return pdf;
}

}  // namespace gemba::inline render
