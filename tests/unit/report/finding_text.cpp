#include "core/report/finding_text.h"

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/findings/fingerprint.h"

using namespace gemba;
namespace {

Diagnostic finding_at(SourceId source, Position begin, Position end) {
  return {.code = "S006",
          .level = Level::error,
          .message = "step 'aprove' does not exist",
          .span = {source, begin, end},
          .document = "refund",
          .element = "small"};
}

/// The line with the marker of a finding on one line of source.
std::string marker_line(const std::string& text) {
  const std::size_t end = text.rfind('\n');
  const std::size_t begin = text.rfind('\n', end - 1) + 1;
  return text.substr(begin, end - begin);
}

}  // namespace

TEST_CASE("a finding reads like a compiler's") {
  Sources sources;
  const SourceId id = sources.add("sops/refund.toml", "[map]\nnext = \"aprove\"\n");
  const Diagnostic finding = finding_at(id, {2, 8}, {2, 16});
  CHECK(finding_line(finding, sources) ==
        "sops/refund.toml:2:8: error: step 'aprove' does not exist [S006 dangling-reference]");
  CHECK(finding_text(finding, sources, false) ==
        "sops/refund.toml:2:8: error: step 'aprove' does not exist [S006 dangling-reference]\n"
        "    2 | next = \"aprove\"\n"
        "      |        ^~~~~~~~\n");
}

TEST_CASE("the caret stands under the place in Chinese text") {
  Sources sources;
  const SourceId id = sources.add("退款.toml", "name = \"组长审批\"  # 金额\n");
  // Columns count characters; each of the six before and in the text takes two on a terminal.
  const std::string text = finding_text(finding_at(id, {1, 9}, {1, 13}), sources, false);
  CHECK(marker_line(text) == "      |         ^~~~~~~~");
  const std::string after = finding_text(finding_at(id, {1, 16}, {1, 20}), sources, false);
  CHECK(display_width(marker_line(after).substr(0, marker_line(after).find('^'))) ==
        8 + display_width("name = \"组长审批\"  "));
}

TEST_CASE("tabs take one column, and control characters do not reach the terminal") {
  Sources sources;
  const SourceId id = sources.add("a.toml", "\tid\t= \"\x1b[2J\"\n");
  const std::string text = finding_text(finding_at(id, {1, 2}, {1, 4}), sources, false);
  CHECK(text.find("    1 |  id = \"\\u001B[2J\"\n      |  ^~\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("a long line is cut around its fault") {
  Sources sources;
  const std::string padding(500, 'x');
  const SourceId id = sources.add("a.toml", padding + "HERE" + padding);
  const std::string text = finding_text(finding_at(id, {1, 501}, {1, 505}), sources, false);
  CHECK(text.find("HERE") != std::string::npos);
  CHECK(text.find(" | …x") != std::string::npos);
  CHECK(text.find("x…\n") != std::string::npos);
  CHECK(text.size() < 600);
  const std::string marker = marker_line(text);
  const std::string line = text.substr(text.find('\n') + 1);
  CHECK(display_width(marker.substr(0, marker.find('^'))) ==
        display_width(line.substr(0, line.find("HERE"))));
}

TEST_CASE("a place without width, behind the end or over several lines has a mark too") {
  Sources sources;
  const SourceId id = sources.add("a.toml", "first\nsecond\n");
  CHECK(marker_line(finding_text(finding_at(id, {1, 6}, {1, 6}), sources, false)) ==
        "      |      ^");
  CHECK(marker_line(finding_text(finding_at(id, {1, 3}, {2, 4}), sources, false)) ==
        "      |   ^~~");
  const std::string behind = finding_text(finding_at(id, {3, 1}, {3, 1}), sources, false);
  CHECK(behind.find("    3 | \n      | ^\n") != std::string::npos);
}

TEST_CASE("notes show their own places") {
  Sources sources;
  const SourceId id = sources.add("a.toml", "id = \"a\"\nid = \"a\"\n");
  Diagnostic finding = finding_at(id, {2, 6}, {2, 9});
  finding.notes.push_back({{id, {1, 6}, {1, 9}}, "the first one"});
  CHECK(finding_text(finding, sources, false)
            .ends_with("a.toml:1:6: note: the first one\n"
                       "    1 | id = \"a\"\n"
                       "      |      ^~~\n"));
}

TEST_CASE("colour only adds to the text") {
  Sources sources;
  const SourceId id = sources.add("a.toml", "next = \"aprove\"\n");
  const Diagnostic finding = finding_at(id, {1, 8}, {1, 16});
  std::string coloured = finding_text(finding, sources, true);
  CHECK(coloured.find("\x1b[1;31m") != std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos;
       at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == finding_text(finding, sources, false));
}

TEST_CASE("a fingerprint does not move with the lines") {
  Sources sources;
  const SourceId id = sources.add("a.toml", "\n\n\n");
  const Diagnostic here = finding_at(id, {1, 1}, {1, 2});
  const Diagnostic there = finding_at(id, {3, 1}, {3, 2});
  CHECK(fingerprint(here) == "S006:refund:small");
  CHECK(fingerprint(here) == fingerprint(there));
}
