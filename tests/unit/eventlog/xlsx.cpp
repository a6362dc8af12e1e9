#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"
#include "tests/unit/eventlog/xlsx_book.h"

using namespace gemba;

namespace {

const std::string header = text_row({"case", "activity", "time"});

EventLog read(const std::string& bytes, const ReadOptions& options = {}) {
  return read_log_text(bytes, "x.xlsx", options);
}

/// The text that one cell has, as a column `value`.
std::string value_of(const std::string& cell, const std::vector<std::string>& formats = {},
                     const std::vector<std::string>& shared = {},
                     const std::string& properties = "") {
  TestBook book(text_row({"case", "activity", "value"}) + text_row({"1", "a", cell}), formats,
                shared);
  book.parts["xl/workbook.xml"] =
      TestBook::workbook("<sheet name=\"Log\" sheetId=\"1\" r:id=\"rId1\"/>", properties);
  ReadOptions options;
  options.attributes = {"value"};
  const EventLog log = read(book.bytes(), options);
  if (log.quality.bad_rows > 0) return log.quality.bad_examples[0].reason;
  const std::uint32_t number = log.attributes[0].number_of_event[0];
  return number == StringPool::none ? "" : std::string(log.attributes[0].values[number]);
}

std::string number_cell(const std::string& number, int style = 0) {
  return "<c s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>";
}

}  // namespace

TEST_CASE("a sheet is read as a table") {
  const TestBook book(header + text_row({"1", "a", "2026-01-05 09:03"}) +
                          text_row({"1", "b", number_cell("46027.5", 1)}) +
                          text_row({"2", "a", number_cell("46028", 2)}),
                      {"22", "yyyy\\-mm\\-dd"});
  const EventLog log = read(book.bytes());
  CHECK(show_events(log) ==
        "1/a/2026-01-05T09:03:00Z 1/b/2026-01-05T12:00:00Z 2/a/2026-01-06T00:00:00Z");
  CHECK(log.format == "xlsx");
  CHECK(log.sheet == "Log");
  CHECK(log.other_sheets.empty());
  CHECK(log.quality.rows == 3);
  CHECK(log.quality.lines_before_header == 0);
}

TEST_CASE("a table is the same log from CSV and from a workbook") {
  const EventLog csv = read_log_text(
      "Export 2026-01\n\n工单号,环节,开始时间,结束时间,处理人\nR1,核对,2026-01-05 "
      "09:03:00,2026-01-05 "
      "09:08:30.250,张三\nR2,核对,2026-01-05 09:04:00,2026-01-05 09:09:00,\nR1,审批,,2026-01-06 "
      "00:00:00,李四\n,审批,,2026-01-06,李四\n",
      "x.csv");
  const TestBook book(
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Export 2026-01</t></is></c></row>" +
          ("<row r=\"3\">" +
           text_row({"工单号", "环节", "开始时间", "结束时间", "处理人"}).substr(5)) +
          text_row({"R1", "核对", number_cell("46027.377083333333", 1),
                    number_cell("46027.380905671293", 1), "张三"}) +
          text_row({"R2", "核对", number_cell("46027.37777777778", 1),
                    number_cell("46027.381249999999", 1)}) +
          text_row({"R1", "审批", "<c/>", number_cell("46028", 1), "李四"}) +
          text_row({"<c/>", "审批", "<c/>", number_cell("46028", 1), "李四"}),
      {"22"});
  const EventLog xlsx = read(book.bytes());
  CHECK(show_events(xlsx) == show_events(csv));
  CHECK(std::vector(xlsx.start.begin(), xlsx.start.end()) ==
        std::vector(csv.start.begin(), csv.start.end()));
  CHECK(xlsx.quality.lines_before_header == csv.quality.lines_before_header);
  REQUIRE(xlsx.quality.bad_rows == 1);
  CHECK(csv.quality.bad_rows == 1);
  CHECK(xlsx.quality.bad_examples[0].line == 7);
  CHECK(csv.quality.bad_examples[0].line == 7);
  CHECK(xlsx.quality.bad_examples[0].reason == csv.quality.bad_examples[0].reason);
  CHECK(xlsx.available == csv.available);
}

TEST_CASE("numbers are written in full") {
  struct Row {
    const char* written;
    const char* text;
  };
  const Row table[] = {{"12", "12"},
                       {"12.0", "12"},
                       {"12.50", "12.5"},
                       {"-3", "-3"},
                       {"-0", "0"},
                       {"1E3", "1000"},
                       {"1.5E-2", "0.015"},
                       {"1.0000000000000001E-2", "0.01"},
                       {"20260105000123", "20260105000123"},
                       {"12345678901234567", "12345678901234567"},  // more than a double holds
                       {"1.2345678901234567E+16", "12345678901234568"},
                       {"0.1", "0.1"},
                       {"0.30000000000000004", "0.30000000000000004"},
                       {"1E+20", "100000000000000000000"},
                       {"1E+300", "1e+300"},
                       {"abc", "abc"}};
  for (const Row& row : table) {
    CAPTURE(row.written);
    CHECK(value_of(number_cell(row.written)) == row.text);
  }
  CHECK(value_of(number_cell("0.25", 1), {"0%"}) == "0.25");
  CHECK(value_of(number_cell("42", 1), {"00000"}) == "00042");
  CHECK(value_of(number_cell("42", 1), {"#,##0.00"}) == "42");
}

