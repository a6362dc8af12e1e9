// The registries of the house (*.def): their tables, the files that define what stands there, and
// the descriptors.
#include "tests/house/registries.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/audit/heuristic.h"
#include "core/eventlog/formats/log_format.h"
#include "core/render/picture.h"
#include "core/report/writers/writer.h"
#include "core/rules/rule.h"

namespace fs = std::filesystem;
namespace gemba::test {
namespace {

const fs::path root = GEMBA_ROOT;

/// Files that define what is registered, by the identifier.
using Definitions = std::multimap<std::string, fs::path>;

/// The sources of the program, with what each says.
const std::map<fs::path, std::string>& sources() {
  static const std::map<fs::path, std::string> all = [] {
    std::map<fs::path, std::string> texts;
    for (const char* folder : {"core", "cmd"}) {
      for (const auto& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.path().extension() == ".cpp") texts[entry.path()] = file_text(entry.path());
    }
    return texts;
  }();
  return all;
}

/// Where descriptors of a type are defined: `constinit const Rule dead_end{`.
Definitions descriptors_of(const std::string& type) {
  const std::regex form("constinit const " + type + " (?:\\w+::)?(\\w+)\\{");
  Definitions found;
  for (const auto& [path, text] : sources()) {
    for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at)
      found.emplace((*at)[1], path);
  }
  return found;
}

/// Where fuzz targets are defined: `fuzz_toml.cpp`.
Definitions fuzz_targets() {
  Definitions found;
  for (const auto& entry : fs::directory_iterator(root / "tests/fuzz")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".cpp" && name.starts_with("fuzz_"))
      found.emplace(name.substr(5), entry.path());
  }
  return found;
}

/// A registry whose table names exactly what the files define, one in each.
Registry compared(const std::string& table, const Definitions& definitions) {
  Registry made{table, {}, {}};
  std::map<fs::path, int> in_file;
  for (const auto& [identifier, path] : definitions) ++in_file[path];
  std::set<std::string> known;
  for (const std::string& identifier : identifiers_in(file_text(root / table), made.faults)) {
    Entry& entry = made.entries.emplace_back();
    entry.identifier = identifier;
    if (!known.insert(identifier).second) made.faults.push_back(identifier + " stands twice");
    const auto [first, last] = definitions.equal_range(identifier);
    if (std::distance(first, last) != 1) {
      made.faults.push_back(
          fmt::format("{} is defined {} times", identifier, std::distance(first, last)));
      continue;
    }
    entry.file = first->second;
    if (in_file[entry.file] != 1)
      made.faults.push_back(entry.file.string() + " defines more than one");
  }
  for (const auto& [identifier, path] : definitions) {
    if (!known.contains(identifier)) made.faults.push_back(identifier + " is not in the table");
  }
  return made;
}

/// With the words of the descriptors, which stand in the order of the table.
template <class Descriptors, class Words>
Registry described(Registry made, const Descriptors& descriptors, const Words& words) {
  if (descriptors.size() != made.entries.size()) {
    made.faults.push_back("the table does not make all descriptors");
    return made;
  }
  for (std::size_t i = 0; i < descriptors.size(); ++i) words(made.entries[i], *descriptors[i]);
  return made;
}

/// With the words of the descriptors as their files have them: of what the library lacks.
Registry quoted(Registry made) {
  const auto word = [](const std::string& text, const std::string& member) {
    std::smatch match;
    const std::regex form("\\." + member + " =\\s*\"([^\"]+)\"");
    return std::regex_search(text, match, form) ? match[1].str() : std::string();
  };
  for (Entry& entry : made.entries) {
    const std::string text = file_text(entry.file);
    entry.name = word(text, "name");
    entry.summary = word(text, "summary");
  }
  return made;
}

/// Fuzz targets are told by the comment that their files begin with.
Registry commented(Registry made) {
  for (Entry& entry : made.entries) {
    entry.name = entry.identifier;
    const std::string text = file_text(entry.file);
    if (text.starts_with("// ")) entry.summary = text.substr(3, text.find('\n') - 3);
  }
  return made;
}

