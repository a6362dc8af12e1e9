#include <doctest/doctest.h>

#include <limits>
#include <set>

#include "core/report/cells.h"
#include "core/report/writers/writer.h"

using namespace gemba;
namespace {

/// A report with everything in it: every kind of cell, and texts that formats must escape.
Report small_report() {
  Report report;
  report.data = Json::Object{{"schema_version", 1}, {"cases", 3}};
  report.lead = {"3 cases <all>"};
  report.notes = {"times are in UTC"};
  Table table{.key = "steps", .title = "Steps", .columns = {}, .rows = {}, .shown = 2};
  table.columns = {{"name", "name", Unit::text},
                   {"count", "count", Unit::count},
                   {"mean_seconds", "mean", Unit::seconds},
                   {"share", "share", Unit::share}};
  table.rows = {{std::string("核对订单"), std::int64_t{12}, 90.0, 0.825},
                {std::string("pay, \"now\""), std::int64_t{3}, Cell(), Cell()},
                {std::string("a|b_c"), std::int64_t{1}, 0.1, 1.0}};
  report.tables.push_back(std::move(table));
  return report;
}

std::string write(const Report& report, std::string_view format, const WriteOptions& how = {}) {
  const Writer* writer = find_writer(format);
  REQUIRE(writer != nullptr);
  return writer->write(report, how);
}

}  // namespace

TEST_CASE("every format has a name of its own") {
  std::set<std::string_view> names;
  for (const Writer* writer : all_writers()) CHECK(names.insert(writer->name).second);
  CHECK(names.contains("text"));
  CHECK(find_writer("yaml") == nullptr);
}

TEST_CASE("cells are humane for people and exact for machines") {
  CHECK(humane_cell(Cell(8040.0), Unit::seconds) == "2h 14m");
  CHECK(humane_cell(Cell(std::int64_t{60}), Unit::seconds) == "1m");
  CHECK(humane_cell(Cell(0.825), Unit::share) == "82.5%");
  CHECK(humane_cell(Cell(1.0 / 3), Unit::number) == "0.3333");
  CHECK(humane_cell(Cell(), Unit::count) == "–");
  CHECK(humane_cell(Cell("a\x1b[31m"), Unit::text) == "a\\u001B[31m");
  CHECK(exact_cell(Cell(0.1)) == "0.1");
  CHECK(exact_cell(Cell(8040.0)) == "8040");
  CHECK(exact_cell(Cell()).empty());
  CHECK(exact_cell(Cell(std::string("a\nb"))) == "a\nb");
}

TEST_CASE("text aligns by display width, numbers at the right, and says what it leaves out") {
  CHECK(write(small_report(), "text") ==
        "3 cases <all>\n"
        "\n"
        "Steps\n"
        "name        count    mean  share\n"
        "核对订单       12  1m 30s  82.5%\n"
        "pay, \"now\"      3       –      –\n"
        "… 1 more\n"
        "\n"
        "note: times are in UTC\n");
}

TEST_CASE("quiet text is tables only") {
  const std::string text = write(small_report(), "text", {.quiet = true});
  CHECK(text.starts_with("Steps\n"));
  CHECK(text.find("note:") == std::string::npos);
  CHECK(text.find("3 cases") == std::string::npos);
}

TEST_CASE("a wide table shrinks its texts to the terminal") {
  Report report = small_report();
  report.tables[0].rows[0][0] = std::string("核对顾客的订单和付款记录以及物流状态");
  const std::string text = write(report, "text", {.width = 40});
  CHECK(text.find("核对顾客的订单和…") != std::string::npos);
  CHECK(text.find("1m 30s  82.5%") != std::string::npos);
}

TEST_CASE("CSV quotes what needs it and keeps full precision") {
  CHECK(write(small_report(), "csv") ==
        "name,count,mean_seconds,share\n"
        "核对订单,12,90,0.825\n"
        "\"pay, \"\"now\"\"\",3,,\n"
        "a|b_c,1,0.1,1\n");
}

TEST_CASE("several CSV tables say which is which") {
  Report report = small_report();
  report.tables.push_back({.key = "edges",
                           .title = "Edges",
                           .columns = {{"to", "to", Unit::text}},
                           .rows = {{std::string("a\r\nb")}}});
  const std::string text = write(report, "csv");
  CHECK(text.starts_with("table,name,count"));
  CHECK(text.find("\nsteps,核对订单,12,") != std::string::npos);
  CHECK(text.ends_with("\n\ntable,to\nedges,\"a\r\nb\"\n"));
}

