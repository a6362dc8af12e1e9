#include <fmt/format.h>

#include "core/base/text.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"
#include "core/report/writers/exchange.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// FNV-1a, 64 bits (Fowler, Noll, Vo; IETF draft-eastlake-fnv): fingerprints of any length as a
/// short word.
std::string hashed(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", hash);
}

std::string_view severity(Level level) {
  if (level == Level::error) return "major";
  return level == Level::warning ? "minor" : "info";
}

Json issue(std::string description, std::string check, std::string_view fingerprint,
           std::string_view severity_word, const std::string& path, std::uint32_t line) {
  return Json::Object{{"description", std::move(description)},
                      {"check_name", std::move(check)},
                      {"fingerprint", hashed(fingerprint)},
                      {"severity", severity_word},
                      {"location", Json::Object{{"path", printable(normal_path(path))},
                                                {"lines", Json::Object{{"begin", line}}}}}};
}

/// Code Quality as GitLab documents it: a part of the Code Climate specification.
std::string write(const Report& report, const WriteOptions& options) {
  const Sources& sources = *options.sources;
  Json::Array issues;
  for (const Unread& each : report.unread) {
    issues.push_back(issue(printable(each.reason), "unread document", "unread@" + each.path,
                           "blocker", each.path, 1));
  }
  const std::vector<std::string> fingerprints = unique_fingerprints(report.findings, sources);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Diagnostic& finding = report.findings[i];
    issues.push_back(issue(printable(finding.message), rule_label(finding), fingerprints[i],
                           severity(finding.level), sources[finding.span.source].path,
                           finding.span.begin.line));
  }
  return dump_json(std::move(issues), true) + "\n";
}

}  // namespace

constinit const Writer writers::gitlab{.name = "gitlab",
                                       .summary = "a Code Quality report for GitLab",
                                       .write = write,
                                       .only_findings = true};

}  // namespace gemba::inline report
