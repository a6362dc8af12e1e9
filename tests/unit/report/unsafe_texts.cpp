#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/base/unsafe.h"
#include "core/report/readable.h"
#include "core/report/writers/writer.h"

using namespace gemba;
namespace {

/// What a name may hold to harm those who look at it: sequences that a terminal obeys, with their
/// introducers as one character and as two, turned text, ends of lines, and no UTF-8 at all. It
/// tries to begin a line that looks like one of ours, too.
const std::string dirt =
    std::string("\x1b[2J\x1b]0;x\x07") + "\u009B31m\u0085\x7F\u061C\u200E\u200F\u202E\u2066\u2069" +
    "\u2028\u2029\uFEFF\uFFFE" + std::string("\0", 1) +
    "\b\v\f\xB4\xF3\xE5\xA4\xED\xA0\x80\xC0\xAF" +
    "\rsave.toml:1:1: error: no\n::error::no\r\n# no\n\n| no | no |\nnote: no\n";

/// Which parts a report has: machine formats take findings before tables, and people are shown
/// either sections or findings.
struct Parts {
  bool findings = true;
  bool sections = true;
};

/// A report in which `extra` stands in the middle of every text of every kind. A code cannot
/// hold any: it is checked when it is compiled.
struct Sample {
  std::string own;
  Sources sources;
  Report report;

  Sample(std::string_view extra, Parts parts) : own(extra) {
    const SourceId source = sources.add(text("first") + ".toml", "x = '" + own + "'\ny = 2\n");
    const SourceId other = sources.add(text("second") + "/b.toml", "z = 3\n");
    report.documents = {sources[source].path, text("clean.toml")};
    report.summary = text("summary");
    report.lead = {text("lead"), "  " + text("more")};
    report.notes = {text("note"), text("remark")};
    report.unread = {{text("unread"), text("reason")}};
    for (const auto outcome :
         {Check::Outcome::passed, Check::Outcome::failed, Check::Outcome::skipped}) {
      report.checks.push_back({text("check"), outcome, text("figures")});
    }
    if (parts.findings) add_findings(source, other);
    if (parts.sections) {
      report.sections = {{text("heading"), {text("paragraph"), text("1. second")}, ""},
                         {text("heading"), {text("paragraph")}, "next = \"pay\"\n\t# end\n"}};
    }
    add_data(parts.findings);
    add_table();
  }

  std::string text(std::string_view word) const { return std::string(word) + own + "z"; }

  void add_findings(SourceId source, SourceId other) {
    for (const Level level : {Level::error, Level::warning, Level::info}) {
      for (int i = 0; i < 12; ++i) {
        report.findings.push_back(
            {.code = "S001",
             .level = level,
             .message = text("message"),
             .span = {source, {1, 1}, {1, 5}},
             .document = text("document"),
             .element = text("element"),
             .notes = {{{other, {1, 1}, {1, 2}}, text("see")}},
             .fix = {{.span = {source, {1, 1}, {1, 2}}, .text = text("edit")}}});
      }
    }
  }

  void add_data(bool has_findings) {
    Json::Object finding;
    for (const char* key :
         {"path", "level", "code", "name", "message", "document", "element", "fingerprint"}) {
      finding.emplace_back(key, text(key));
    }
    Json::Object data = {{text("key"), Json::Array{text("value"), 1}}};
    if (has_findings) data.emplace_back("findings", Json::Array{std::move(finding)});
    report.data = std::move(data);
  }

  void add_table() {
    Table table{.key = text("table"), .title = text("title"), .columns = {}, .rows = {}};
    table.columns = {{text("group"), text("Group")}, {text("column"), text("Column"), Unit::count}};
    for (const char* group : {"one", "one", "two", "three"}) {
      table.rows.push_back({text(group), text("cell")});
    }
    table.shown = 1;
    table.group = 1;
    table.groups_cut = 1;
    table.rows_cut = 1;
    report.tables = {table, table};
  }

