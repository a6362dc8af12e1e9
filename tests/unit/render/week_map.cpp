#include <doctest/doctest.h>

#include <algorithm>

#include "core/render/chart/heat.h"
#include "core/render/draw/week_map.h"
#include "xml_tree.h"

using namespace gemba;
namespace {

WeekHours some_hours() {
  WeekHours hours;
  hours.at_work = true;
  hours.first = 1'772'413'200'000'000;  // 2026-03-02 09:00 in Shanghai
  hours.last = hours.first + 26 * 3'600'000'000;
  hours.arrivals[9] = 12;
  hours.arrivals[10] = 6;
  hours.arrivals[167] = 1'234'567;
  hours.sla_judged[10] = 4;
  hours.sla_judged[11] = 4;
  hours.sla_breached[10] = 3;
  hours.load[9] = 0.04;
  hours.load[10] = 2.25;
  hours.load[11] = 0;
  return hours;
}

struct Cells {
  std::vector<std::string> fills;   ///< of the cells, panel after panel
  std::vector<std::string> titles;  ///< likewise
  std::vector<std::string> texts;
};

Cells cells_of(const std::string& svg) {
  const std::vector<XmlElement> elements = read_xml(svg);
  REQUIRE_FALSE(elements.empty());
  Cells cells;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    const XmlElement& each = elements[i];
    if (each.name == "text") cells.texts.push_back(each.text);
    if (each.name != "title" || each.parent == 0) continue;
    cells.titles.push_back(each.text);
    REQUIRE(elements[i + 1].name == "rect");
    cells.fills.push_back(elements[i + 1].at("fill"));
  }
  return cells;
}

bool holds(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

TEST_CASE("a heat map of the week has a cell for every hour, in words too") {
  const std::string svg = week_map_svg(some_hours(), TimeZone("Asia/Shanghai"), {"退款", "zh", 18});
  const Cells cells = cells_of(svg);
  REQUIRE(cells.titles.size() == 3 * hours_per_week);
  CHECK(cells.titles[9] == "周一 9–10 时:12");
  CHECK(cells.titles[0] == "周一 0–1 时:0");
  CHECK(cells.titles[hours_per_week + 10] == "周一 10–11 时:3");
  CHECK(cells.titles[hours_per_week + 11] == "周一 11–12 时:0");
  CHECK(cells.titles[hours_per_week + 9] == "周一 9–10 时:没有数据");
  CHECK(cells.titles[2 * hours_per_week + 9] == "周一 9–10 时:<0.1");
  CHECK(cells.titles[2 * hours_per_week + 10] == "周一 10–11 时:2.2");
  CHECK(holds(cells.texts, "18 件案件 · 2026-03-02 – 2026-03-03 · 时区 Asia/Shanghai"));
  CHECK(svg.find("<desc id=\"map-description\">案件到达(件): 最高:周日 23–24 时,1,234,567; ") !=
        std::string::npos);
}

TEST_CASE("the colour of an hour is its share of the most") {
  const Cells cells =
      cells_of(week_map_svg(some_hours(), TimeZone("Asia/Shanghai"), {"退款", "zh", 18}));
  CHECK(cells.fills[167] == heat_colour(1).fill);
  CHECK(cells.fills[9] == heat_colour(12 / 1'234'567.0).fill);
  CHECK(cells.fills[0] != heat_colour(0).fill);
  CHECK(cells.fills[hours_per_week + 10] == heat_colour(1).fill);
  CHECK(cells.fills[hours_per_week + 11] == cells.fills[0]);
  CHECK(cells.fills[hours_per_week + 12] == "url(#none)");
  // A number that does not fit into its cell stands in its title alone, and at the scale.
  CHECK(std::count(cells.texts.begin(), cells.texts.end(), "1,234,567") == 1);
  CHECK(holds(cells.texts, "12"));
}

TEST_CASE("a heat map speaks English where the configuration does, and takes any title") {
  WeekHours hours = some_hours();
  hours.at_work = false;
  const std::string svg = week_map_svg(hours, TimeZone(), {"a < b & <script>", "en", 1});
  const Cells cells = cells_of(svg);
  CHECK(cells.titles[9] == "Mon 9:00–10:00: 12");
  CHECK(holds(cells.texts, "Load: events"));
  CHECK(holds(cells.texts, "a < b & <script>: the week by the hour"));
  CHECK(holds(cells.texts, "1 case · 2026-03-02 – 2026-03-03 · time zone UTC"));
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("xml:lang=\"en\"") != std::string::npos);
}

TEST_CASE("a heat map of nothing is one all the same") {
  const Cells cells = cells_of(week_map_svg({}, TimeZone(), {"", "en", 0}));
  CHECK(cells.titles.size() == 3 * hours_per_week);
  CHECK(std::count(cells.texts.begin(), cells.texts.end(), "none") == 3);
}
