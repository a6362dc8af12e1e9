#include "core/render/draw/week_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/heat.h"
#include "core/render/chart/text_metrics.h"
#include "core/render/draw/background.h"
#include "core/render/lanes/legend.h"
#include "core/render/xml.h"
#include "core/time/time.h"

namespace gemba::inline render {
namespace {

constexpr double margin = 28;
constexpr double cell_width = 30;
constexpr double cell_height = 21;
constexpr double day_room = 46;
constexpr double weekend_gap = 5;
constexpr double grid_width = day_room + 24 * cell_width;
constexpr double grid_height = 7 * cell_height + weekend_gap;
constexpr double head_height = 62;
constexpr double caption_height = 24;
constexpr double hours_height = 17;
constexpr double panel_gap = 24;
constexpr double panel_height = caption_height + grid_height + hours_height;
constexpr double foot_height = 24;
constexpr double bar_width = 130;
constexpr double bar_height = 9;
constexpr double caption_font = 11.5;

constexpr const char* ink = "#1E293B";
constexpr const char* soft_ink = "#64748B";
constexpr const char* empty_fill = "#F8FAFC";
constexpr const char* grid_line = "#E2E8F0";

/// One of the tables. A figure that there cannot be is none.
struct Panel {
  std::string caption;
  WeekTable<std::optional<double>> figures = {};
  bool whole = true;  ///< its figures are counts
};

struct Picture {
  XmlWriter xml;
  bool chinese = true;

  /// `anchor`: `start`, `middle` or `end`.
  void write(Point base, std::string_view anchor, double size, std::string_view colour,
             std::string_view words, bool bold = false) {
    xml.content("text", words,
                {{"x", coordinate(base.x)},
                 {"y", coordinate(base.y)},
                 {"text-anchor", std::string(anchor)},
                 {"font-size", coordinate(size)},
                 {"font-weight", bold ? "bold" : "normal"},
                 {"fill", std::string(colour)}});
  }

  void rectangle(const Rect& rect, std::string_view fill, std::string_view line) {
    xml.leaf("rect", rectangle_of(rect, fill, line));
  }

  static XmlAttributes rectangle_of(const Rect& rect, std::string_view fill,
                                    std::string_view line) {
    return {{"x", coordinate(rect.left)},        {"y", coordinate(rect.top)},
            {"width", coordinate(rect.width())}, {"height", coordinate(rect.height())},
            {"fill", std::string(fill)},         {"stroke", std::string(line)}};
  }
};

std::string day_name(std::size_t day, bool chinese) {
  constexpr std::array<const char*, 7> chinese_names = {"周一", "周二", "周三", "周四",
                                                        "周五", "周六", "周日"};
  constexpr std::array<const char*, 7> english_names = {"Mon", "Tue", "Wed", "Thu",
                                                        "Fri", "Sat", "Sun"};
  return chinese ? chinese_names[day] : english_names[day];
}

/// Counts in full, means with what is needed to tell them apart.
std::string figure_text(double figure, bool whole) {
  if (whole || figure == 0) return readable_number(figure);
  if (figure < 0.05) return "<0.1";
  return figure < 10 ? fmt::format("{:.1f}", figure) : readable_number(std::round(figure));
}

/// `周一 9–10 时`.
std::string hour_text(std::size_t hour, bool chinese) {
  const std::size_t begin = hour % 24;
  const std::string day = day_name(hour / 24, chinese);
  return chinese ? fmt::format("{} {}–{} 时", day, begin, begin + 1)
                 : fmt::format("{} {}:00–{}:00", day, begin, begin + 1);
}

std::vector<Panel> panels_of(const WeekHours& hours, bool chinese) {
  Panel arrivals{chinese ? "案件到达(件)" : "Cases that arrive"};
  Panel breaches{chinese ? "SLA 超时(次,按环节可以开始的时刻)"
                         : "SLA breaches, by the time when the step was enabled"};
  Panel load{chinese ? "负荷(事件数)" : "Load: events"};
  if (hours.at_work) {
    load.caption = chinese ? "负荷(同时在办的平均件数)" : "Load: mean number of steps at work";
    load.whole = false;
  }
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    arrivals.figures[hour] = static_cast<double>(hours.arrivals[hour]);
    if (hours.sla_judged[hour] > 0)
      breaches.figures[hour] = static_cast<double>(hours.sla_breached[hour]);
  }
  load.figures = hours.load;
  return {std::move(arrivals), std::move(breaches), std::move(load)};
}

/// The hour with the most; none where there is nothing.
std::optional<std::size_t> peak_of(const Panel& panel) {
  std::optional<std::size_t> peak;
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    const double figure = panel.figures[hour].value_or(0);
    if (figure > 0 && (!peak || figure > *panel.figures[*peak])) peak = hour;
  }
  return peak;
}

