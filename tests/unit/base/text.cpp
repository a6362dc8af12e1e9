#include "core/base/text.h"

#include <doctest/doctest.h>

using namespace gemba;

TEST_CASE("invalid UTF-8 is found at its first byte") {
  CHECK_FALSE(find_invalid_utf8("").has_value());
  CHECK_FALSE(find_invalid_utf8("refund 退款 👍").has_value());
  CHECK(find_invalid_utf8("ab\xB4\xF2") == 2);        // GBK
  CHECK(find_invalid_utf8("退\xE6\xAC") == 3);        // cut off
  CHECK(find_invalid_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(find_invalid_utf8("a\xED\xA0\x80") == 1);     // surrogate
  CHECK(find_invalid_utf8("\xF4\x90\x80\x80") == 0);  // above U+10FFFF
}

TEST_CASE("code points survive decoding and encoding") {
  const std::u32string decoded = decode_utf8("a退👍");
  REQUIRE(decoded.size() == 3);
  std::string encoded;
  for (const char32_t c : decoded) encoded += encode_utf8(c);
  CHECK(encoded == "a退👍");
}

TEST_CASE("display width counts terminal columns") {
  struct Case {
    const char* text;
    std::size_t width;
  };
  for (const auto& [text, width] :
       {Case{"", 0}, Case{"refund", 6}, Case{"退款", 4}, Case{"A退B", 4}, Case{"(全角)", 6},
        Case{"（全角）", 8}, Case{"e\u0301", 1}, Case{"ｱ", 1}, Case{"…", 1}}) {
    CAPTURE(text);
    CHECK(display_width(text) == width);
  }
}

TEST_CASE("a text is cut at a glyph, with an ellipsis as its last column") {
  struct Case {
    const char* text;
    std::size_t columns;
    const char* cut;
  };
  for (const auto& [text, columns, cut] :
       {Case{"refund", 6, "refund"}, Case{"refund", 5, "refu…"}, Case{"退款审批", 8, "退款审批"},
        Case{"退款审批", 7, "退款审…"}, Case{"退款审批", 6, "退款…"}, Case{"退款", 1, "…"},
        Case{"退款", 0, ""}, Case{"", 0, ""}}) {
    CAPTURE(text);
    CAPTURE(columns);
    CHECK(truncate_to_width(text, columns) == cut);
    CHECK(display_width(truncate_to_width(text, columns)) <= columns);
  }
}

TEST_CASE("lines are broken at spaces and between CJK glyphs") {
  using Lines = std::vector<std::string>;
  CHECK(wrap_to_width("", 10) == Lines{""});
  CHECK(wrap_to_width("ask the lead", 8) == Lines{"ask the", "lead"});
  CHECK(wrap_to_width("ask the lead", 100) == Lines{"ask the lead"});
  CHECK(wrap_to_width("核对订单与付款", 8) == Lines{"核对订单", "与付款"});
  CHECK(wrap_to_width("核对 order 号", 8) == Lines{"核对", "order 号"});
  CHECK(wrap_to_width("unbreakable", 5) == Lines{"unbre", "akabl", "e"});
  CHECK(wrap_to_width("one\ntwo", 10) == Lines{"one", "two"});
  CHECK(wrap_to_width("one\n\ntwo", 10) == Lines{"one", "", "two"});
}

TEST_CASE("a line does not begin with closing punctuation") {
  for (const std::string& line : wrap_to_width("您好,请稍等。我马上为您查询，好吗？", 10)) {
    CAPTURE(line);
    CHECK(display_width(line) <= 10);
    CHECK_FALSE(line.starts_with("。"));
    CHECK_FALSE(line.starts_with("，"));
    CHECK_FALSE(line.starts_with("？"));
  }
}

TEST_CASE("no line is wider than asked for, and nothing but spaces is lost") {
  const std::string text = "退款金额 refund_amount 不超过 50 元时,一线客服 may decide alone。";
  const auto without_spaces = [](std::string line) {
    std::erase(line, ' ');
    return line;
  };
  for (std::size_t columns = 2; columns < 60; ++columns) {
    CAPTURE(columns);
    std::string joined;
    for (const std::string& line : wrap_to_width(text, columns)) {
      CHECK(display_width(line) <= columns);
      joined += line;
    }
    CHECK(without_spaces(joined) == without_spaces(text));
  }
}

TEST_CASE("what would steer a terminal is made visible") {
  CHECK(printable("退款 ok") == "退款 ok");
  CHECK(printable("a\tb") == "a b");
  CHECK(printable("a\nb") == "a\\u000Ab");
  CHECK(printable("\x1b[31m") == "\\u001B[31m");
  CHECK(printable("\u202Eabc") == "\\u202Eabc");
  CHECK(printable("\xEF\xBB\xBFid") == "\\uFEFFid");
  CHECK(printable("a\xFFz") == "a\uFFFDz");
}

TEST_CASE("only ASCII letters change their case") {
  CHECK(ascii_lower("Case ID 工单Ä") == "case id 工单Ä");
}

TEST_CASE("patterns match paths") {
  struct Case {
    const char* pattern;
    const char* name;
    bool matches;
  };
  for (const auto& [pattern, name, matches] :
       {Case{"*.toml", "refund.toml", true}, Case{"*.toml", "sops/refund.toml", false},
        Case{"**/*.toml", "refund.toml", true}, Case{"**/*.toml", "a/b/退款.toml", true},
        Case{"as-is/**", "as-is/refund.toml", true}, Case{"as-is/**", "as-is/a/b.toml", true},
        Case{"as-is/**", "to-be/refund.toml", false}, Case{"a/**/c", "a/c", true},
        Case{"a/**/c", "a/b/b/c", true}, Case{"a/**/c", "ac", false},
        Case{"?.toml", "a.toml", true}, Case{"?.toml", "/.toml", false},
        Case{"refund*", "refund", true}, Case{"", "", true}, Case{"", "a", false},
        Case{"售后/*", "售后/换货.toml", true}, Case{"*", "", true}}) {
    CAPTURE(pattern);
    CAPTURE(name);
    CHECK(glob_match(pattern, name) == matches);
  }
}

TEST_CASE("lists and counts are written out") {
  std::string list;
  add_item(list, "a");
  CHECK(list == "a");
  add_item(list, "b");
  add_item(list, "c", "; ");
  CHECK(list == "a, b; c");
  CHECK(counted(std::int64_t{0}, "case", "cases") == "0 cases");
  CHECK(counted(std::size_t{1}, "case", "cases") == "1 case");
  CHECK(counted(std::int64_t{2}, "case", "cases") == "2 cases");
}
