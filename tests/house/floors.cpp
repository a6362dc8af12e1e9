// The floors of the house (core/floors.def): who includes whom, and which library lives where.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
namespace {

/// A row of the table: a folder of core, the rooms that it may include, the libraries at home
/// there.
struct Floor {
  std::string folder;
  std::vector<std::string> below;
  std::vector<std::string> libraries;
};

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

const std::vector<Floor>& floors() {
  static const std::vector<Floor> all = {
#define FLOOR(folder, below, libraries) {#folder, words_of(below), words_of(libraries)},
#include "core/floors.def"
#undef FLOOR
  };
  return all;
}

const Floor* find_floor(const std::string& folder) {
  const auto found = std::find_if(floors().begin(), floors().end(),
                                  [&](const Floor& each) { return each.folder == folder; });
  return found == floors().end() ? nullptr : &*found;
}

/// How the names of a library's headers begin.
const std::map<std::string, std::string> headers_of = {{"utf8proc", "utf8proc.h"},
                                                       {"date", "date/"},
                                                       {"toml++", "toml++/"},
                                                       {"Boost.Graph", "boost/"},
                                                       {"expat", "expat.h"},
                                                       {"zlib", "zlib.h"},
                                                       {"zstd", "zstd.h"},
                                                       {"libzip", "zip.h"},
                                                       {"nlohmann-json", "nlohmann/"},
                                                       {"Graphviz", "graphviz/"},
                                                       {"fontconfig", "fontconfig/"},
                                                       {"libpng", "png.h"},
                                                       {"kainjow-mustache", "kainjow/"},
                                                       {"CLI11", "CLI/"}};

/// Every file that reads this large header compiles for seconds: the command line itself, and what
/// stands between it and the options of commands.
const std::set<std::string> homes_of_cli11 = {"cmd/app.cpp", "cmd/bind/arguments.cpp"};

struct Include {
  std::string file;    ///< path from the project's root
  std::string folder;  ///< `core/toml`, `cmd`
  std::string header;
};

std::vector<fs::path> files_below(const char* top) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(GEMBA_ROOT) / top)) {
    const fs::path end = entry.path().extension();
    if (end == ".h" || end == ".cpp") files.push_back(entry.path());
  }
  return files;
}

std::string text_of(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<Include> all_includes() {
  const fs::path root = GEMBA_ROOT;
  std::vector<Include> includes;
  for (const char* top : {"core", "cmd"}) {
    for (const fs::path& path : files_below(top)) {
      const fs::path file = fs::relative(path, root);
      std::istringstream lines(text_of(path));
      for (std::string line; std::getline(lines, line);) {
        constexpr std::string_view word = "#include ";
        if (!line.starts_with(word) || line.size() < word.size() + 2) continue;
        const std::size_t end = line.find_first_of(">\"", word.size() + 1);
        const std::string header = line.substr(word.size() + 1, end - word.size() - 1);
        includes.push_back({file.string(), file.parent_path().string(), header});
      }
    }
  }
  return includes;
}

bool is_within(const std::string& folder, const std::string& room) {
  return folder == room || folder.starts_with(room + "/");
}

bool may_include(const std::string& file_folder, const std::string& header) {
  if (is_within(file_folder, "cmd")) return true;
  if (header.starts_with("cmd/")) return false;
  if (!header.starts_with("core/")) return true;
  const std::string own = file_folder.substr(file_folder.find('/') + 1);
  const std::string used = fs::path(header.substr(5)).parent_path().string();
  const Floor* floor = find_floor(own);
  if (floor == nullptr) return false;
  if (is_within(used, own)) return true;
  return std::any_of(floor->below.begin(), floor->below.end(), [&](const std::string& below) {
    return is_within(own, below) ? used == below : is_within(used, below);
  });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

TEST_CASE("every folder of core has a floor, and rests on those above it in the table") {
  std::set<std::string> known;
  for (const Floor& floor : floors()) {
    INFO(floor.folder);
    CHECK(known.insert(floor.folder).second);
    CHECK(fs::is_directory(fs::path(GEMBA_ROOT) / "core" / floor.folder));
    for (const std::string& below : floor.below) {
      INFO(below);
      const bool is_parent = is_within(floor.folder, below);
      CHECK((is_parent || known.contains(below)));
    }
  }
  for (const fs::path& file : files_below("core")) {
    const fs::path folder = fs::relative(file.parent_path(), fs::path(GEMBA_ROOT) / "core");
    INFO(file);
    CHECK(known.contains(folder.string()));
  }
}

TEST_CASE("a folder includes only the floors below it") {
  const std::vector<Include> includes = all_includes();
  REQUIRE(includes.size() > 1000);
  for (const Include& each : includes) {
    INFO(each.file, " includes ", each.header);
    CHECK(may_include(each.folder, each.header));
  }
}

TEST_CASE("a room has its namespace, so that the linker takes no type for another room's") {
  for (const char* top : {"core", "cmd"}) {
    for (const fs::path& path : files_below(top)) {
      const std::string file = fs::relative(path, GEMBA_ROOT).string();
      const std::string room = file.starts_with("cmd/") ? "cmd" : words_of([&] {
        std::string words = file;
        std::replace(words.begin(), words.end(), '/', ' ');
        return words;
      }())[1];
      const std::string text = text_of(path);
      INFO(file);
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("namespace gemba")) continue;
        CHECK(line.starts_with("namespace gemba::inline " + room));
      }
      if (file != "cmd/main.cpp" && file != "cmd/memory.cpp")
        CHECK(text.find("namespace gemba::inline") != std::string::npos);
    }
  }
}

