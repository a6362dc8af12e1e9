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
#include "core/report/finding_text.h"
#include "core/workspace/check.h"
#include "core/workspace/mend.h"

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

/// What is found in the documents of a test, and what read them.
struct Reported {
  Repository repository;
  Diagnostics found;
  std::string folder;  ///< where the documents stand, with a slash behind it

  bool has(std::string_view code) const {
    return std::any_of(found.begin(), found.end(),
                       [&](const Diagnostic& each) { return each.code == code; });
  }
  /// What is more than a question (a finding of level info) about something else.
  Reported without_questions_but(std::string_view code) && {
    std::erase_if(found, [&](const Diagnostic& each) {
      return each.code.text().starts_with('A') && each.level == Level::info && each.code != code;
    });
    return std::move(*this);
  }
  std::string lines() const {
    std::string text;
    for (const Diagnostic& each : found) {
      std::string line = finding_line(each, repository.sources);
      for (std::size_t at = 0; (at = line.find(folder, at)) != std::string::npos;)
        line.erase(at, folder.size());
      text += line + "\n";
    }
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

/// The text of a configuration in which the rule `code` is on. Those that are off by default are
/// turned on for their own tests.
std::string config_text(std::string_view code, const fs::path& config_path) {
  std::string text = fs::is_regular_file(config_path) ? read(config_path) : std::string();
  const Rule* rule = find_rule(code);
  if (rule == nullptr || rule->about.on || text.find(code) != std::string::npos) return text;
  const std::string setting = fmt::format("{} = \"{}\"\n", code, to_string(rule->about.level));
  constexpr std::string_view table = "[rules]\n";
  const std::size_t place = text.find(table);
  if (place == std::string::npos) return text + "\n[rules]\n" + setting;
  return text.insert(place + table.size(), setting);
}

/// Files that stand nowhere but in the memory of their repository, and a configuration, if any.
struct World {
  Repository repository;
  std::vector<std::string> paths;
  std::map<std::string, std::string> earlier;  ///< where an earlier version stands, by path
  std::string folder;
};

World world_of(std::string_view code, const std::string& name, const std::string& text,
               const fs::path& config_path) {
  World world{Repository(""), {}, {}, fmt::format("documents/of/{}/", code)};
  const std::string config = config_text(code, config_path);
  if (!config.empty()) {
    world.repository = Repository(world.folder + "gemba.toml");
    world.repository.texts[world.folder + "gemba.toml"] = config;
  }
  constexpr std::string_view base = "base/";
  for (const TestFile& file : files_in(name, text)) {
    const std::string path = world.folder + file.name;
    world.repository.texts[path] = file.text;
    if (file.name.starts_with(base)) {
      world.earlier[world.folder + file.name.substr(base.size())] = path;
    } else {
      world.paths.push_back(path);
    }
  }
  return world;
}

const LintOptions rule_options{today, {}, {}};

/// What the lint rules say of documents that form a repository.
LintRun lint_files(const World& world, Repository& repository) {
  if (world.earlier.empty()) return run_lint(world.paths, rule_options, repository);
  Repository before = repository.with_same_config();
  before.texts = repository.texts;
  const auto path_of = [&](const std::string& path) {
    const auto known = world.earlier.find(path);
    return known == world.earlier.end() ? std::string() : known->second;
  };
  std::size_t known = 0;
  return run_lint_since(Earlier{path_of, before}, world.paths, rule_options, repository, known);
}

/// What the audit says of documents.
Diagnostics audit_files(const World& world, Repository& repository) {
  std::vector<ReadDocument> read = repository.read_all(world.paths);
  Diagnostics found = repository.config_found;
  std::vector<AuditedProcess> audited;
  for (ReadDocument& each : read) {
    std::move(each.found.begin(), each.found.end(), std::back_inserter(found));
    if (!each.process) continue;
    const auto& [config, path] = *each.place;
    Audit result = audit_process(*each.process, nullptr, *config, path);
    audited.push_back({*std::move(each.process), std::move(result), config, path});
  }
  audit_together(audited);
  for (const AuditedProcess& each : audited) {
    for (const Finding& finding : each.audit.findings) found.push_back(as_diagnostic(finding));
  }
  return found;
}

/// What lint says of a document, or audit when `code` is a finding of the audit.
Reported check_document(std::string_view code, const std::string& name, const std::string& text,
                        const fs::path& config_path) {
  World world = world_of(code, name, text, config_path);
  Diagnostics found = code.starts_with('A') ? audit_files(world, world.repository)
                                            : lint_files(world, world.repository).found;
  return {std::move(world.repository), std::move(found), world.folder};
}

/// Makes the fixes of everything that is found, until none is left.
std::string mended(std::string_view code, const std::string& name, const std::string& text,
                   const fs::path& config_path) {
  World world = world_of(code, name, text, config_path);
  Mender mender(rule_options);
  const auto check = [&](Repository& repository) { return lint_files(world, repository); };
  mend_all(mender, world.repository, check(world.repository), check);
  CHECK(mender.warnings().empty());
  return mender.texts().at(world.paths.front());
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
    const fs::path config =
        about->lists.empty() ? fs::path() : folder / about->code.text() / "gemba.toml";
    const Reported example =
        check_document(about->code, "example.toml", std::string(about->example), config);
    CHECK_MESSAGE(example.has(about->code), example.lines());
    const Reported instead =
        check_document(about->code, "example.toml", std::string(about->instead), config);
    CHECK_MESSAGE(!instead.has(about->code), instead.lines());
  }
}

TEST_CASE("documents at fault give the findings written beside them") {
  const bool update = std::getenv("GEMBA_UPDATE") != nullptr;
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code.text();
    if (!fs::is_directory(place)) continue;  // the coverage test reports it
    for (const fs::path& path : files(place, "bad")) {
      INFO(path);
      const Reported findings =
          check_document(about->code, path.filename().string(), read(path), place / "gemba.toml");
      fs::path golden = path;
      golden.replace_extension(".out");
      if (update) std::ofstream(golden, std::ios::binary) << findings.lines();
      CHECK(findings.has(about->code));
      CHECK(findings.lines() == read(golden));
    }
  }
}

