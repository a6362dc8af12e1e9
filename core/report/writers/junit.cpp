#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/xml.h"
#include "core/report/finding_text.h"
#include "core/report/writers/exchange.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// The test cases of one file as they are written, and how they ended.
struct Suite {
  std::string path;
  std::string cases;
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
};

void add_case(Suite& suite, const std::string& name, const std::string& content) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"0\"",
                             readable_xml(name), readable_xml(suite.path));
  suite.cases += content.empty() ? "/>\n" : ">\n" + content + "    </testcase>\n";
}

/// A name that stays the same when lines move: servers follow a test by it.
std::string case_name(const Diagnostic& finding, std::map<std::string, int>& seen) {
  std::string name = rule_label(finding);
  if (!finding.element.empty()) name += ": " + finding.element;
  const int times = ++seen[name];
  return times == 1 ? name : fmt::format("{} ({})", name, times);
}

/// The whole finding, line by line.
std::string body(const Diagnostic& finding, const Sources& sources) {
  std::string text;
  const std::string whole = finding_text(finding, sources, false);
  for (std::string_view rest = whole; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += "\n" + xml_text(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text + "\n";
}

/// Errors and warnings fail; what is only information is the output of a test that passes.
void add_finding(Suite& suite, const std::string& name, const Diagnostic& finding,
                 const Sources& sources) {
  if (finding.level == Level::info) {
    add_case(suite, name,
             fmt::format("      <system-out>{}</system-out>\n", body(finding, sources)));
    return;
  }
  ++suite.failures;
  add_case(
      suite, name,
      fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n",
                  readable_xml(finding.message), to_string(finding.level), body(finding, sources)));
}

void add_check(Suite& suite, const Check& check) {
  const std::string message = readable_xml(check.message);
  switch (check.outcome) {
    case Check::Outcome::passed:
      return add_case(suite, check.name,
                      fmt::format("      <system-out>{}</system-out>\n", message));
    case Check::Outcome::skipped:
      ++suite.skipped;
      return add_case(suite, check.name, fmt::format("      <skipped message=\"{}\"/>\n", message));
    case Check::Outcome::failed:
      ++suite.failures;
      return add_case(suite, check.name,
                      fmt::format("      <failure message=\"{}\" type=\"missed\"/>\n", message));
  }
}

Suite suite_of(const FileFindings& file, const std::vector<Check>& checks, const Sources& sources) {
  Suite suite;
  suite.path = file.path;
  if (file.unread != nullptr) {
    ++suite.errors;
    add_case(suite, "unread document",
             fmt::format("      <error message=\"{}\" type=\"unread\"/>\n",
                         readable_xml(file.unread->reason)));
  }
  std::map<std::string, int> seen;
  for (const Diagnostic* finding : file.findings) {
    add_finding(suite, case_name(*finding, seen), *finding, sources);
  }
  for (const Check& check : checks) add_check(suite, check);
  if (suite.tests == 0) add_case(suite, "nothing found", "");
  return suite;
}

std::string counts(const Suite& suite) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", suite.tests,
                     suite.failures, suite.errors, suite.skipped);
}

/// There is no standard: the elements and attributes that Maven Surefire writes, which Jenkins,
/// GitLab and others read.
std::string write(const Report& report, const WriteOptions& options) {
  Suite all;
  std::string suites;
  for (const FileFindings& file : by_file(report, *options.sources)) {
    const bool is_first =
        !report.documents.empty() && file.path == normal_path(report.documents.front());
    const Suite suite =
        suite_of(file, is_first ? report.checks : std::vector<Check>(), *options.sources);
    suites += fmt::format("  <testsuite name=\"{}\" {} time=\"0\">\n{}", readable_xml(suite.path),
                          counts(suite), suite.cases);
    suites += "  </testsuite>\n";
    all.tests += suite.tests;
    all.failures += suite.failures;
    all.errors += suite.errors;
    all.skipped += suite.skipped;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"gemba\" {} time=\"0\">\n{}</testsuites>\n",
      counts(all), suites);
}

}  // namespace

constinit const Writer writers::junit{.name = "junit",
                                      .summary = "documents as test suites, findings as failures",
                                      .write = write,
                                      .only_findings = true,
                                      .writes_checks = true};

}  // namespace gemba::inline report
