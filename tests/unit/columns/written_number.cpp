#include "core/columns/written_number.h"

#include <doctest/doctest.h>

using namespace gemba;
using doctest::Approx;

TEST_CASE("numbers as people write them") {
  struct Row {
    const char* text;
    double number;
  };
  const Row rows[] = {{"1204", 1204},
                      {"-12", -12},
                      {"+12.5", 12.5},
                      {".5", 0.5},
                      {"5.", 5},
                      {"007", 7},
                      {"1e3", 1000},
                      {"2.5E+03", 2500},
                      {"1,204", 1204},
                      {"1,204.50", 1204.5},
                      {"12,345,678", 12345678},
                      {"12,34,567", 1234567},
                      {"1 204 567.5", 1204567.5},
                      {"1'204.5", 1204.5},
                      {"1\u2019204", 1204},
                      {"¥1,234.50", 1234.5},
                      {"￥88", 88},
                      {"¥ -88", -88},
                      {"-¥88", -88},
                      {"88.00元", 88},
                      {"人民币88元", 88},
                      {"$5", 5},
                      {"US$ 5", 5},
                      {"USD 5.25", 5.25},
                      {"5.25 usd", 5.25},
                      {"€5", 5},
                      {"1.2万", 12000},
                      {"1.2万元", 12000},
                      {"3亿", 3e8},
                      {"85%", 0.85},
                      {"85 ％", 0.85},
                      {"(1,234.50)", -1234.5},
                      {"（12）", -12},
                      {"¥(12)", -12},
                      {"12.50-", -12.5},
                      {"12-", -12},
                      {"¥12-", -12},
                      {"\u221212", -12},
                      {"１２３．５", 123.5},
                      {"１，２０４", 1204},
                      {"\u00A01\u00A0204\u00A0", 1204},
                      {"　12　", 12},
                      {"\t12", 12}};
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto number = written_number(row.text);
    REQUIRE(number);
    CHECK(*number == Approx(row.number));
  }
}

TEST_CASE("what is no number") {
  for (const char* text :
       {"",     " ",     "-",    "--",      "¥",        "元",    "%",          "N/A",    "nan",
        "inf",  "1,2,3", "1,20", "12,3456", ",5,",      "1.2.3", "2026-01-05", "10-12",  "10~12",
        "1/2",  "12:30", "1e",   "e5",      "0x10",     "1 2",   "12件",       "--5",    "-5-",
        "(-5)", "¥¥5",   "5%%",  "5元/件",  "1,204,56", "1'20",  "A12",        "5 元 元"}) {
    CAPTURE(text);
    CHECK(!written_number(text));
  }
}

TEST_CASE("a column decides which sign is before the fraction") {
  const auto mark = [](std::initializer_list<const char*> values) {
    StringPool pool;
    for (const char* value : values) pool.intern(value);
    return decimal_mark_of(pool);
  };
  CHECK(mark({"1,204"}) == DecimalMark::point);
  CHECK(mark({"1.204"}) == DecimalMark::point);
  CHECK(mark({"1,204", "12,5"}) == DecimalMark::comma);
  CHECK(mark({"1.204", "12,5"}) == DecimalMark::comma);
  CHECK(mark({"1.204,50"}) == DecimalMark::comma);
  CHECK(mark({"1,204.50"}) == DecimalMark::point);
  CHECK(mark({"0,125"}) == DecimalMark::comma);
  CHECK(mark({"0.125", "1,204"}) == DecimalMark::point);
  CHECK(mark({"12,5", "12.25", "3.1"}) == DecimalMark::point);
  CHECK(mark({"12,5", "13,5", "3.1"}) == DecimalMark::comma);
  CHECK(mark({"x", ""}) == DecimalMark::point);

  CHECK(*written_number("1.204,50 €", DecimalMark::comma) == Approx(1204.5));
  CHECK(*written_number("12,5", DecimalMark::comma) == Approx(12.5));
  CHECK(*written_number("1.204", DecimalMark::comma) == Approx(1204));
  CHECK(!written_number("12.5", DecimalMark::comma));
  CHECK(!written_number("12,5"));
}