  std::string write(const Writer& writer, WriteOptions how = {}) const {
    how.sources = &sources;
    how.version = "1.2.3";
    return writer.write(report, how);
  }
};

constexpr Parts all_parts[] = {{true, true}, {true, false}, {false, true}, {false, false}};

/// Everything unsafe in a text but the ends of its lines, and tabs.
std::u32string unsafe_in(const std::string& text) {
  std::u32string found;
  for (const char32_t c : decode_utf8(text)) {
    if (is_unsafe(c) && c != U'\n' && c != U'\t') found += c;
  }
  return found;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// What a line begins with: the mark of a command, of a heading, of a table's row, of a note.
std::string beginning(const std::string& line) { return line.substr(0, 2); }

bool is_csv(const Writer& writer) { return writer.name == "csv"; }

}  // namespace

TEST_CASE("no format passes on what would do something else than be seen") {
  for (const Parts parts : all_parts) {
    const Sample sample(dirt, parts);
    for (const Writer* writer : all_writers()) {
      for (const std::size_t width : {std::size_t{0}, std::size_t{60}}) {
        CAPTURE(writer->name);
        CAPTURE(parts.findings);
        CAPTURE(parts.sections);
        const std::string text = sample.write(*writer, {.width = width});
        CHECK_FALSE(find_invalid_utf8(text).has_value());
        std::u32string unsafe = unsafe_in(text);
        // A field of CSV may have several lines, with their ends as they are.
        if (is_csv(*writer)) std::erase(unsafe, U'\r');
        CHECK(unsafe.empty());
      }
    }
  }
}

TEST_CASE("a lone return, which would write over the line, is none in CSV") {
  const Sample sample("a\rb\r\nc", {});
  const std::string text = sample.write(*find_writer("csv"));
  for (std::size_t at = 0; (at = text.find('\r', at)) != std::string::npos; ++at) {
    CHECK(text.substr(at, 2) == "\r\n");
  }
  CHECK(text.find("a\\u000Db\r\nc") != std::string::npos);
}

TEST_CASE("nothing in a text begins a line of the output") {
  for (const Parts parts : all_parts) {
    const Sample plain("", parts);
    const Sample dirty(dirt, parts);
    for (const Writer* writer : all_writers()) {
      if (is_csv(*writer)) continue;
      CAPTURE(writer->name);
      const std::vector<std::string> expected = lines_of(plain.write(*writer));
      const std::vector<std::string> lines = lines_of(dirty.write(*writer));
      REQUIRE(lines.size() == expected.size());
      for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(beginning(lines[i]) == beginning(expected[i]));
      }
    }
  }
}

TEST_CASE("the only sequences in coloured text are those of the writer") {
  const auto count = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\x1b');
  };
  const Writer& text = *find_writer("text");
  for (const Parts parts : all_parts) {
    CHECK(count(Sample(dirt, parts).write(text, {.colour = true})) ==
          count(Sample("", parts).write(text, {.colour = true})));
  }
}

TEST_CASE("a listing keeps its lines and loses what is unsafe in them") {
  Sample sample("", {});
  sample.report.sections = {{"h", {}, "a = \"\x1b[31m\u202E\"\n\tb = 1\n"}};
  const std::string text = sample.write(*find_writer("text"));
  CHECK(text.find("h\n    a = \"\\u001B[31m\\u202E\"\n    \tb = 1\n") != std::string::npos);
  CHECK(sample.write(*find_writer("markdown"))
            .find("```toml\na = \"\\u001B[31m\\u202E\"\n\tb = 1\n```\n") != std::string::npos);
}

TEST_CASE("readable text is one line, or lines that were there") {
  CHECK(readable_line("退款 ok") == "退款 ok");
  CHECK(readable_line("  indented") == "  indented");
  CHECK(readable_line("one\ntwo\r\n\r\nthree\n") == "one two three");
  CHECK(readable_line("a\tb\x1b[m\u2028") == "a b\\u001B[m\\u2028");
  CHECK(readable_line("").empty());
  CHECK(readable_lines("a\n\tb\r\nc\r") == "a\n\tb\r\nc\\u000D");
  CHECK(readable_lines("\x9B\x1b\n\n") == "\uFFFD\\u001B\n\n");
  CHECK(readable_lines("").empty());
  CHECK(readable_message("one") == "one");
  CHECK(readable_message("one\n  two\ngemba: error: three") == "one\n  two\n  gemba: error: three");
  const std::string once = readable_line(dirt);
  CHECK(readable_line(once) == once);
  const std::string lines = readable_lines(dirt);
  CHECK(readable_lines(lines) == lines);
}
