#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/findings/catalogue.h"
#include "core/render/picture.h"
#include "core/report/writers/writer.h"
#include "core/rules/rule.h"

namespace fs = std::filesystem;
namespace {

const fs::path root = GEMBA_ROOT;

std::string read(const fs::path& path) {
  std::ifstream stream(path);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Names of the subcommands: what their descriptors say, in the order of files.
std::set<std::string> command_names() {
  const std::regex form("\\.name = \"([a-z]+)\"");
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(root / "cmd")) {
    if (entry.path().extension() != ".cpp") continue;
    std::smatch match;
    const std::string text = read(entry.path());
    if (std::regex_search(text, match, form)) names.insert(match[1]);
  }
  return names;
}

bool has_file(const fs::path& folder, const std::string& prefix, const std::string& suffix) {
  if (!fs::is_directory(folder)) return false;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(suffix)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("every rule and finding is documented and has golden tests") {
  std::set<std::string_view> codes;
  for (const gemba::Descriptor* about : gemba::all_descriptors()) {
    INFO(about->code, " ", about->name);
    CHECK(codes.insert(about->code).second);
    CHECK_FALSE(about->summary.empty());
    CHECK_FALSE(about->what.empty());
    CHECK_FALSE(about->why.empty());
    CHECK_FALSE(about->example.empty());
    CHECK_FALSE(about->instead.empty());
    const fs::path folder = root / "tests/rules" / about->code.text();
    CHECK(has_file(folder, "bad", ".toml"));
    CHECK(has_file(folder, "bad", ".out"));
    CHECK(has_file(folder, "ok", ".toml"));
  }
  CHECK(codes.size() >= 24);
}

TEST_CASE("what readers report are rules that check nothing themselves") {
  for (const std::string_view code : gemba::reader_codes) {
    INFO(code);
    const gemba::Rule* rule = gemba::find_rule(code);
    REQUIRE(rule != nullptr);
    CHECK((rule->check == nullptr && rule->check_together == nullptr));
  }
}

TEST_CASE("tests/rules has no folder without a rule") {
  for (const auto& entry : fs::directory_iterator(root / "tests/rules")) {
    if (!entry.is_directory()) continue;
    INFO(entry.path());
    CHECK(gemba::find_descriptor(entry.path().filename().string()) != nullptr);
  }
}

TEST_CASE("every command has a manual page and golden tests") {
  const std::set<std::string> names = command_names();
  CHECK(names.size() >= 8);
  const std::string overview = read(root / "man/gemba.1");
  for (const std::string& name : names) {
    INFO(name);
    CHECK(fs::is_regular_file(root / "man" / ("gemba-" + name + ".1")));
    CHECK(overview.find(".Xr gemba-" + name + " 1") != std::string::npos);
    CHECK(has_file(root / "tests/cli" / name, "", ".case"));
  }
}

TEST_CASE("every output format is described and has golden tests") {
  for (const char* command : {"lint", "audit"}) {
    const std::string page = read(root / "man" / (std::string("gemba-") + command + ".1"));
    std::string cases;
    for (const auto& entry : fs::directory_iterator(root / "tests/cli" / command)) {
      if (entry.path().extension() == ".case") cases += read(entry.path());
    }
    for (const gemba::Writer* writer : gemba::all_writers()) {
      const std::string name(writer->name);
      INFO(command, " ", name);
      CHECK(page.find(".It Cm " + name + "\n") != std::string::npos);
      if (name != "text") CHECK(cases.find("--format " + name + " ") != std::string::npos);
    }
  }
}

TEST_CASE("every picture format is described and has golden tests") {
  const std::string page = read(root / "man/gemba-render.1");
  std::string cases;
  for (const auto& entry : fs::directory_iterator(root / "tests/cli/render")) {
    if (entry.path().extension() == ".case") cases += read(entry.path());
  }
  for (const gemba::Picture* picture : gemba::all_pictures()) {
    const std::string name(picture->name);
    INFO(name);
    CHECK(std::regex_search(page, std::regex("\n\\.It Cm ([a-z]+ , )*" + name + "[ \n]")));
    const bool drawn = cases.find("--format " + name) != std::string::npos ||
                       cases.find(std::string(picture->ending) + "\"") != std::string::npos;
    CHECK(drawn);
  }
}

TEST_CASE("the manual of rules is up to date") {
  const std::string made = gemba::rules_manual();
  if (std::getenv("GEMBA_UPDATE") != nullptr) std::ofstream(root / "man/gemba-rules.7") << made;
  CHECK(read(root / "man/gemba-rules.7") == made);
}
