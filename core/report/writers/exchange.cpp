#include "core/report/writers/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/findings/fingerprint.h"
#include "core/report/finding_text.h"

namespace gemba::inline report {

std::string normal_path(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

std::vector<std::string> unique_fingerprints(const std::vector<Diagnostic>& findings,
                                             const Sources& sources) {
  std::vector<std::string> unique;
  std::map<std::string, int> seen;
  for (const Diagnostic& finding : findings) {
    std::string own = fingerprint(finding);
    if (finding.document.empty()) own += "@" + normal_path(sources[finding.span.source].path);
    const int times = ++seen[own];
    unique.push_back(times == 1 ? own : fmt::format("{}#{}", own, times));
  }
  return unique;
}

std::string readable_xml(std::string_view text) { return xml_text(printable(text)); }

std::vector<FileFindings> by_file(const Report& report, const Sources& sources) {
  std::vector<FileFindings> files;
  std::map<std::string, std::size_t> places;
  const auto file = [&](const std::string& given) -> FileFindings& {
    const std::string path = normal_path(given);
    const auto [place, is_new] = places.try_emplace(path, files.size());
    if (is_new) files.push_back({path, {}, nullptr});
    return files[place->second];
  };
  std::set<std::string> documents;
  for (const std::string& path : report.documents) documents.insert(normal_path(path));
  for (const Diagnostic& finding : report.findings) {
    const std::string& path = sources[finding.span.source].path;
    if (!documents.contains(normal_path(path))) file(path);
  }
  for (const std::string& path : report.documents) file(path);
  for (const Unread& each : report.unread) file(each.path).unread = &each;
  for (const Diagnostic& finding : report.findings) {
    file(sources[finding.span.source].path).findings.push_back(&finding);
  }
  return files;
}

}  // namespace gemba::inline report
