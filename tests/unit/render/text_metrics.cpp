#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/render/chart/text_metrics.h"

using namespace gemba;

TEST_CASE("text is as wide as its glyphs") {
  CHECK(text_width("", 10) == 0);
  CHECK(text_width("退款", 10) == doctest::Approx(20));
  CHECK(text_width("A", 1000) == doctest::Approx(676));
  CHECK(text_width("退A", 11) == doctest::Approx(11 + 0.676 * 11));
  CHECK(text_width("WW", 10, true) > text_width("WW", 10));
  CHECK(text_size({"一", "三个字"}, 10) == Size{30, 25});
}

TEST_CASE("lines are about equally long") {
  struct Case {
    const char* text;
    std::size_t columns, max_lines;
    std::vector<std::string> lines;
  };
  const Case cases[] = {
      {"原路退款", 18, 4, {"原路退款"}},
      {"核对顾客的订单与退款原因", 18, 4, {"核对顾客的订", "单与退款原因"}},
      {"Submit purchase request", 18, 4, {"Submit purchase", "request"}},
      {"一二三四五六七八九十", 4, 2, {"一二", "三…"}},
      {"", 18, 4, {""}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CHECK(wrap_evenly(each.text, each.columns, each.max_lines) == each.lines);
  }
}

TEST_CASE("text is cleaned of what could hide or turn it") {
  struct Case {
    const char* dirty;
    const char* clean;
  };
  const Case cases[] = {
      {"退款", "退款"},
      {"  a \t\r\n b  ", "a b"},
      {"a\x01\x1b[31mb", "a[31mb"},
      {"abc\u202Ecba\u2066x\u200F", "abccbax"},
      {"a\u2028b\uFEFF", "ab"},
      {"bad\xFF\xC3", "bad\uFFFD\uFFFD"},
      {"", ""},
  };
  for (const Case& each : cases) CHECK(clean_text(each.dirty) == each.clean);
}
