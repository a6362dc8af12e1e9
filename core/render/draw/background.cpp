#include "core/render/draw/background.h"

#include <fmt/format.h>

#include <cmath>

#include "core/render/chart/heat.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

/// Writes xdot operations; y is turned over, because Graphviz counts upwards.
struct Pen {
  std::string text;
  double height;

  void colour(char kind, std::string_view colour) {
    text += fmt::format("{} {} -{} ", kind, colour.size(), colour);
  }
  void rectangle(const Rect& rect, std::string_view fill, std::string_view line) {
    colour('c', line);
    colour('C', fill);
    text += fmt::format("P 4 {0} {1} {2} {1} {2} {3} {0} {3} ", coordinate(rect.left),
                        coordinate(height - rect.top), coordinate(rect.right),
                        coordinate(height - rect.bottom));
  }
  void ellipse(const Rect& rect, std::string_view fill, std::string_view line) {
    colour('c', line);
    colour('C', fill);
    text += fmt::format("E {} {} {} {} ", coordinate(rect.center().x),
                        coordinate(height - rect.center().y), coordinate(rect.width() / 2),
                        coordinate(rect.height() / 2));
  }
  /// Of the lines that follow: `dashed` or `solid`.
  void style(std::string_view name) { text += fmt::format("S {} -{} ", name.size(), name); }
  /// `align`: −1 starts at the place, 0 is centred on it, 1 ends there.
  void write(Point place, int align, double size, bool bold, std::string_view fill,
             std::string words) {
    // Counted bytes must be those that arrive: quoting puts a twin in a backslash's place.
    for (std::size_t at = 0; (at = words.find('\\', at)) != std::string::npos;) {
      words.replace(at, 1, "＼");
    }
    if (words.empty()) return;
    text += fmt::format("F {} {} -{} t {} ", coordinate(size), std::string_view(chart_fonts).size(),
                        chart_fonts, bold ? 1 : 0);
    colour('c', fill);
    // Graphviz draws this text a fifth of its size above the base line it is given.
    const double base = height - place.y - size * 0.2;
    text += fmt::format("T {} {} {} {} {} -{} ", coordinate(place.x), coordinate(base), align,
                        coordinate(text_width(words, size, bold)), words.size(), words);
  }
};

/// Headers of lanes that only one of two versions has stand out.
const char* header_colour(const ChartLane& lane, bool odd) {
  if (lane.change == ChangeKind::added) return "#15803D";
  if (lane.change == ChangeKind::removed) return "#B4534B";
  return odd ? "#43536B" : "#334155";
}

void draw_lanes(Pen& pen, const Chart& chart, const Layout& layout) {
  if (!chart.has_lanes) return;
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    const bool odd = i % 2 != 0;
    pen.rectangle(layout.lanes[i], odd ? "#F1F5F9" : "#FBFCFE", "#E2E8F0");
  }
  for (std::size_t i = 0; i < layout.headers.size(); ++i) {
    const char* fill = header_colour(chart.lanes[i], i % 2 != 0);
    pen.rectangle(layout.headers[i], fill, fill);
    const Point center = layout.headers[i].center();
    pen.write({center.x, center.y + header_font * 0.36}, 0, header_font, true, "#FFFFFF",
              chart.lanes[i].name);
  }
}

void draw_lines(Pen& pen, const std::vector<std::string>& lines, Point at, double size, bool bold,
                std::string_view colour) {
  for (const std::string& line : lines) {
    pen.write(at, -1, size, bold, colour, line);
    at.y += line_height(size);
  }
}

void draw_scale(Pen& pen, const LegendScale& scale, const Rect& bar) {
  constexpr int cells = 24;
  const double width = bar.width() / cells;
  for (int i = 0; i < cells; ++i) {
    const std::string fill = heat_colour(i / (cells - 1.0)).fill;
    const double left = bar.left + width * i;
    pen.rectangle({left, bar.top, left + width, bar.bottom}, fill, fill);
  }
  const double base = bar.center().y + legend_font * 0.36;
  pen.write({bar.left - scale_gap, base}, 1, legend_font, false, "#64748B", scale.low);
  pen.write({bar.right + scale_gap, base}, -1, legend_font, false, "#64748B", scale.high);
}

void draw_sign(Pen& pen, const LegendEntry& entry, const Rect& place) {
  if (entry.sign == LegendSign::disc) pen.ellipse(place, entry.fill, entry.border);
  if (entry.sign != LegendSign::box) return;
  if (entry.dashed) pen.style("dashed");
  pen.rectangle(place, entry.fill, entry.border);
  if (entry.dashed) pen.style("solid");
}

void draw_legend(Pen& pen, const Legend& legend, const LegendPlace& place) {
  pen.write(place.title_at, -1, legend_font, true, "#475569", legend.title);
  if (legend.scale) draw_scale(pen, *legend.scale, place.scale);
  for (std::size_t i = 0; i < legend.entries.size(); ++i) {
    draw_sign(pen, legend.entries[i], place.entries[i].sign);
    pen.write(place.entries[i].text_at, -1, legend_font, false, "#475569", legend.entries[i].text);
  }
}

}  // namespace

std::string coordinate(double value) {
  std::string digits = fmt::format("{:.2f}", std::round(value * 100) / 100);
  while (digits.back() == '0') digits.pop_back();
  if (digits.back() == '.') digits.pop_back();
  return digits == "-0" ? "0" : digits;
}

std::string background(const Chart& chart, const Layout& layout) {
  Pen pen{{}, layout.size.height};
  // A white sheet fixes the size of the drawing.
  pen.rectangle({0, 0, layout.size.width, layout.size.height}, "#FFFFFF", "#FFFFFF");
  draw_lanes(pen, chart, layout);
  draw_lines(pen, layout.title, layout.title_at, title_font, true, "#1F2937");
  draw_lines(pen, layout.facts, layout.facts_at, small_font, false, "#64748B");
  for (std::size_t i = 0; i < chart.legends.size(); ++i) {
    draw_legend(pen, chart.legends[i], layout.legends[i]);
  }
  return pen.text;
}

}  // namespace gemba::inline render