TEST_CASE("numbers in a format of dates are times") {
  struct Row {
    const char* number;
    const char* format;
    const char* text;
  };
  const Row table[] = {
      {"46027", "14", "2026-01-05"},
      {"46027.5", "14", "2026-01-05T12:00:00"},
      {"46027", "22", "2026-01-05T00:00:00"},
      {"46027.377083333333", "22", "2026-01-05T09:03:00"},
      {"46027.3770833", "22", "2026-01-05T09:03:00"},  // rounded by the writer
      {"4.6027377083333333E4", "22", "2026-01-05T09:03:00"},
      {"46027.377086226851", "22", "2026-01-05T09:03:00.250"},
      {"46027.999999999999", "22", "2026-01-06T00:00:00"},
      {"0.5", "20", "12:00:00"},
      {"0.377083333333", "47", "09:03:00"},
      {"1.5", "46", "36:00:00"},
      {"1.5", "[h]:mm", "36:00:00"},
      {"0.041666666666666664", "[mm]:ss", "1:00:00"},
      {"46027", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "2026-01-05"},
      {"46027", "31", "2026-01-05"},
      {"46027", "57", "2026-01-05"},
      {"46027", "[$-804]d mmmm yyyy;@", "2026-01-05"},
      {"46027.25", "h:mm AM/PM", "2026-01-05T06:00:00"},
      {"1", "14", "1900-01-01"},
      {"59", "14", "1900-02-28"},
      {"60", "14", "1900-02-29"},
      {"61", "14", "1900-03-01"},
      {"2958465", "14", "9999-12-31"},
      {"2958466", "14", "2958466"},
      {"-1", "14", "-1"},
      // What only looks like a format of dates:
      {"46027", "0", "46027"},
      {"46027", "General", "46027"},
      {"46027", "0.00&quot; days&quot;", "46027"},
      {"46027", "0\\d", "46027"},
      {"46027", "[Red]0;[Yellow]0", "46027"},
      {"46027", "0_d", "46027"},
      {"46027", "0*y", "46027"},
      {"46027", "0.00E+00", "46027"},
      {"46027", "0;yyyy", "46027"},
      {"46027", "49", "46027"},
  };
  for (const Row& row : table) {
    CAPTURE(row.number);
    CAPTURE(row.format);
    CHECK(value_of(number_cell(row.number, 1), {row.format}) == row.text);
  }
}

TEST_CASE("days may be counted from 1904") {
  const std::string since_1904 = "<workbookPr date1904=\"1\"/>";
  CHECK(value_of(number_cell("44565.5", 1), {"22"}, {}, since_1904) == "2026-01-05T12:00:00");
  CHECK(value_of(number_cell("0", 1), {"14"}, {}, since_1904) == "1904-01-01");
  CHECK(value_of(number_cell("59", 1), {"14"}, {}, since_1904) == "1904-02-29");
  CHECK(value_of(number_cell("0.5", 1), {"20"}, {}, since_1904) == "12:00:00");
  CHECK(value_of(number_cell("44565"), {}, {}, since_1904) == "44565");
}

TEST_CASE("plain numbers in a column of times are days of the workbook's own count") {
  TestBook book(header + text_row({"1", "a", number_cell("44565.5")}) +
                    text_row({"1", "b", number_cell("44566", 1)}) +
                    text_row({"1", "c", number_cell("1767700000")}),
                {"14"});
  book.parts["xl/workbook.xml"] = TestBook::workbook(
      "<sheet name=\"Log\" sheetId=\"1\" r:id=\"rId1\"/>", "<workbookPr date1904=\"true\"/>");
  const char* const right =
      "1/a/2026-01-05T12:00:00Z 1/b/2026-01-06T00:00:00Z 1/c/2026-01-06T11:46:40Z";
  CHECK(show_events(read(book.bytes())) == right);
  ReadOptions excel;
  excel.log.time_format = "excel";
  const EventLog log = read(book.bytes(), excel);
  CHECK(show_events(log) == "1/a/2026-01-05T12:00:00Z 1/b/2026-01-06T00:00:00Z");
  CHECK(log.quality.bad_rows == 1);
  book.parts["xl/workbook.xml"] =
      TestBook::workbook("<sheet name=\"Log\" sheetId=\"1\" r:id=\"rId1\"/>");
  CHECK(show_events(read(book.bytes(), excel)) ==
        "1/a/2022-01-04T12:00:00Z 1/b/2022-01-05T00:00:00Z");
}