TEST_CASE("JSON Lines has an object for every row") {
  CHECK(
      write(small_report(), "jsonl") ==
      "{\"table\":\"steps\",\"name\":\"核对订单\",\"count\":12,\"mean_seconds\":90.0,\"share\":"
      "0.825}\n"
      "{\"table\":\"steps\",\"name\":\"pay, \\\"now\\\"\",\"count\":3,\"mean_seconds\":null,"
      "\"share\":null}\n"
      "{\"table\":\"steps\",\"name\":\"a|b_c\",\"count\":1,\"mean_seconds\":0.1,\"share\":1.0}\n");
}

TEST_CASE("findings stand before tables in machine formats") {
  Report report = small_report();
  report.data =
      Json::Object{{"findings", Json::Array{Json::Object{{"code", "F104"},
                                                         {"line", 3},
                                                         {"message", "nothing follows, here"},
                                                         {"steps", Json::Array{Json("a")}}}}}};
  CHECK(write(report, "jsonl") ==
        "{\"code\":\"F104\",\"line\":3,\"message\":\"nothing follows, here\",\"steps\":[\"a\"]}\n");
  CHECK(write(report, "csv") ==
        "path,line,column,level,code,name,message,document,element,fingerprint\n"
        ",3,,,F104,,\"nothing follows, here\",,,\n");
}

TEST_CASE("Markdown keeps text from becoming markup") {
  const std::string text = write(small_report(), "markdown");
  CHECK(text.starts_with("3 cases &lt;all&gt;\n"));
  CHECK(text.find("| name | count | mean | share |\n| --- | ---: | ---: | ---: |\n") !=
        std::string::npos);
  CHECK(text.find("| a\\|b\\_c | 1 | 0.1s | 100.0% |") != std::string::npos);
  CHECK(text.ends_with("\n> times are in UTC\n"));
}

TEST_CASE("JSON is the whole result, and no number that is none") {
  const Json data = Json::Object{
      {"cases", 3}, {"share", std::numeric_limits<double>::quiet_NaN()}, {"name", "退款\n\"x\""}};
  CHECK(dump_json(data, false) == "{\"cases\":3,\"share\":null,\"name\":\"退款\\n\\\"x\\\"\"}");
  CHECK(dump_json(Json(Json::Object{{"a\"", Json(Json::Array{1, 0.5, true})},
                                    {"b", Json(Json::Array{})},
                                    {"c", Json(Json::Object{})}}),
                  true) ==
        "{\n  \"a\\\"\": [\n    1,\n    0.5,\n    true\n  ],\n  \"b\": [],\n  \"c\": {}\n}");
  CHECK(dump_json(Json("\xB4\xF3"), false) == "\"\uFFFD\uFFFD\"");
  CHECK(dump_json(Json("\t\x1b\x7F\u009B\u202E\u2028\\u0041"), false) ==
        "\"\\t\\u001b\\u007F\\u009B\\u202E\\u2028\\\\u0041\"");
  CHECK(write(small_report(), "json") == "{\n  \"schema_version\": 1,\n  \"cases\": 3\n}\n");
}

TEST_CASE("members of objects are found by key") {
  const Json object = Json::Object{{"a", 1}, {"b", "x"}};
  REQUIRE(find_member(object, "b") != nullptr);
  CHECK(std::get<std::string>(find_member(object, "b")->value) == "x");
  CHECK(find_member(object, "c") == nullptr);
  CHECK(find_member(Json("text"), "a") == nullptr);
}

TEST_CASE("sections stand between lead and tables, a listing as it is") {
  Report report = small_report();
  report.sections.push_back({"1. needless", {"because: nobody needs it"}, "next = \"pay\"\n"});
  CHECK(write(report, "text")
            .find("1. needless\n"
                  "  because: nobody needs it\n"
                  "    next = \"pay\"\n\nSteps\n") != std::string::npos);
  CHECK(write(report, "markdown").find("\n```toml\nnext = \"pay\"\n```\n") != std::string::npos);
}
