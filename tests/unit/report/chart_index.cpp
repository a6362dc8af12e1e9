#include "core/report/building/chart_index.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "core/base/error.h"

using namespace gemba;

namespace {

std::string site_page() {
  const std::ifstream file(std::string(GEMBA_ROOT) + "/templates/site/index.html");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("the page has a card for every chart, and its words to search for") {
  const std::string page =
      chart_index({{"小额退款.svg", "小额退款", {"small-refund", "客服主管"}, "顾客申请", {"VIP"}},
                   {"b#1.svg", "Invoice", {"invoice"}, "", {}}},
                  "zh", site_page());
  CHECK(count(page, "class=\"chart\"") == 2);
  CHECK(count(page, "流程图 · 2 份") == 2);
  CHECK(count(page, "href=\"./%E5%B0%8F%E9%A2%9D%E9%80%80%E6%AC%BE.svg\"") == 1);
  CHECK(count(page, "src=\"./b%231.svg\"") == 1);
  CHECK(count(page, "data-text=\"小额退款 small-refund 客服主管 顾客申请 vip\"") == 1);
  CHECK(count(page, "<span class=\"tag\">VIP</span>") == 1);
  CHECK(count(page, "small-refund · 客服主管") == 1);
}

TEST_CASE("what charts say is never markup") {
  const std::string bad = "\"><script>alert(1)</script>{{heading}}{{{words}}}&";
  const std::string page = chart_index({{bad + ".svg", bad, {bad}, bad, {bad}}}, "en", site_page());
  CHECK(count(page, "<script>") == 1);  // its own
  CHECK(count(page, "alert(1)") > 3);
  CHECK(count(page, "&lt;script&gt;") > 3);
  CHECK(count(page, "{{heading}}") > 3);
  CHECK(count(page, "1 chart<") == 2);
}

TEST_CASE("a faulty template is an error") {
  CHECK_THROWS_AS(chart_index({}, "en", "{{#charts}}"), Error);
}
