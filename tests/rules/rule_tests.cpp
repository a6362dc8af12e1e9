// Rules and findings by example. tests/rules/CODE holds bad*.toml with bad*.out beside it (one line
// per finding; GEMBA_UPDATE=1 writes them) and ok*.toml, in which nothing at all may be found;
// fix*.toml, which mends to fix*.fixed (written likewise), and left*.toml, in which the finding
// must not carry a fix. A gemba.toml in the folder configures all of them. A file may stand for
// several documents. The examples in the descriptors are tested in the same way.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/audit/audit.h"
#include "core/findings/catalogue.h"
#include "core/findings/fingerprint.h"
#include "core/findings/suppression.h"
#include "core/report/finding_text.h"
#include "core/rules/lint.h"
#include "core/toml/read.h"

namespace fs = std::filesystem;
using namespace gemba;
namespace {

const fs::path folder = fs::path(GEMBA_ROOT) / "tests/rules";
constexpr Date today{2026, 6, 1};

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct Findings {
  Sources sources;
  Diagnostics found;

  bool has(std::string_view code) const {
    return std::any_of(found.begin(), found.end(),
                       [&](const Diagnostic& each) { return each.code == code; });
  }
  std::string lines() const {
    std::string text;
    for (const Diagnostic& each : found) text += finding_line(each, sources) + "\n";
    return text;
  }
};

/// A file of a test. One below `base/` is the earlier version of the other with its name.
struct TestFile {
  std::string name;
  std::string text;
};

/// The files that a text stands for: one, or several that begin with a line `#: NAME`.
std::vector<TestFile> files_in(const std::string& name, const std::string& text) {
  constexpr std::string_view mark = "#: ";
  if (!text.starts_with(mark)) return {{name, text}};
  std::vector<TestFile> files;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(mark)) {
      files.push_back({line.substr(mark.size()), {}});
    } else {
      files.back().text += line + "\n";
    }
  }
  return files;
}

/// Takes away what comments suppress among the findings from `first` on.
void suppress(const TestFile& file, SourceId source, const Process& process, const Config& config,
              const LintOptions& options, std::size_t first, Findings& findings) {
  const auto begin = findings.found.begin() + static_cast<std::ptrdiff_t>(first);
  Diagnostics own(begin, findings.found.end());
  findings.found.erase(begin, findings.found.end());
  const auto suppressions = read_suppressions(source, file.text, findings.found);
  const auto level_of = [&](const Rule& rule) {
    return effective_level(rule, config, file.name, options);
  };
  apply_suppressions(
      suppressions, today, level_of(rules::idle_suppression),
      [&](const Rule& rule) { return level_of(rule) != Level::off; }, process.id, own);
  findings.found.insert(findings.found.end(), own.begin(), own.end());
}

/// What the lint rules say of documents that form a repository.
void lint_files(const std::vector<TestFile>& files, const Config& config, Findings& findings) {
  constexpr std::string_view base = "base/";
  const LintOptions options{today, {}, {}};
  std::map<std::string, std::pair<Process, std::string>> earlier;
  std::vector<std::pair<Process, std::string>> read;
  for (const TestFile& file : files) {
    const SourceId source = findings.sources.add(file.name, file.text);
    auto process = read_process(findings.sources, source, config, findings.found);
    if (!process) continue;
    if (file.name.starts_with(base)) {
      earlier.emplace(file.name.substr(base.size()), std::pair(std::move(*process), file.text));
      continue;
    }
    const std::size_t first = findings.found.size();
    lint(*process, file.name, config, options, findings.found, &findings.sources[source]);
    suppress(file, source, *process, config, options, first, findings);
    const auto before = earlier.find(file.name);
    if (before != earlier.end()) {
      check_version(before->second.first, before->second.second, *process, file.text,
                    effective_level(*find_rule("M503"), config, file.name, options),
                    findings.found);
    }
    read.emplace_back(std::move(*process), file.name);
  }
  std::vector<LintDocument> documents;
  for (const auto& [process, name] : read) documents.push_back({&process, name});
  lint_together(documents, config, options, findings.found);
}

/// What the audit says of documents.
void audit_files(const std::vector<TestFile>& files, const Config& config, Findings& findings) {
  std::vector<AuditedProcess> audited;
  for (const TestFile& file : files) {
    const SourceId source = findings.sources.add(file.name, file.text);
    auto process = read_process(findings.sources, source, config, findings.found);
    if (!process) continue;
    Audit result = audit_process(*process, nullptr, config, file.name);
    audited.push_back({std::move(*process), std::move(result), &config, file.name});
  }
  audit_together(audited);
  for (const AuditedProcess& each : audited) {
    for (const Finding& finding : each.audit.findings) {
      findings.found.push_back(as_diagnostic(finding));
    }
  }
}