// A finding of level info is a question, which can be asked of a sound process, too.
TEST_CASE("documents without fault stay silent, but for questions about something else") {
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code.text();
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "ok")) {
      INFO(path);
      const Reported findings =
          check_document(about->code, path.filename().string(), read(path), place / "gemba.toml")
              .without_questions_but(about->code.text());
      CHECK(findings.lines() == "");
    }
  }
}

TEST_CASE("what is mechanical is mended to the text written beside it") {
  const bool update = std::getenv("GEMBA_UPDATE") != nullptr;
  for (const Descriptor* about : all_descriptors()) {
    const fs::path place = folder / about->code.text();
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "fix")) {
      INFO(path);
      const std::string name = path.filename().string();
      const std::string text = read(path);
      const Reported before = check_document(about->code, name, text, place / "gemba.toml");
      CHECK(before.has(about->code));
      const std::string after = mended(about->code, name, text, place / "gemba.toml");
      fs::path golden = path;
      golden.replace_extension(".fixed");
      if (update) std::ofstream(golden, std::ios::binary) << after;
      CHECK(after == read(golden));
      const Reported left = check_document(about->code, name, after, place / "gemba.toml");
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
    const fs::path place = folder / about->code.text();
    if (!fs::is_directory(place)) continue;
    for (const fs::path& path : files(place, "left")) {
      INFO(path);
      const Reported findings =
          check_document(about->code, path.filename().string(), read(path), place / "gemba.toml");
      CHECK(findings.has(about->code));
      for (const Diagnostic& each : findings.found) {
        INFO(finding_line(each, findings.repository.sources));
        if (each.code == about->code) CHECK(each.fix.empty());
      }
    }
  }
}