std::vector<Registry> make_registries() {
  const auto by_code = [](Entry& entry, const auto& each) {
    entry.name = each.about.code.text();
    entry.summary = each.about.summary;
  };
  const auto by_name = [](Entry& entry, const auto& each) {
    entry.name = each.name;
    entry.summary = each.summary;
  };
  const auto by_endings = [](Entry& entry, const LogFormat& each) {
    entry.name = each.name;
    entry.summary = each.extensions;
  };
  const auto made = [](const char* table, const char* type) {
    return compared(table, descriptors_of(type));
  };
  return {
      described(made("core/rules/rules.def", "Rule"), all_rules(), by_code),
      described(made("core/audit/heuristics/heuristics.def", "Heuristic"), all_heuristics(), by_code),
      described(made("core/report/writers/writers.def", "Writer"), all_writers(), by_name),
      described(made("core/render/pictures.def", "Picture"), all_pictures(), by_name),
      described(made("core/eventlog/formats/formats.def", "LogFormat"), log_formats(), by_endings),
      quoted(made("cmd/commands.def", "Command")),
      commented(compared("tests/fuzz/targets.def", fuzz_targets())),
  };
}

}  // namespace

const std::vector<Registry>& registries() {
  static const std::vector<Registry> all = make_registries();
  return all;
}

const Registry& registry(const std::string& table) {
  const auto found = std::find_if(registries().begin(), registries().end(),
                                  [&](const Registry& each) { return each.table == table; });
  REQUIRE_MESSAGE(found != registries().end(), table);
  return *found;
}

std::vector<std::string> identifiers_in(const std::string& table_text,
                                        std::vector<std::string>& faults) {
  const std::regex form("[A-Z]+\\((\\w+)\\)");
  std::vector<std::string> identifiers;
  std::istringstream lines(table_text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, form)) {
      identifiers.push_back(match[1]);
    } else if (!line.starts_with("//")) {
      faults.push_back("a line is no entry: " + line);
    }
  }
  if (identifiers.empty()) faults.emplace_back("the table has no entries");
  return identifiers;
}

std::string file_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST_CASE("every table of the tree is a registry that is looked after") {
  // Another test holds the folders against the one; the other is a list of words.
  std::set<std::string> known = {"core/floors.def", "core/base/improvements.def"};
  for (const Registry& each : registries()) known.insert(each.table);
  for (const char* folder : {"core", "cmd", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".def") continue;
      const std::string table = entry.path().lexically_relative(root).string();
      CHECK_MESSAGE(known.contains(table), table);
    }
  }
}

TEST_CASE("an entry of a registry is one file with a name and a summary of its own") {
  for (const Registry& each : registries()) {
    CAPTURE(each.table);
    for (const std::string& fault : each.faults) FAIL_CHECK(fault);
    std::set<std::string> names;
    std::set<std::string> summaries;
    for (const Entry& entry : each.entries) {
      CAPTURE(entry.identifier);
      CHECK_FALSE(entry.name.empty());
      CHECK(names.insert(entry.name).second);
      CHECK_FALSE(entry.summary.empty());
      CHECK(summaries.insert(entry.summary).second);
    }
  }
}

TEST_CASE("CONTRIBUTING says of every registry where its entries go") {
  const std::string text = file_text(root / "CONTRIBUTING.md");
  for (const Registry& each : registries()) {
    CAPTURE(each.table);
    CHECK(text.find(" | `" + each.table + "` |\n") != std::string::npos);
  }
}

TEST_CASE("a table and its files can be found to disagree") {
  std::vector<std::string> faults;
  CHECK(identifiers_in("// x\nRULE(a)\nRULE(b)\n", faults) == std::vector<std::string>{"a", "b"});
  CHECK(faults.empty());
  CHECK(identifiers_in("RULE(a, b)\n", faults).empty());
  CHECK(faults.size() == 2);
  const std::string table = "tests/fuzz/targets.def";
  Definitions definitions = fuzz_targets();
  CHECK(compared(table, definitions).faults.empty());
  definitions.emplace("toml", "another.cpp");
  definitions.emplace("unlisted", definitions.find("csv")->second);
  definitions.erase("model");
  faults = compared(table, definitions).faults;
  const std::string shared = (root / "tests/fuzz/fuzz_csv.cpp").string();
  CHECK(faults == std::vector<std::string>{shared + " defines more than one",
                                           "model is defined 0 times", "toml is defined 2 times",
                                           "unlisted is not in the table"});
}

}  // namespace gemba::test