/// What lint says of a document, or audit when `code` is a finding of the audit. A rule that is off
/// by default is turned on for its own tests.
void check_document(std::string_view code, const std::string& name, const std::string& text,
                    const fs::path& config_path, Findings& findings) {
  Config config;
  if (fs::is_regular_file(config_path)) {
    const SourceId source = findings.sources.add("gemba.toml", read(config_path));
    config = read_config(findings.sources, source, findings.found);
  }
  check_rule_settings(config, all_descriptors(), findings.found);
  if (const Rule* rule = find_rule(code); rule != nullptr && !rule->about.on) {
    config.rules.push_back({std::string(code), rule->about.level, {}, {}, {}});
  }
  const std::vector<TestFile> files = files_in(name, text);
  if (!code.starts_with('A')) return lint_files(files, config, findings);
  audit_files(files, config, findings);
}

/// Makes the fixes of everything that is found, until none is left.
std::string mended(std::string_view code, const std::string& name, std::string text,
                   const fs::path& config_path) {
  constexpr int most_rounds = 20;
  for (int round = 0; round < most_rounds; ++round) {
    Findings findings;
    check_document(code, name, text, config_path, findings);
    std::vector<TextEdit> edits;
    for (const Diagnostic& each : findings.found) add_edits(edits, each.fix);
    if (edits.empty()) return text;
    text = apply_edits(findings.sources[edits.front().span.source], edits);
  }
  FAIL("mending ", name, " does not come to an end");
  return text;
}

std::map<std::string, int> count_fingerprints(const Diagnostics& found) {
  std::map<std::string, int> count;
  for (const Diagnostic& each : found) ++count[fingerprint(each)];
  return count;
}

std::vector<fs::path> files(const fs::path& place, const std::string& prefix) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(place)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".toml")) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("documented examples are at fault, and what to write instead is not") {
  for (const Descriptor* about : all_descriptors()) {
    INFO(about->code, " ", about->name);
    // Some rules find nothing unless a configuration tells them what.
    const fs::path config = about->lists.empty() ? fs::path() : folder / about->code / "gemba.toml";
    Findings example;
    check_document(about->code, "example.toml", std::string(about->example), config, example);
    CHECK_MESSAGE(example.has(about->code), example.lines());
    Findings instead;
    check_document(about->code, "example.toml", std::string(about->instead), config, instead);
    CHECK_MESSAGE(!instead.has(about->code), instead.lines());
  }
}

TEST_CASE("documents at fault give the findings written beside them") {
  const bool update = std::getenv("GEMBA_UPDATE") != nullptr;
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code;
    if (!fs::is_directory(place)) continue;  // the coverage test reports it
    for (const fs::path& path : files(place, "bad")) {
      INFO(path);
      Findings findings;
      check_document(about->code, path.filename().string(), read(path), place / "gemba.toml",
                     findings);
      fs::path golden = path;
      golden.replace_extension(".out");
      if (update) std::ofstream(golden, std::ios::binary) << findings.lines();
      CHECK(findings.has(about->code));
      CHECK(findings.lines() == read(golden));
    }
  }
}

TEST_CASE("documents without fault stay silent") {
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code;
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "ok")) {
      INFO(path);
      Findings findings;
      check_document(about->code, path.filename().string(), read(path), place / "gemba.toml",
                     findings);
      CHECK(findings.lines() == "");
    }
  }
}

TEST_CASE("what is mechanical is mended to the text written beside it") {
  const bool update = std::getenv("GEMBA_UPDATE") != nullptr;
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code;
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "fix")) {
      INFO(path);
      const std::string name = path.filename().string();
      const std::string text = read(path);
      Findings before;
      check_document(about->code, name, text, place / "gemba.toml", before);
      CHECK(before.has(about->code));
      const std::string after = mended(about->code, name, text, place / "gemba.toml");
      fs::path golden = path;
      golden.replace_extension(".fixed");
      if (update) std::ofstream(golden, std::ios::binary) << after;
      CHECK(after == read(golden));
      Findings left;
      check_document(about->code, name, after, place / "gemba.toml", left);
      CHECK_MESSAGE(!left.has(about->code), left.lines());
      const auto known = count_fingerprints(before.found);
      for (const auto& [each, count] : count_fingerprints(left.found)) {
        INFO("a new finding: ", each);
        CHECK(known.contains(each));
        if (known.contains(each)) CHECK(count <= known.at(each));
      }
    }
  }
}

TEST_CASE("what a person must decide carries no fix") {
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code;
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "left")) {
      INFO(path);
      Findings findings;
      check_document(about->code, path.filename().string(), read(path), place / "gemba.toml",
                     findings);
      CHECK(findings.has(about->code));
      for (const Diagnostic& each : findings.found) {
        INFO(finding_line(each, findings.sources));
        if (each.code == about->code) CHECK(each.fix.empty());
      }
    }
  }
}