std::string peak_text(const Panel& panel, bool chinese) {
  const auto peak = peak_of(panel);
  if (!peak) return chinese ? "没有" : "none";
  const std::string hour = hour_text(*peak, chinese);
  const std::string figure = figure_text(*panel.figures[*peak], panel.whole);
  return chinese ? fmt::format("最高:{},{}", hour, figure)
                 : fmt::format("most: {}, {}", hour, figure);
}

void draw_bar(Picture& picture, const Panel& panel, double right, double base) {
  const auto peak = peak_of(panel);
  if (!peak) return;
  const std::string most = figure_text(*panel.figures[*peak], panel.whole);
  const double bar_right = right - text_width(most, legend_font) - scale_gap;
  const double top = base - bar_height + 1;
  picture.write({right, base}, "end", legend_font, soft_ink, most);
  picture.rectangle({bar_right - bar_width, top, bar_right, top + bar_height}, "url(#scale)",
                    grid_line);
  picture.write({bar_right - bar_width - scale_gap, base}, "end", legend_font, soft_ink, "0");
}

void draw_cell(Picture& picture, const Panel& panel, std::size_t hour, const Rect& place,
               double most) {
  const std::optional<double>& figure = panel.figures[hour];
  XmlWriter& xml = picture.xml;
  xml.begin("g");
  const bool chinese = picture.chinese;
  const std::string words = figure    ? figure_text(*figure, panel.whole)
                            : chinese ? "没有数据"
                                      : "no data";
  xml.content("title",
              fmt::format("{}{}{}", hour_text(hour, chinese), chinese ? ":" : ": ", words));
  const std::string fill = !figure        ? "url(#none)"
                           : *figure == 0 ? empty_fill
                                          : heat_colour(*figure / most).fill;
  picture.rectangle(place, fill, "#FFFFFF");
  const bool fits = text_width(words, small_font) <= cell_width - 3;
  if (figure && *figure > 0 && fits) {
    picture.write({place.center().x, place.center().y + small_font * 0.36}, "middle", small_font,
                  ink, words);
  }
  xml.end();
}

void draw_panel(Picture& picture, const Panel& panel, double top) {
  XmlWriter& xml = picture.xml;
  xml.begin("g", {{"role", "group"}, {"aria-label", panel.caption}});
  const double base = top + 13;
  picture.write({margin, base}, "start", caption_font, ink, panel.caption, true);
  picture.write({margin + text_width(panel.caption, caption_font, true) + 14, base}, "start",
                small_font, soft_ink, peak_text(panel, picture.chinese));
  draw_bar(picture, panel, margin + grid_width, base);
  const auto peak = peak_of(panel);
  const double most = peak ? *panel.figures[*peak] : 1;
  for (std::size_t day = 0; day < 7; ++day) {
    const double row = top + caption_height + static_cast<double>(day) * cell_height +
                       (day >= 5 ? weekend_gap : 0);
    picture.write({margin + day_room - 8, row + cell_height / 2 + small_font * 0.36}, "end",
                  small_font, soft_ink, day_name(day, picture.chinese));
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const double left = margin + day_room + static_cast<double>(hour) * cell_width;
      draw_cell(picture, panel, day * 24 + hour, {left, row, left + cell_width, row + cell_height},
                most);
    }
  }
  for (int hour = 0; hour < 24; ++hour) {
    picture.write(
        {margin + day_room + (hour + 0.5) * cell_width, top + caption_height + grid_height + 12},
        "middle", small_font, soft_ink, std::to_string(hour));
  }
  xml.end();
}

