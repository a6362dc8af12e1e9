#include <doctest/doctest.h>

#include <algorithm>

#include "core/report/cells.h"
#include "core/report/writers/writer.h"

using namespace gemba;
namespace {

const char* const hostile = "a|b `c` <d> ]]> @all #1 %0A \"q\" [x](http://y) \x1b[31m \u202E \xB4";

/// A report that can be written; its findings are about `path`.
struct Sample {
  Sources sources;
  SourceId source;
  Report report;

  explicit Sample(const std::string& path)
      : source(sources.add(path, "[map]\nnext = \"aprove\"\n")) {
    report.documents = {path};
    report.summary = "the numbers";
  }

  Diagnostic& add(Level level, std::string message, Position end = {2, 16}) {
    report.findings.push_back({.code = "S006",
                               .level = level,
                               .message = std::move(message),
                               .span = {source, {2, 8}, end},
                               .document = "refund",
                               .element = "pay"});
    return report.findings.back();
  }

  std::string write(std::string_view format, bool quiet = false) const {
    const Writer* writer = find_writer(format);
    REQUIRE(writer != nullptr);
    return writer->write(report, {.quiet = quiet, .sources = &sources, .version = "1.2.3"});
  }
};

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) {
    ++times;
  }
  return times;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("concise has a line for each finding, and one with the numbers") {
  Sample sample("a.toml");
  sample.add(Level::error, "no such\nstep")
      .notes.push_back({{sample.source, {1, 1}, {1, 2}}, "here"});
  sample.add(Level::warning, "no role");
  const std::string lines =
      "a.toml:2:8: error: no such\\u000Astep [S006 dangling-reference]\n"
      "a.toml:2:8: warning: no role [S006 dangling-reference]\n";
  CHECK(sample.write("concise") == lines + "the numbers\n");
  CHECK(sample.write("concise", true) == lines);
}

TEST_CASE("workflow commands of GitHub are escaped") {
  Sample sample("./a:b,c%.toml");
  sample.add(Level::error, "100% of 'x, y': no")
      .notes.push_back({{sample.source, {1, 1}, {1, 2}}, "here"});
  sample.add(Level::info, "over lines", {3, 1});
  CHECK(sample.write("github") ==
        "::error file=a%3Ab%2Cc%25.toml,line=2,col=8,endLine=2,endColumn=16,"
        "title=S006 dangling-reference::./a:b,c%25.toml:2:8: 100%25 of 'x, y': no"
        "%0A./a:b,c%25.toml:1:1: note: here\n"
        "::notice file=a%3Ab%2Cc%25.toml,line=2,endLine=3,title=S006 dangling-reference::"
        "./a:b,c%25.toml:2:8: over lines\n"
        "the numbers\n");
}

TEST_CASE("what GitHub would drop is printed, and said to be there") {
  Sample sample("::error::.toml");
  for (int i = 0; i < 12; ++i) sample.add(Level::error, "e" + std::to_string(i));
  for (int i = 0; i < 10; ++i) sample.add(Level::warning, "w" + std::to_string(i));
  for (int i = 0; i < 10; ++i) sample.add(Level::info, "##[add-mask]i" + std::to_string(i));
  const std::string text = sample.write("github", true);
  CHECK(count(text, "::error file=") == 10);
  CHECK(count(text, "::warning file=") == 10);
  CHECK(count(text, "::notice file=") == 9);
  CHECK(
      text.ends_with("./::error::.toml:2:8: error: e10 [S006 dangling-reference]\n"
                     "./::error::.toml:2:8: error: e11 [S006 dangling-reference]\n"
                     "./::error::.toml:2:8: info: ## [add-mask]i9 [S006 dangling-reference]\n"
                     "::notice title=gemba::3 more in the log of this step; the numbers\n"));
}

TEST_CASE("SARIF has percent-encoded paths, related places and the program's version") {
  Sample sample("./订单 a:b.toml");
  sample.add(Level::info, "see [this](http://example.org)")
      .notes.push_back({{sample.source, {1, 1}, {1, 6}}, "first here"});
  sample.add(Level::error, "again");
  const std::string text = sample.write("sarif");
  CHECK(has(text, "\"version\": \"1.2.3\""));
  CHECK(count(text, "\"uri\": \"%E8%AE%A2%E5%8D%95%20a%3Ab.toml\"") == 3);
  CHECK(count(text, "\"uriBaseId\": \"%SRCROOT%\"") == 3);
  CHECK(has(text, "\"text\": \"see [this] (http://example.org)\""));
  CHECK(has(text, "\"name\": \"DanglingReference\""));
  CHECK(has(text, "\"level\": \"note\""));
  CHECK(has(text, "\"relatedLocations\""));
  CHECK(has(text, "\"executionSuccessful\": true"));
  CHECK(has(text, "\"gembaElement/v1\": \"S006:refund:pay#2\""));
  CHECK(count(text, "\"shortDescription\"") == 1);
}

