#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace fs = std::filesystem;
namespace {

using Names = std::set<std::string>;

/// Which folders of core/ a folder may include, besides itself.
const std::map<std::string, Names> floors = {
    {"base", {}},
    {"model", {"base"}},
    {"toml", {"base", "model"}},
    {"eventlog", {"base", "model"}},
    {"interchange", {"base", "model"}},
    {"graph", {"base", "model"}},
    {"rules", {"base", "model", "graph"}},
    {"replay", {"base", "model", "graph", "eventlog"}},
    {"audit", {"base", "model", "graph", "replay"}},
    {"render", {"base", "model", "graph", "replay", "audit"}},
    {"report",
     {"base", "model", "toml", "eventlog", "interchange", "graph", "rules", "replay", "audit",
      "render"}}};

/// The folders that alone may include a library (expat has two homes), by the beginning of the
/// header's name.
const std::multimap<std::string, std::string> libraries = {
    {"toml++/", "core/toml"},     {"boost/", "core/graph"},
    {"graphviz/", "core/render"}, {"fontconfig/", "core/render"},
    {"png.h", "core/render"},     {"nlohmann/", "core/report"},
    {"expat.h", "core/eventlog"}, {"expat.h", "core/interchange"},
    {"zlib.h", "core/eventlog"},  {"zstd.h", "core/eventlog"},
    {"utf8proc.h", "core/base"},  {"date/", "core/base"},
    {"kainjow/", "core/report"},  {"CLI/", "cmd"}};

struct Include {
  std::string file;    ///< path from the project's root
  std::string folder;  ///< `core/toml`, `cmd`
  std::string header;
};

std::vector<Include> all_includes() {
  const std::regex line_form(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  const fs::path root = GEMBA_ROOT;
  std::vector<Include> includes;
  for (const char* top : {"core", "cmd"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream stream(entry.path());
      const fs::path file = fs::relative(entry.path(), root);
      for (std::string line; std::getline(stream, line);) {
        std::smatch match;
        if (std::regex_search(line, match, line_form)) {
          includes.push_back({file.string(), file.parent_path().string(), match[1]});
        }
      }
    }
  }
  return includes;
}

bool may_include(const std::string& folder, const std::string& header) {
  if (folder == "cmd") return true;
  const std::string own = folder.substr(folder.find('/') + 1);
  if (header.starts_with("cmd/")) return false;
  if (!header.starts_with("core/")) return true;
  const std::string used = header.substr(5, header.find('/', 5) - 5);
  return used == own || floors.at(own).contains(used);
}

}  // namespace

TEST_CASE("a folder includes only the floors below it") {
  const std::vector<Include> includes = all_includes();
  REQUIRE(includes.size() > 100);
  for (const Include& each : includes) {
    INFO(each.file, " includes ", each.header);
    CHECK(may_include(each.folder, each.header));
  }
}

TEST_CASE("no two headers define types of the same name") {
  // The linker takes one for the other when it optimises across files.
  const std::regex form(R"(^(?:struct|class|enum class) ([A-Z][A-Za-z]*) *(?::|\{|final))");
  std::map<std::string, fs::path> defined;
  for (const char* top : {"core", "cmd", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(GEMBA_ROOT) / top)) {
      if (entry.path().extension() != ".h") continue;
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) {
        std::smatch match;
        if (!std::regex_search(line, match, form)) continue;
        const auto [other, is_new] = defined.emplace(match[1], entry.path());
        INFO(match[1].str(), " in ", other->second, " and ", entry.path());
        CHECK(is_new);
      }
    }
  }
  CHECK(defined.size() > 150);
}

TEST_CASE("a library stays in its folder and out of core's headers") {
  for (const Include& each : all_includes()) {
    for (const auto& [prefix, first_home] : libraries) {
      if (!each.header.starts_with(prefix)) continue;
      INFO(each.file, " includes ", each.header);
      const auto [from, to] = libraries.equal_range(prefix);
      CHECK(std::any_of(from, to, [&](const auto& home) { return home.second == each.folder; }));
      const bool core_header = each.folder.starts_with("core/") && each.file.ends_with(".h");
      CHECK_FALSE(core_header);
    }
  }
}

TEST_CASE("the table of floors can fail") {
  CHECK_FALSE(may_include("core/base", "core/model/process.h"));
  CHECK_FALSE(may_include("core/toml", "core/graph/flow_graph.h"));
  CHECK_FALSE(may_include("core/report", "cmd/command.h"));
  CHECK(may_include("core/audit", "core/replay/profile.h"));
}
