// Whether the changes that an audit prints as TOML can be made: the changed document has no error
// that it did not have before.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "core/audit/audit.h"
#include "core/workspace/check.h"
#include "core/workspace/repository.h"

using namespace gemba;
namespace fs = std::filesystem;

namespace {

const fs::path root = GEMBA_ROOT;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Lines of a document in tables, each with its header; what stands in front of the first is one.
std::vector<std::vector<std::string>> tables_of(const std::string& text) {
  std::vector<std::vector<std::string>> tables(1);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) tables.emplace_back();
    tables.back().push_back(line);
  }
  return tables;
}

/// What stands in quotes behind a key of a table, with the quotes; of `next = 'a'`, `'a'`.
std::string value_of(const std::vector<std::string>& table, const std::string& header,
                     const std::string& key) {
  if (table.empty() || !table.front().starts_with(header)) return {};
  for (const std::string& line : table) {
    if (!line.starts_with(key + " ")) continue;
    const std::size_t begin = line.find_first_of("\"'");
    if (begin == std::string::npos) continue;
    return line.substr(begin, line.find(line[begin], begin + 1) + 1 - begin);
  }
  return {};
}

std::string id_of(const std::vector<std::string>& table) {
  return value_of(table, "[[step]]", "id");
}

/// A table without its `next`, which may go over several lines.
std::vector<std::string> without_next(const std::vector<std::string>& table) {
  std::vector<std::string> rest;
  int open = 0;
  bool in_next = false;
  for (const std::string& line : table) {
    if (line.starts_with("next ")) in_next = true;
    if (!in_next) {
      rest.push_back(line);
      continue;
    }
    open += static_cast<int>(std::count(line.begin(), line.end(), '[') -
                             std::count(line.begin(), line.end(), ']'));
    if (open <= 0) in_next = false;
  }
  return rest;
}

/// The id that a comment of a patch takes out; empty for another line.
std::string taken_out(const std::string& line) {
  for (const std::string_view words : {"# take out the step ", "# nothing leads to the step "}) {
    if (!line.starts_with(words)) continue;
    const std::string rest = line.substr(words.size());
    return rest.substr(0, rest.find_first_of("\"'", 1) + 1);
  }
  return {};
}

/// The document with a patch made as its comments and tables say.
std::string patched(const std::string& text, const std::string& patch) {
  std::vector<std::vector<std::string>> tables = tables_of(text);
  std::istringstream lines(patch);
  for (std::string line; std::getline(lines, line);) {
    const std::string id = taken_out(line);
    if (id.empty()) continue;
    std::erase_if(tables, [&](const auto& table) {
      return id_of(table) == id || value_of(table, "[[pain]]", "step") == id;
    });
  }
  for (std::vector<std::string>& change : tables_of(patch)) {
    const std::string id = id_of(change);
    if (id.empty()) continue;
    const auto known = std::find_if(tables.begin(), tables.end(),
                                    [&](const auto& table) { return id_of(table) == id; });
    if (known == tables.end()) {
      tables.push_back(std::move(change));
      continue;
    }
    *known = without_next(*known);
    for (const std::string& line : change) {
      if (line != "[[step]]" && !line.starts_with("id ")) known->push_back(line);
    }
  }
  std::string result;
  for (const auto& table : tables) {
    for (const std::string& line : table) result += line + "\n";
  }
  return result;
}

/// How often each error is found in a text that stands at a path, by code: words of one error may
/// name steps of another path then.
std::map<std::string, int> errors_in(const std::string& path, const std::string& text) {
  Repository repository("");
  repository.texts[path] = text;
  const LintOptions options{{2026, 6, 1}, {}, {}};
  std::map<std::string, int> errors;
  for (const Diagnostic& each : run_lint({path}, options, repository).found) {
    if (each.level == Level::error) ++errors[std::string(each.code.text())];
  }
  return errors;
}

/// What the audit of a text would print as TOML, with who says it.
std::vector<std::pair<std::string, std::string>> patches_of(const std::string& path,
                                                            const std::string& text) {
  Repository repository("");
  repository.texts[path] = text;
  std::vector<std::pair<std::string, std::string>> patches;
  for (ReadDocument& each : repository.read_all({path})) {
    if (!each.process) continue;
    for (const Finding& finding :
         audit_process(*each.process, nullptr, *each.place->config, path).findings) {
      if (finding.change.patch.empty()) continue;
      patches.emplace_back(finding.about->code.text(), finding.change.patch);
    }
  }
  return patches;
}

/// Documents of tests and samples, and those beside the project where they are.
std::vector<fs::path> documents() {
  std::vector<fs::path> paths;
  for (const fs::path& folder : {root / "tests/rules", root / "sops", root / "../shared/cases"}) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".toml") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("no change that an audit prints makes a document worse") {
  std::size_t tried = 0;
  for (const fs::path& document : documents()) {
    const std::string text = read(document);
    const std::string path = "documents/" + document.filename().string();
    if (text.starts_with("#: ")) continue;
    const auto patches = patches_of(path, text);
    if (patches.empty()) continue;
    const std::map<std::string, int> before = errors_in(path, text);
    for (const auto& [code, patch] : patches) {
      ++tried;
      for (const auto& [error, count] : errors_in(path, patched(text, patch))) {
        const auto known = before.find(error);
        CHECK_MESSAGE((known != before.end() && known->second >= count), document.string(), " ",
                      code, ": ", error, "\n", patch);
      }
    }
  }
  CHECK(tried > 25);
}