TEST_CASE("SARIF tells what was not read from what was found") {
  Sample sample("/srv/a.toml");
  sample.add(Level::error, "absolute");
  sample.report.unread = {{"b.toml", "cannot open 'b.toml'"}};
  const std::string text = sample.write("sarif");
  CHECK(has(text, "\"uri\": \"file:///srv/a.toml\""));
  CHECK(has(text, "\"executionSuccessful\": false"));
  CHECK(has(text, "\"text\": \"cannot open 'b.toml'\""));
  CHECK(count(text, "\"ruleId\"") == 1);
}

TEST_CASE("JUnit counts failures, passes and what could not be read") {
  Sample sample("a.toml");
  sample.add(Level::error, "e");
  sample.add(Level::warning, "w");
  sample.add(Level::info, "i");
  sample.report.documents.push_back("clean.toml");
  sample.report.unread = {{"lost.toml", "cannot open"}};
  const std::string text = sample.write("junit");
  CHECK(has(text, "<testsuites name=\"gemba\" tests=\"5\" failures=\"2\" errors=\"1\""));
  CHECK(has(text, "<testsuite name=\"a.toml\" tests=\"3\" failures=\"2\" errors=\"0\""));
  CHECK(has(text, "<testsuite name=\"clean.toml\" tests=\"1\" failures=\"0\" errors=\"0\""));
  CHECK(has(text, "<testcase name=\"nothing found\" classname=\"clean.toml\" time=\"0\"/>"));
  CHECK(has(text, "<testsuite name=\"lost.toml\" tests=\"1\" failures=\"0\" errors=\"1\""));
  CHECK(has(text, "<testcase name=\"S006 dangling-reference: pay (3)\" classname=\"a.toml\""));
  CHECK(has(text, "<failure message=\"w\" type=\"warning\">"));
  CHECK(count(text, "<system-out>") == 1);
}

TEST_CASE("a Code Quality report tells equal findings apart") {
  Sample sample("./a.toml");
  sample.add(Level::error, "e");
  sample.add(Level::warning, "w");
  sample.report.unread = {{"lost.toml", "cannot open"}};
  const std::string text = sample.write("gitlab");
  CHECK(has(text, "\"path\": \"a.toml\""));
  CHECK(has(text, "\"check_name\": \"S006 dangling-reference\""));
  CHECK(count(text, "\"severity\": \"major\"") == 1);
  CHECK(count(text, "\"severity\": \"minor\"") == 1);
  CHECK(count(text, "\"severity\": \"blocker\"") == 1);
  std::vector<std::string> fingerprints;
  constexpr std::string_view key = "\"fingerprint\": \"";
  for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos; at += key.size()) {
    fingerprints.push_back(text.substr(at + key.size(), 16));
  }
  REQUIRE(fingerprints.size() == 3);
  std::sort(fingerprints.begin(), fingerprints.end());
  CHECK(std::unique(fingerprints.begin(), fingerprints.end()) == fingerprints.end());
}

TEST_CASE("Checkstyle has every file, also clean ones") {
  Sample sample("a.toml");
  sample.add(Level::info, "x < y");
  sample.report.documents.push_back("clean.toml");
  CHECK(sample.write("checkstyle") ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<checkstyle version=\"4.3\">\n"
        "  <file name=\"a.toml\">\n"
        "    <error line=\"2\" column=\"8\" severity=\"info\" message=\"x &#60; y\" "
        "source=\"gemba.S006.dangling-reference\"/>\n"
        "  </file>\n"
        "  <file name=\"clean.toml\">\n"
        "  </file>\n"
        "</checkstyle>\n");
}

TEST_CASE("a table of findings for a comment, which nothing in it can break") {
  Sample sample("a.toml");
  sample.report.lead = {"1. - @team"};
  sample.add(Level::error, hostile);
  CHECK(sample.write("markdown") ==
        "1\\. - @&#8203;team\n\n"
        "| level | place | finding | rule |\n| --- | --- | --- | --- |\n"
        "| error | a.toml:2:8 | a\\|b \\`c\\` &lt;d&gt; \\]\\]&gt; @&#8203;all #&#8203;1 %0A \"q\" "
        "\\[x\\](http://y) \\\\u001B\\[31m \\\\u202E \uFFFD | S006 dangling-reference |\n");
  sample.report.sections.push_back({"h", {"- no list", "+", "=", "x"}, "a = \"```\"\n"});
  const std::string text = sample.write("markdown");
  CHECK_FALSE(has(text, "| error |"));
  CHECK(has(text, "\n\\- no list\n\n\\+\n\n\\=\n\nx\n\n````toml\na = \"```\"\n````\n"));
}

TEST_CASE("no format passes on what would move a terminal or turn text around") {
  Sample sample(std::string("dir/") + hostile + ".toml");
  sample.add(Level::error, hostile);
  sample.add(Level::warning, std::string(5000, 'x'));
  for (const char* format : {"concise", "sarif", "junit", "github", "gitlab", "checkstyle"}) {
    INFO(format);
    const std::string text = sample.write(format);
    CHECK_FALSE(has(text, "\x1b"));
    CHECK_FALSE(has(text, "\u202E"));
    CHECK_FALSE(has(text, "\xB4"));
    CHECK(has(text, std::string(5000, 'x')));
  }
}
