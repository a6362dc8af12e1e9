// How workbooks are packed: archives, relationships, sheets; and what is no workbook.
#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/eventlog/missing_column.h"
#include "core/eventlog/read_log.h"
#include "tests/unit/eventlog/show.h"
#include "tests/unit/eventlog/xlsx_book.h"

using namespace gemba;

namespace {

const std::string rows = text_row({"case", "activity"}) + text_row({"1", "a"});
const std::string dated =
    text_row({"case", "activity", "time"}) + text_row({"2", "b", "2026-01-05"});

EventLog read(const std::string& bytes, const ReadOptions& options = {}) {
  return read_log_text(bytes, "x.xlsx", options);
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string in_utf16(const std::string& ascii) {
  std::string text = "\xFF\xFE";
  for (const char c : ascii) text += {c, '\0'};
  return text;
}

template <class E = Error>
void check_refused(const std::string& bytes, const char* words, const ReadOptions& options = {}) {
  CAPTURE(words);
  CHECK_THROWS_WITH_AS(read(bytes, options), doctest::Contains(words), E);
}

/// A compound file with one sector of directory, and the streams of these names in it.
std::string compound_file(const std::vector<std::string>& names) {
  std::string bytes(4 * 512, '\0');
  const auto put = [&](std::size_t at, std::uint64_t value, int size) {
    for (int byte = 0; byte < size; ++byte)
      bytes[at + static_cast<std::size_t>(byte)] = static_cast<char>(value >> (8 * byte) & 0xFF);
  };
  bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
  put(30, 9, 2);
  put(48, 1, 4);       // the directory begins in sector 1
  put(76, 0, 4);       // the table is sector 0
  put(512 + 4, 2, 4);  // sector 2 follows sector 1
  put(512 + 8, 0xFFFF'FFFE, 4);
  for (std::size_t name = 0; name < names.size(); ++name) {
    const std::size_t at = 1024 + 128 * name;
    for (std::size_t c = 0; c < names[name].size(); ++c) bytes[at + 2 * c] = names[name][c];
    put(at + 64, 2 * names[name].size() + 2, 2);
  }
  return bytes;
}

}  // namespace

TEST_CASE("archives may be stored, deflated and of 64 bits") {
  for (const bool deflated : {false, true}) {
    for (const bool zip64 : {false, true}) {
      CAPTURE(deflated);
      CAPTURE(zip64);
      CHECK(show_events(read(TestBook(rows).bytes({.deflated = deflated, .zip64 = zip64}))) ==
            "1/a");
    }
  }
}

TEST_CASE("parts are found by their relationships, wherever they are") {
  TestBook book(
      text_row({"case", "activity", "note"}) + text_row({"1", "a", "<c t=\"s\"><v>0</v></c>"}), {},
      {"<t>x</t>"});
  book.parts["Data/Tables/My sheet.xml"] = std::move(book.parts["xl/worksheets/sheet1.xml"]);
  book.parts.erase("xl/worksheets/sheet1.xml");
  book.parts["texts.xml"] = std::move(book.parts["xl/sharedStrings.xml"]);
  book.parts.erase("xl/sharedStrings.xml");
  book.parts["data/book.xml"] = std::move(book.parts["xl/workbook.xml"]);
  book.parts.erase("xl/workbook.xml");
  book.parts.erase("xl/_rels/workbook.xml.rels");
  book.parts["data/_rels/book.xml.rels"] = TestBook::relations(
      TestBook::relation("rId1", "worksheet", "./tables/../Tables/My%20sheet.xml") +
      TestBook::relation("x", "sharedStrings", "../texts.xml") +
      "<Relationship Id=\"y\" Type=\"http://example.org/styles\" Target=\"gone.xml\"/>");
  book.parts["_rels/.rels"] =
      TestBook::relations(TestBook::relation("a", "extended-properties", "docProps/app.xml") +
                          TestBook::relation("b", "officeDocument", "/data/book.xml"));
  ReadOptions options;
  options.attributes = {"note"};
  const EventLog log = read(book.bytes(), options);
  CHECK(log.attributes[0].values[0] == "x");
}

TEST_CASE("the strict form is read like the transitional one, with prefixes or without") {
  TestBook book(
      text_row({"case", "activity", "time"}) + text_row({"1", "a", "<c s=\"1\"><v>46027</v></c>"}),
      {"14"});
  for (auto& [name, text] : book.parts) {
    replace(text, "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main");
    replace(text, "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships");
  }
  CHECK(show_events(read(book.bytes())) == "1/a/2026-01-05T00:00:00Z");
  std::string& sheet = book.parts["xl/worksheets/sheet1.xml"];
  replace(sheet, "</", "</x:");
  replace(sheet, "<", "<x:");
  replace(sheet, "<x:/x:", "</x:");
  replace(sheet, "xmlns=", "xmlns:x=");
  replace(sheet, "<x:sheetData>",
          "<x:sheetData><y:row xmlns:y=\"z\"><x:c><x:v>1</x:v></x:c></y:row>");
  CHECK(show_events(read(book.bytes())) == "1/a/2026-01-05T00:00:00Z");
}

TEST_CASE("parts may be in UTF-16") {
  TestBook book(rows);
  for (auto& [name, text] : book.parts) {
    if (!name.starts_with("["))
      text = in_utf16(text.substr(text.starts_with("<?") ? text.find('\n') + 1 : 0));
  }
  CHECK(show_events(read(book.bytes())) == "1/a");
}

TEST_CASE("the first visible sheet that looks like a log is read") {
  TestBook book(text_row({"about", "this"}));
  book.add_sheets("About", {{"Cases", rows}, {"March", dated}, {"April", dated}});
  const EventLog log = read(book.bytes());
  CHECK(log.sheet == "March");
  CHECK(log.other_sheets == std::vector<std::string>{"April"});
  ReadOptions options;
  options.sheet = "Cases";
  CHECK(read(book.bytes(), options).sheet == "Cases");
  options.sheet = "april";
  CHECK(read(book.bytes(), options).sheet == "April");
  options.sheet = "Arpil";
  options.log.sheet = "March";
  check_refused<UsageError>(book.bytes(),
                            "'x.xlsx' has no sheet 'Arpil'; its sheets are 'April', 'About', "
                            "'Cases', 'March'",
                            options);
  check_refused<UsageError>(book.bytes(), "; did you mean 'April'?", options);
  options.sheet = "";
  CHECK(read(book.bytes(), options).sheet == "March");
  options.log.sheet = "May";
  check_refused<UsageError>(book.bytes(), "(gemba.toml names it in [log]", options);
  replace(book.parts["xl/workbook.xml"], "name=\"March\"", "name=\"March\" state=\"veryHidden\"");
  CHECK(read(book.bytes()).sheet == "April");
  replace(book.parts["xl/workbook.xml"], "name=\"April\"", "name=\"April\" state=\"hidden\"");
  CHECK(read(book.bytes()).sheet == "Cases");
  options.log.sheet = "March";
  CHECK(read(book.bytes(), options).sheet == "March");
}

TEST_CASE("where no sheet looks like a log, it is said what there is") {
  TestBook book(text_row({"about", "this"}));
  check_refused(book.bytes(), "no column of 'x.xlsx' looks like the case");
  book.add_sheets("About", {{"Other", text_row({"a", "b"})}, {"Empty", ""}});
  check_refused(book.bytes(),
                "no sheet of 'x.xlsx' has a header that names a case and an activity: 'About', "
                "'Other' were looked at");
  ReadOptions options;
  options.column_names = {"case", "activity"};
  check_refused<UsageError>(book.bytes(), "choose the one that --columns is about with --sheet",
                            options);
  options.sheet = "Other";
  CHECK(show_events(read(book.bytes(), options)) == "a/b");
  options.sheet = "Empty";
  check_refused(book.bytes(), "sheet 'Empty' of 'x.xlsx' has no values", options);
  check_refused(TestBook("").bytes(), "no visible sheet with values");
  check_refused(TestBook(text_row({"case", "activity"})).bytes(), "has no events");
}

TEST_CASE("only workbooks have sheets") {
  ReadOptions options;
  options.sheet = "March";
  CHECK_THROWS_WITH_AS(read_log_text("case,activity\n1,a\n", "x.csv", options),
                       doctest::Contains("which has no sheets; leave out --sheet"), UsageError);
  options.sheet = "";
  options.log.sheet = "March";
  CHECK(show_events(read_log_text("case,activity\n1,a\n", "x.csv", options)) == "1/a");
}

TEST_CASE("what is no workbook is called by its name") {
  const std::string nothing;
  const std::string ods = "application/vnd.oasis.opendocument.spreadsheet";
  check_refused(compound_file({"Root Entry", "EncryptionInfo", "EncryptedPackage"}),
                "an encrypted workbook; save it without a password");
  check_refused(compound_file({"Root Entry", "x", "y", "z", "Workbook"}),
                "an Excel workbook of the old kind (.xls)");
  check_refused(compound_file({"Root Entry", "WordDocument"}), "a Word document");
  check_refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document");
  check_refused(zip_of({{"mimetype", ods}, {"content.xml", "<x/>"}}), "(.ods); save it as .xlsx");
  check_refused(zip_of({{"Index/Document.iwa", "x"}}), "a document of Numbers");
  check_refused(zip_of({{"a/log.csv", "case"}}), "holds 'a/log.csv'; unpack it");
  check_refused(zip_of({{"photo.jpg", "x"}}), "a ZIP archive and no Excel workbook");
  check_refused(zip_of({}), "an empty ZIP archive");
  TestBook word(rows);
  word.parts["xl/workbook.xml"] = "<w:document xmlns:w=\"http://schemas\"/>";
  check_refused(word.bytes(), "a Word document");
  TestBook binary(rows);
  replace(binary.parts["_rels/.rels"], "workbook.xml", "workbook.bin");
  binary.parts["xl/workbook.bin"] = "\x01";
  check_refused(binary.bytes(), "a binary workbook (.xlsb)");
  check_refused(TestBook(rows).bytes({.flags = 1}), "is encrypted; save it without a password");
}

TEST_CASE("what is damaged is said with its place") {
  const std::string whole = TestBook(rows).bytes();
  for (const std::size_t size :
       {std::size_t{4}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    CAPTURE(size);
    check_refused(whole.substr(0, size), "truncated or damaged");
  }
  check_refused(TestBook(rows).bytes({.crc_fault = 1}), "cannot be unpacked (CRC error)");
  for (const char* part :
       {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"}) {
    TestBook book(rows);
    book.parts.erase(part);
    check_refused(book.bytes(), (std::string(part) + " is missing").c_str());
    book.parts[part] = "<a>";
    check_refused(book.bytes(), part);
    book.parts[part] = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>";
    check_refused(book.bytes(), "has a DOCTYPE");
  }
  TestBook lost(rows);
  lost.parts.erase("_rels/.rels");
  check_refused(lost.bytes(), "_rels/.rels is missing");
  const auto with = [](const std::string& cell) {
    return TestBook(rows + "<row r=\"7\">" + cell + "</row>", {}, {"<t>a</t>"}).bytes();
  };
  check_refused(with("<c t=\"s\"><v>1</v></c>"), "sheet 'Log', cell A7, is the shared text '1'");
  check_refused(with("<c s=\"9\"><v>1</v></c>"), "has the format 9");
  check_refused(with("<c t=\"q\"><v>1</v></c>"), "unknown type 'q'");
  check_refused(with("<c r=\"B7\"/><c r=\"A7\"/>"), "stands behind a cell to its right");
  check_refused(with("<c r=\"A8\"/>"), "is called 'A8'");
  check_refused(with("<c r=\"XFE7\"/>"), "column behind the 16384");
  check_refused(with("</row><row r=\"7\">"), "stands behind row 7");
  check_refused(with("<c><v>1<b/></v></c>"), "elements within its value");
  check_refused(with("<c><v>1</c>"), "(line 1) is no well-formed XML: mismatched tag");
}

TEST_CASE("archives that blow up are refused while they do") {
  TestBook book(rows);
  book.parts["xl/worksheets/sheet1.xml"] =
      TestBook::sheet(rows + std::string(std::size_t{80} << 20U, ' '));
  check_refused(book.bytes(), "blows up to more than 300 times its packed size");
  TestBook deep(rows);
  std::string within;
  for (int depth = 0; depth < 200; ++depth) within += "<a>";
  deep.parts["xl/worksheets/sheet1.xml"] = TestBook::sheet(within);
  check_refused(deep.bytes(), "elements within elements");
  TestBook longest(rows);
  longest.parts["xl/worksheets/sheet1.xml"] =
      TestBook::sheet("<row r=\"" + std::string(std::size_t{3} << 20U, '1') + "\"/>");
  check_refused(longest.bytes(), "has a tag of more than 1 MiB");
}
