#include "core/report/lint_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/report/catalogue.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"

namespace gemba {
namespace {

std::int64_t count(const Diagnostics& found, Level level) {
  return std::count_if(found.begin(), found.end(),
                       [&](const Diagnostic& each) { return each.level == level; });
}

}  // namespace

Json::Object finding_object(const Diagnostic& finding, const Sources& sources) {
  const Descriptor* about = find_descriptor(finding.code);
  return {{"code", finding.code},
          {"name", about == nullptr ? std::string_view() : about->name},
          {"level", to_string(finding.level)},
          {"message", finding.message},
          {"path", sources[finding.span.source].path},
          {"line", finding.span.begin.line},
          {"column", finding.span.begin.column},
          {"end_line", finding.span.end.line},
          {"end_column", finding.span.end.column},
          {"document", finding.document},
          {"element", finding.element},
          {"fingerprint", fingerprint(finding)}};
}

Json summary_object(const Diagnostics& found, std::size_t documents) {
  return Json::Object{{"documents", documents},
                      {"errors", count(found, Level::error)},
                      {"warnings", count(found, Level::warning)},
                      {"infos", count(found, Level::info)},
                      {"suppressed", 0}};
}

std::string summary_line(const Diagnostics& found, std::size_t documents) {
  const std::string where = counted(static_cast<std::int64_t>(documents), "document", "documents");
  if (found.empty()) return where + " checked, nothing found";
  std::string line = counted(count(found, Level::error), "error", "errors") + ", " +
                     counted(count(found, Level::warning), "warning", "warnings");
  if (const auto infos = count(found, Level::info)) line += ", " + counted(infos, "info", "infos");
  return line + " in " + where;
}

Report lint_report(Diagnostics found, std::size_t documents, std::size_t unread,
                   const Sources& sources) {
  Report report;
  Json::Array findings;
  for (const Diagnostic& each : found) findings.emplace_back(finding_object(each, sources));
  report.data = Json::Object{{"schema_version", 1},
                             {"findings", std::move(findings)},
                             {"summary", summary_object(found, documents)}};
  report.lead.push_back(summary_line(found, documents));
  if (unread > 0) {
    report.lead.back() +=
        "; " + counted(static_cast<std::int64_t>(unread), "file", "files") + " could not be read";
  }
  report.summary = report.lead.back();
  report.findings = std::move(found);
  return report;
}

}  // namespace gemba