/// The colour scale, and the pattern of hours without data.
void define(XmlWriter& xml) {
  xml.begin("defs");
  xml.begin("linearGradient", {{"id", "scale"}});
  for (int stop = 0; stop <= 3; ++stop) {
    xml.leaf("stop",
             {{"offset", coordinate(stop / 3.0)}, {"stop-color", heat_colour(stop / 3.0).fill}});
  }
  xml.end();
  xml.begin("pattern",
            {{"id", "none"}, {"width", "6"}, {"height", "6"}, {"patternUnits", "userSpaceOnUse"}});
  xml.leaf("rect", {{"width", "6"}, {"height", "6"}, {"fill", "#FFFFFF"}});
  xml.leaf("path", {{"d", "M0 6L6 0"}, {"stroke", "#CBD5E1"}, {"stroke-width", "0.8"}});
  xml.end();
  xml.end();
}

/// `1,204 件案件 · 2026-03-02 – 2026-03-31 · 时区 Asia/Shanghai`.
std::string subtitle(const WeekHours& hours, const TimeZone& zone, const WeekMapText& text,
                     bool chinese) {
  const auto date = [&](Micros moment) {
    return format_date(civil_date(day_of_local(zone.to_local(moment))));
  };
  const std::string cases = readable_number(static_cast<double>(text.cases));
  std::string line = cases + (chinese ? " 件案件" : text.cases == 1 ? " case" : " cases");
  if (hours.first != no_time)
    line += fmt::format(" · {} – {}", date(hours.first), date(hours.last));
  return line + (chinese ? " · 时区 " : " · time zone ") + clean_text(zone.name());
}

void draw_foot(Picture& picture, double base) {
  const double top = base - 9;
  picture.rectangle({margin + day_room, top, margin + day_room + 18, top + 11}, "url(#none)",
                    grid_line);
  picture.write(
      {margin + day_room + 24, base}, "start", small_font, soft_ink,
      picture.chinese
          ? "没有数据:日志没有覆盖这一小时,或这一小时没有可判定的 SLA。9 表示 9:00–10:00。"
          : "no data: the log does not span the hour, or no SLA was judged in it. "
            "9 stands for 9:00–10:00.");
}

std::string description_of(const std::vector<Panel>& panels, bool chinese) {
  std::string description;
  for (const Panel& panel : panels) {
    add_item(description, fmt::format("{}: {}", panel.caption, peak_text(panel, chinese)), "; ");
  }
  return description;
}

}  // namespace

std::string week_map_svg(const WeekHours& hours, const TimeZone& zone, const WeekMapText& text) {
  Picture picture;
  picture.chinese = text.language != "en";
  const bool chinese = picture.chinese;
  const std::vector<Panel> panels = panels_of(hours, chinese);
  const double width = grid_width + 2 * margin;
  const double height = head_height + static_cast<double>(panels.size()) * panel_height +
                        static_cast<double>(panels.size() - 1) * panel_gap + foot_height + margin;
  const std::string title =
      clean_text(text.title) + (chinese ? " · 一周忙闲" : ": the week by the hour");
  XmlWriter& xml = picture.xml;
  xml.begin("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                    {"width", coordinate(width) + "pt"},
                    {"height", coordinate(height) + "pt"},
                    {"viewBox", fmt::format("0 0 {} {}", coordinate(width), coordinate(height))},
                    {"role", "img"},
                    {"aria-labelledby", "map-title map-description"},
                    {"xml:lang", chinese ? "zh-CN" : "en"},
                    {"font-family", chart_fonts}});
  xml.content("title", title, {{"id", "map-title"}});
  xml.content("desc", description_of(panels, chinese), {{"id", "map-description"}});
  define(xml);
  picture.rectangle({0, 0, width, height}, "#FFFFFF", "none");
  picture.write({margin, margin + 12}, "start", title_font, ink, title, true);
  picture.write({margin, margin + 29}, "start", small_font, soft_ink,
                subtitle(hours, zone, text, chinese));
  double top = head_height + 10;
  for (const Panel& panel : panels) {
    draw_panel(picture, panel, top);
    top += panel_height + panel_gap;
  }
  draw_foot(picture, top - panel_gap + 16);
  xml.end();
  return std::move(xml.text);
}

}  // namespace gemba::inline render
