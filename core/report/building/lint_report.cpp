#include "core/report/building/lint_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/findings/catalogue.h"
#include "core/findings/fingerprint.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"

namespace gemba::inline report {
namespace {

std::int64_t count(const Diagnostics& found, Level level) {
  return std::count_if(found.begin(), found.end(),
                       [&](const Diagnostic& each) { return each.level == level; });
}

}  // namespace

Json::Object finding_object(const Diagnostic& finding, const Sources& sources) {
  const Descriptor* about = find_descriptor(finding.code);
  return {{"code", finding.code.text()},
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

Json::Object summary_object(const Diagnostics& found, std::size_t documents,
                            std::size_t suppressed) {
  return {{"documents", documents},
          {"errors", count(found, Level::error)},
          {"warnings", count(found, Level::warning)},
          {"infos", count(found, Level::info)},
          {"suppressed", suppressed}};
}

namespace {

/// What mends a finding; null when a person must.
Json fix_object(const Diagnostic& finding) {
  if (finding.fix.empty()) return nullptr;
  Json::Array edits;
  for (const TextEdit& edit : finding.fix) {
    edits.emplace_back(Json::Object{{"line", edit.span.begin.line},
                                    {"column", edit.span.begin.column},
                                    {"end_line", edit.span.end.line},
                                    {"end_column", edit.span.end.column},
                                    {"text", edit.text}});
  }
  return Json::Object{{"edits", std::move(edits)}};
}

}  // namespace

std::string summary_line(const Diagnostics& found, std::size_t documents) {
  const std::string where = counted(documents, "document", "documents");
  if (found.empty()) return where + " checked, nothing found";
  std::string line = counted(count(found, Level::error), "error", "errors") + ", " +
                     counted(count(found, Level::warning), "warning", "warnings");
  if (const auto infos = count(found, Level::info)) add_item(line, counted(infos, "info", "infos"));
  return line + " in " + where;
}

Report lint_report(Diagnostics found, const LintCounts& counts, const Sources& sources) {
  Report report;
  Json::Array findings;
  for (const Diagnostic& each : found) {
    Json::Object finding = finding_object(each, sources);
    finding.emplace_back("fix", fix_object(each));
    findings.emplace_back(std::move(finding));
  }
  Json::Object summary = summary_object(found, counts.documents, counts.suppressed);
  summary.emplace_back("known", counts.known);
  report.data = Json::Object{{"schema_version", 1},
                             {"findings", std::move(findings)},
                             {"summary", std::move(summary)},
                             {"rules", nullptr}};
  std::string& lead = report.lead.emplace_back(summary_line(found, counts.documents));
  const auto add = [&](std::size_t number, const char* one, const char* many, const char* what) {
    if (number > 0) lead += "; " + counted(number, one, many) + " " + what;
  };
  add(counts.suppressed, "finding", "findings", "suppressed");
  add(counts.known, "finding", "findings", "known already");
  add(counts.unread, "file", "files", "could not be read");
  report.summary = lead;
  report.findings = std::move(found);
  return report;
}

void keep_statistics(Report& report) {
  std::map<std::string_view, std::pair<Level, std::int64_t>> counts;
  for (const Diagnostic& each : report.findings) {
    auto& [level, count] = counts[each.code];
    level = std::max(level, each.level);
    ++count;
  }
  std::vector<std::pair<std::string_view, std::pair<Level, std::int64_t>>> ranked(counts.begin(),
                                                                                  counts.end());
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.second.second > b.second.second; });
  Table table{.key = "rules",
              .title = "Rules",
              .columns = {{"code", "code"},
                          {"name", "name"},
                          {"level", "level"},
                          {"count", "count", Unit::count}},
              .rows = {}};
  Json::Array rules;
  for (const auto& [code, what] : ranked) {
    const Descriptor* about = find_descriptor(code);
    const std::string name(about == nullptr ? std::string_view() : about->name);
    const std::string level(to_string(what.first));
    table.rows.push_back({std::string(code), name, level, what.second});
    rules.emplace_back(
        Json::Object{{"code", code}, {"name", name}, {"level", level}, {"count", what.second}});
  }
  std::get<Json::Object>(report.data.value).back().second = std::move(rules);
  report.tables.push_back(std::move(table));
  report.findings.clear();
}

}  // namespace gemba::inline report