TEST_CASE("texts are those of all kinds of cells") {
  CHECK(value_of("<c t=\"s\"><v>1</v></c>", {}, {"<t>a</t>", "<t>b</t>"}) == "b");
  CHECK(value_of("<c t=\"s\"><v>0</v></c>", {},
                 {"<r><rPr><b/></rPr><t>组</t></r><r><t xml:space=\"preserve\"> 长</t></r>"
                  "<rPh sb=\"0\" eb=\"1\"><t>zu</t></rPh><phoneticPr fontId=\"1\"/>"}) == "组 长");
  CHECK(value_of("<c t=\"str\"><f>A1</f><v>x</v></c>") == "x");
  CHECK(value_of("<c t=\"str\"><f>A1</f><v></v></c>").empty());
  CHECK(value_of("<c t=\"n\"><f>1+1</f><v>2</v></c>") == "2");
  CHECK(value_of("<c t=\"b\"><v>1</v></c>") == "TRUE");
  CHECK(value_of("<c t=\"b\"><v>0</v></c>") == "FALSE");
  CHECK(value_of("<c t=\"e\"><v>#DIV/0!</v></c>") == "#DIV/0!");
  CHECK(value_of("<c t=\"d\"><v>2026-01-05T09:03:00</v></c>") == "2026-01-05T09:03:00");
  CHECK(value_of("<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>") == "ab");
  CHECK(value_of("<c t=\"inlineStr\"><is><t>007</t></is></c>") == "007");
  CHECK(value_of("<c t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is></c>") == "a");
  CHECK(value_of("<c t=\"inlineStr\"><is><t>\n  a b\n</t></is></c>") == "a b");
  CHECK(value_of("<c t=\"inlineStr\"><is><t>a_x000D_b_x005F_x000D_</t></is></c>") == "a\rb_x000D_");
  CHECK(value_of("<c t=\"inlineStr\"><is><t>_xD83D__xDE00__xD83D_!_x12_</t></is></c>") ==
        "\xF0\x9F\x98\x80\xEF\xBF\xBD!_x12_");
  CHECK(value_of("<c t=\"inlineStr\"><is><t>&lt;&amp;<![CDATA[<b>]]>&#x4e2d;</t></is></c>") ==
        "<&<b>中");
}

TEST_CASE("values that are not there make a row bad where they matter") {
  CHECK(value_of("<c r=\"C2\"><f>SUM(A1:A2)</f><v></v></c>") ==
        "C2 is a formula that was never calculated; open the workbook in a spreadsheet program and "
        "save it");
  CHECK(value_of("<c t=\"str\"><f>A1</f></c>").empty());
  const std::string never = "<c><f>1</f></c>";
  const TestBook book(text_row({"case", "activity", "time", "note"}) +
                      text_row({"1", "a", "2026-01-05", never}) +
                      text_row({"<c t=\"e\"><v>#REF!</v></c>", "a", "2026-01-05"}) +
                      text_row({"1", never, "2026-01-05"}) + text_row({never, never, never}));
  const EventLog log = read(book.bytes());
  CHECK(show_events(log) == "1/a/2026-01-05T00:00:00Z");
  REQUIRE(log.quality.bad_rows == 3);
  CHECK(log.quality.bad_examples[0].reason == "A3 is the error #REF!");
  CHECK(log.quality.bad_examples[1].line == 4);
  CHECK(log.quality.bad_examples[2].line == 5);
}

TEST_CASE(
    "rows and cells are counted on where they have no names, and empty ones are passed over") {
  const TestBook book(
      "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>case</t></is></c>"
      "<c t=\"inlineStr\"><is><t>activity</t></is></c></row>"
      "<row/><row r=\"5\" hidden=\"1\"><c/><c t=\"inlineStr\"><is><t>1</t></is></c>"
      "<c r=\"C5\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"XFD5\"><v>7</v></c></row>"
      "<row><c r=\"A6\"/><c/><c t=\"inlineStr\"><is><t/></is></c></row>"
      "<row><c r=\"B9\"><v>2</v></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
      "<row><c t=\"inlineStr\"><is><t>total</t></is></c></row>");
  const EventLog log = read(book.bytes());
  CHECK(show_events(log) == "1/a 2/b");
  CHECK(log.quality.lines_before_header == 1);
  REQUIRE(log.quality.bad_rows == 1);
  CHECK(log.quality.bad_examples[0].line == 10);
  CHECK(log.quality.bad_examples[0].reason == "it names no case");
}

TEST_CASE("columns of a sheet without a header are named by the options") {
  const TestBook book(text_row({"1", "a", "2026-01-05"}) + text_row({"2", "b"}) +
                      text_row({"2", "b", "2026-01-06", "more"}));
  ReadOptions options;
  options.column_names = {"case", "activity", "time"};
  const EventLog log = read(book.bytes(), options);
  CHECK(show_events(log) == "1/a/2026-01-05T00:00:00Z");
  REQUIRE(log.quality.bad_rows == 2);
  CHECK(log.quality.bad_examples[0].reason == "it has no time");
  CHECK(log.quality.bad_examples[1].reason == "it has 4 columns, --columns names 3");
  CHECK_THROWS_WITH_AS(read(book.bytes()), doctest::Contains("name the columns of a file without"),
                       Error);
}