TEST_CASE("a library stays in its folder and out of core's headers") {
  std::set<std::string> seen;
  for (const Include& each : all_includes()) {
    for (const auto& [library, prefix] : headers_of) {
      if (!each.header.starts_with(prefix)) continue;
      seen.insert(library);
      INFO(each.file, " includes ", each.header);
      if (library == "CLI11") {
        CHECK(homes_of_cli11.contains(each.file));
        continue;
      }
      const Floor* floor =
          each.folder.starts_with("core/") ? find_floor(each.folder.substr(5)) : nullptr;
      REQUIRE(floor != nullptr);
      CHECK(std::count(floor->libraries.begin(), floor->libraries.end(), library) == 1);
      CHECK_FALSE(each.file.ends_with(".h"));
    }
  }
  CHECK(seen.size() == headers_of.size());
  for (const Floor& floor : floors()) {
    for (const std::string& library : floor.libraries) CHECK(headers_of.contains(library));
  }
}

TEST_CASE("what CONTRIBUTING and README say of the rooms is what the table says") {
  const std::string contributing = text_of(fs::path(GEMBA_ROOT) / "CONTRIBUTING.md");
  const std::string readme = text_of(fs::path(GEMBA_ROOT) / "README.md");
  for (const Floor& floor : floors()) {
    const std::string row = "| `" + floor.folder + "` | " + joined(floor.below) + " | " +
                            joined(floor.libraries) + " |";
    INFO("CONTRIBUTING.md: ", row);
    CHECK(contributing.find(row + "\n") != std::string::npos);
    INFO("README.md");
    const std::string name = fs::path(floor.folder).filename().string() + "/";
    CHECK(readme.find(name) != std::string::npos);
  }
}

TEST_CASE("the table of floors can fail") {
  CHECK_FALSE(may_include("core/base", "core/model/process.h"));
  CHECK_FALSE(may_include("core/toml", "core/graph/flow_graph.h"));
  CHECK_FALSE(may_include("core/report", "cmd/command.h"));
  CHECK_FALSE(may_include("core/eventlog/bytes", "core/eventlog/build/log_builder.h"));
  CHECK_FALSE(may_include("core/replay/cases", "core/replay/times/sla.h"));
  CHECK_FALSE(may_include("core/nowhere", "core/base/text.h"));
  CHECK(may_include("core/replay/cases", "core/replay/profile.h"));
  CHECK(may_include("core/replay", "core/replay/times/sla.h"));
  CHECK(may_include("core/audit", "core/graph/net/soundness.h"));
}
