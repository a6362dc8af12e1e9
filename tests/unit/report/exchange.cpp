#include "core/report/writers/exchange.h"

#include <doctest/doctest.h>

#include <set>

using namespace gemba;
namespace {

Diagnostic finding_in(SourceId source, std::string document, std::string element) {
  return {.code = "S006",
          .level = Level::error,
          .message = "step 'aprove' does not exist",
          .span = {source, {1, 1}, {1, 2}},
          .document = std::move(document),
          .element = std::move(element)};
}

}  // namespace

TEST_CASE("paths are compared in one form") {
  CHECK(normal_path("./sops//a.toml") == "sops/a.toml");
  CHECK(normal_path("sops/../a.toml") == "a.toml");
  CHECK(normal_path("../a.toml") == "../a.toml");
  CHECK(normal_path("/srv/./a.toml") == "/srv/a.toml");
  CHECK(normal_path("-") == "-");
}

TEST_CASE("fingerprints differ, and do not depend on lines") {
  Sources sources;
  const SourceId a = sources.add("./a.toml", "");
  const SourceId b = sources.add("b.toml", "");
  std::vector<Diagnostic> findings = {finding_in(a, "refund", "pay"),
                                      finding_in(a, "refund", "pay"), finding_in(a, "refund", ""),
                                      finding_in(a, "", ""), finding_in(b, "", "")};
  const std::vector<std::string> before = unique_fingerprints(findings, sources);
  CHECK(before == std::vector<std::string>{"S006:refund:pay", "S006:refund:pay#2",
                                           "S006:refund:", "S006::@a.toml", "S006::@b.toml"});
  for (Diagnostic& each : findings) each.span.begin.line = 7;
  CHECK(unique_fingerprints(findings, sources) == before);
}

TEST_CASE("findings by file: configuration, documents in their order, what could not be read") {
  Sources sources;
  const SourceId a = sources.add("./a.toml", "");
  const SourceId config = sources.add("gemba.toml", "");
  Report report;
  report.documents = {"b.toml", "a.toml"};
  report.unread = {{"lost.toml", "cannot open 'lost.toml'"}};
  report.findings = {finding_in(a, "", ""), finding_in(config, "", ""), finding_in(a, "x", "")};
  const std::vector<FileFindings> files = by_file(report, sources);
  REQUIRE(files.size() == 4);
  CHECK(files[0].path == "gemba.toml");
  CHECK(files[0].findings.size() == 1);
  CHECK(files[1].path == "b.toml");
  CHECK(files[1].findings.empty());
  CHECK(files[2].path == "a.toml");
  CHECK(files[2].findings.size() == 2);
  CHECK(files[3].path == "lost.toml");
  REQUIRE(files[3].unread != nullptr);
  CHECK(files[3].unread->reason == "cannot open 'lost.toml'");
}
