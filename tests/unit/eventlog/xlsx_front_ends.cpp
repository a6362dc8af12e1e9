// The scanner of sheets says what the parser of XML says, whatever there is and wherever it is cut.
#include <doctest/doctest.h>

#include "tests/unit/eventlog/xlsx_book.h"
#include "tests/unit/eventlog/xlsx_outcome.h"

using namespace gemba;

namespace {

/// Whether the rows are the same log to both, or the same error; `fails` says which.
void check_same(const std::string& rows, bool fails = false) {
  CAPTURE(rows);
  const TestBook book(text_row({"case", "activity", "time", "note"}) + rows, {"22", "00000"},
                      {"<t>a</t>", "<t/>"});
  const std::string bytes = book.bytes();
  ReadOptions options;
  options.attributes = {"note"};
  const std::string right = xlsx_outcome(bytes, {.scans = false}, options);
  CHECK(right.starts_with("error:") == fails);
  for (const std::size_t window : {400, 512, 100'000})
    CHECK(xlsx_outcome(bytes, {.window = window}, options) == right);
}

std::string note(const std::string& cell) {
  return text_row({"1", "a", "2026-01-05", cell}) + text_row({"2", "b", "2026-01-06", "x"});
}

}  // namespace

TEST_CASE("the scanner and the parser agree on rows") {
  const char* const cells[] = {
      "<c><v>1</v></c>",
      "<c ><v >1</v></c >",
      "<c\n\tr=\"D2\"\r\n><v>1</v>\n</c>",
      "<c t=\"s\"><v>0</v></c>",
      "<c t=\"s\"><v>1</v></c>",
      "<c s=\"1\"><v>46027.5</v></c>",
      "<c s=\"2\"><f>A1&amp;B1</f><v>7</v></c>",
      "<c><f t=\"shared\" si=\"0\"/><v>7</v></c>",
      "<c><f>1</f></c>",
      "<c><v/></c>",
      "<c><v>1</v><v>2</v></c>",
      "<c/>",
      "<c><extLst><ext><v>9</v></ext></extLst></c>",
      "<c><v><![CDATA[1]]></v></c>",
      "<c><!-- 1 --><v>1<!-- 2 -->2</v></c>",
      "<c><?x y?><v>1</v></c>",
      "<c s='1'><v>1</v></c>",
      "<c xmlns=\"other\"><v>1</v></c>",
      "<c x:y=\"&quot;\"><v>1</v></c>",
      "<c a1=\"\" a2=\"\" a3=\"\" a4=\"\" a5=\"\" a6=\"\" a7=\"\" a8=\"\" a9=\"\" b1=\"\" b2=\"\" "
      "b3=\"\" b4=\"\" b5=\"\" b6=\"\" b7=\"\" b8=\"\"><v>1</v></c>",
      "<c t=\"str\"><v>a &lt;&gt;&amp;&apos;&quot;&#20013;&#x4E2D;]]</v></c>",
      "<c t=\"str\"><v> x </v></c>",
      "<c t=\"str\"><v xml:space=\"preserve\"> x </v></c>",
      "<c t=\"str\"><v>&#32;x&#9;</v></c>",
      "<c t=\"str\"><v>a\r\nb\tc\n</v></c>",
      "<c t=\"str\"><v>_x0041_&#95;x0041_</v></c>",
      "<c t=\"str\"><v>中文</v></c>",
      "<c t=\"inlineStr\"><is><t>a</t></is></c>",
      "<c t=\"inlineStr\"><is><t/></is></c>",
      "<c t=\"inlineStr\"><is/></c>",
      "<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is></c>",
      "<c t=\"inlineStr\"><is><t>a</t><rPh><t>b</t></rPh></is></c>",
      "<c t=\"inlineStr\"><is><t>a</t></is><is><t>b</t></is></c>",
      "<c t=\"inlineStr\"><v>1</v></c>",
      "<c t=\"n\"><is><t>a</t></is></c>",
      "<c t=\"e\"><v>#N/A</v></c>",
      "<cell><v>1</v></cell>",
      "</row><row ht=\"1\" x14ac:dyDescent=\"0.2\"><c r=\"D4\"><v>1</v></c>",
      "</row><!-- between --><row>",
      "</row><row/><row r=\"9\"/><row>",
      "</row></sheetData><mergeCells/><sheetData><row>",
  };
  for (const char* cell : cells) check_same(note(cell));
}

TEST_CASE("the scanner and the parser agree on what is wrong") {
  const char* const cells[] = {
      "<c><v>1</v>",
      "<c><v>1</w></c>",
      "<c r=\"D2\" r=\"D2\"><v>1</v></c>",
      "<c r=\"D2\"s=\"1\"><v>1</v></c>",
      "<c r=D2><v>1</v></c>",
      "<c r=\"<\"><v>1</v></c>",
      "<c r=\"&no;\"><v>1</v></c>",
      "<c t=\"str\"><v>&no;</v></c>",
      "<c t=\"str\"><v>&#0;</v></c>",
      "<c t=\"str\"><v>&#xD800;</v></c>",
      "<c t=\"str\"><v>&#xFFFE;</v></c>",
      "<c t=\"str\"><v>&</v></c>",
      "<c t=\"str\"><v>]]></v></c>",
      "<c t=\"str\"><v>\x01</v></c>",
      "<c t=\"str\"><v>\xFF</v></c>",
      "<c t=\"str\"><v>\xEF\xBF\xBF</v></c>",
      "<c t=\"str\"><v>\xED\xA0\x80</v></c>",
      "<c t=\"s\"><v>2</v></c>",
      "<c t=\"s\"><v>x</v></c>",
      "<c s=\"7\"><v>1</v></c>",
      "<c t=\"z\"/>",
      "<c r=\"A2\"/>",
      "</row><row r=\"2\">",
      "</row><row r=\"x\">",
      "<c><f><v>1</f></v></c>",
  };
  for (const char* cell : cells) check_same(note(cell), true);
  check_same(note("<c><v>1</v></c>") + "<row><c", true);
  check_same(note("<c><v>1</v></c>") + std::string(1, '\0'), true);
}

TEST_CASE("rows that are longer than what is looked at are read by the parser") {
  check_same(text_row({"1", "a", "2026-01-05", std::string(2'000, 'x')}) +
             text_row({"1", "b", "2026-01-05"}));
}
