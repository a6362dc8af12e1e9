#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/findings/catalogue.h"
#include "core/report/cells.h"
#include "core/report/writers/exchange.h"
#include "core/report/writers/writer.h"

/// Sections in comments are those of SARIF 2.1.0 (OASIS).
namespace gemba::inline report {
namespace {

constexpr std::string_view root = "%SRCROOT%";

/// Characters that stay as they are in a path of a URI (RFC 3986, unreserved and `/`).
bool is_plain_in_uri(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~/").find(c) != std::string_view::npos;
}

std::string uri_path(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    if (is_plain_in_uri(c))
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

Json artifact_location(const std::string& given) {
  const std::string path = normal_path(given);
  if (path.starts_with('/')) return Json::Object{{"uri", "file://" + uri_path(path)}};
  return Json::Object{{"uri", uri_path(path)}, {"uriBaseId", root}};
}

/// Readers make a link of `[text](target)` (§3.11.6), which nobody means in a finding.
Json message(std::string_view text) {
  std::string safe = printable(text);
  for (std::size_t at = 0; (at = safe.find("](", at)) != std::string::npos; ++at) {
    safe.insert(at + 1, " ");
  }
  return Json::Object{{"text", std::move(safe)}};
}

Json region(const SourceSpan& span) {
  return Json::Object{{"startLine", span.begin.line},
                      {"startColumn", span.begin.column},
                      {"endLine", span.end.line},
                      {"endColumn", span.end.column}};
}

Json::Object location(const SourceSpan& span, const Sources& sources) {
  return {{"physicalLocation",
           Json::Object{{"artifactLocation", artifact_location(sources[span.source].path)},
                        {"region", region(span)}}}};
}

/// What mends a finding (§3.55), all in the document itself.
Json fix_object(const Diagnostic& finding, const Sources& sources) {
  Json::Array replacements;
  for (const TextEdit& edit : finding.fix) {
    Json::Object replacement = {{"deletedRegion", region(edit.span)}};
    if (!edit.text.empty())
      replacement.emplace_back("insertedContent", Json::Object{{"text", edit.text}});
    replacements.emplace_back(std::move(replacement));
  }
  const std::string& path = sources[finding.fix.front().span.source].path;
  return Json::Object{
      {"description", message("what gemba lint --fix does")},
      {"artifactChanges", Json::Array{Json::Object{{"artifactLocation", artifact_location(path)},
                                                   {"replacements", std::move(replacements)}}}}};
}

std::string_view level_word(Level level) {
  return level == Level::info ? "note" : to_string(level);
}

/// `dangling-reference` as `DanglingReference`, the form that §3.49.7 recommends.
std::string pascal_case(std::string_view name) {
  std::string text;
  bool begins = true;
  for (const char c : name) {
    if (c != '-') text += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '-';
  }
  return text;
}

/// What the first letter of a code stands for.
std::string_view family(std::string_view code) {
  constexpr std::pair<char, std::string_view> families[] = {
      {'S', "form"},      {'F', "flow"},       {'R', "responsibility"}, {'D', "data"},
      {'T', "time"},      {'M', "governance"}, {'W', "wording"},        {'X', "repository"},
      {'P', "path-test"}, {'A', "waste"}};
  for (const auto& [letter, name] : families) {
    if (code.starts_with(letter)) return name;
  }
  return "other";
}

std::string help_markdown(const Descriptor& about) {
  std::string text = fmt::format("{}\n\n**Why it matters:** {}\n", about.what, about.why);
  for (const Parameter& parameter : about.parameters) {
    text += fmt::format("\nParameter `{}` = {}: {}\n", parameter.name, parameter.fallback,
                        parameter.summary);
  }
  for (const ListParameter& list : about.lists) {
    text += fmt::format("\nList `{}`: {}\n", list.name, list.summary);
  }
  return text + fmt::format("\nAt fault:\n\n```toml\n{}```\n\nInstead:\n\n```toml\n{}```\n",
                            about.example, about.instead);
}

Json rule_object(const Descriptor& about) {
  return Json::Object{
      {"id", about.code.text()},
      {"name", pascal_case(about.name)},
      {"shortDescription", Json::Object{{"text", about.summary}}},
      {"fullDescription", Json::Object{{"text", about.what}}},
      {"help", Json::Object{{"text", explain(about)}, {"markdown", help_markdown(about)}}},
      {"defaultConfiguration",
       Json::Object{{"enabled", about.on}, {"level", level_word(about.level)}}},
      {"properties", Json::Object{{"tags", Json::Array{"gemba", family(about.code)}}}}};
}

/// The rules that found something, in the order of their registries.
std::vector<const Descriptor*> rules_that_found(const Report& report) {
  std::vector<const Descriptor*> rules = all_descriptors();
  rules.erase(std::remove_if(rules.begin(), rules.end(),
                             [&](const Descriptor* about) {
                               return std::none_of(
                                   report.findings.begin(), report.findings.end(),
                                   [&](const auto& each) { return each.code == about->code; });
                             }),
              rules.end());
  return rules;
}

/// Index of the rule with this code; -1, as §3.27.6 has it, for a rule without description.
std::int64_t rule_index(const std::vector<const Descriptor*>& rules, std::string_view code) {
  const auto rule = std::find_if(rules.begin(), rules.end(),
                                 [&](const Descriptor* about) { return about->code == code; });
  return rule == rules.end() ? -1 : rule - rules.begin();
}

Json result_object(const Diagnostic& finding, std::int64_t index, const std::string& fingerprint,
                   const Sources& sources) {
  Json::Object result = {
      {"ruleId", finding.code.text()},
      {"ruleIndex", index},
      {"level", level_word(finding.level)},
      {"message", message(finding.message)},
      {"locations", Json::Array{location(finding.span, sources)}},
      {"partialFingerprints", Json::Object{{"gembaElement/v1", printable(fingerprint)}}}};
  Json::Array related;
  for (const Note& note : finding.notes) {
    Json::Object place = {{"id", related.size() + 1}, {"message", message(note.message)}};
    for (auto& member : location(note.span, sources)) place.push_back(std::move(member));
    related.emplace_back(std::move(place));
  }
  if (!related.empty()) result.emplace_back("relatedLocations", std::move(related));
  if (!finding.fix.empty()) result.emplace_back("fixes", Json::Array{fix_object(finding, sources)});
  return result;
}

/// How the run went: a document that could not be read is a failure of the run, not a result.
Json invocation(const Report& report) {
  Json::Object run = {{"executionSuccessful", report.unread.empty()}};
  Json::Array failures;
  for (const Unread& each : report.unread) {
    Json place = Json::Object{
        {"physicalLocation", Json::Object{{"artifactLocation", artifact_location(each.path)}}}};
    failures.emplace_back(Json::Object{{"level", "error"},
                                       {"message", message(each.reason)},
                                       {"locations", Json::Array{std::move(place)}}});
  }
  if (!failures.empty()) run.emplace_back("toolExecutionNotifications", std::move(failures));
  return run;
}

Json driver(const std::vector<const Descriptor*>& rules, std::string_view version) {
  Json::Array described;
  for (const Descriptor* about : rules) described.push_back(rule_object(*about));
  Json::Object tool = {{"name", "gemba"}};
  if (!version.empty()) tool.emplace_back("version", version);
  tool.emplace_back("rules", std::move(described));
  return tool;
}

std::string write(const Report& report, const WriteOptions& options) {
  const Sources& sources = *options.sources;
  const std::vector<const Descriptor*> rules = rules_that_found(report);
  const std::vector<std::string> fingerprints = unique_fingerprints(report.findings, sources);
  Json::Array results;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Diagnostic& finding = report.findings[i];
    results.push_back(
        result_object(finding, rule_index(rules, finding.code), fingerprints[i], sources));
  }
  // Without a URI of its own the root stays the reader's business, and the output the same on every
  // machine (§3.14.14).
  const Json bases = Json::Object{
      {std::string(root), Json::Object{{"description", message("the folder gemba ran in")}}}};
  Json run = Json::Object{{"tool", Json::Object{{"driver", driver(rules, options.version)}}},
                          {"invocations", Json::Array{invocation(report)}},
                          {"originalUriBaseIds", bases},
                          {"columnKind", "unicodeCodePoints"},
                          {"results", std::move(results)}};
  return dump_json(Json::Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                {"version", "2.1.0"},
                                {"runs", Json::Array{std::move(run)}}},
                   true) +
         "\n";
}

}  // namespace

constinit const Writer writers::sarif{.name = "sarif",
                                      .summary = "SARIF 2.1.0, for code scanning",
                                      .write = write,
                                      .only_findings = true};

}  // namespace gemba::inline report
