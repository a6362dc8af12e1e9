// Whether everything that is registered has its documentation and its tests.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/audit/heuristic.h"
#include "core/findings/catalogue.h"
#include "core/render/picture.h"
#include "core/report/writers/writer.h"
#include "core/rules/rule.h"
#include "tests/house/registries.h"

namespace fs = std::filesystem;
using gemba::test::Entry;
using gemba::test::file_text;
using gemba::test::registry;
namespace {

const fs::path root = GEMBA_ROOT;

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

bool has_file(const fs::path& folder, const std::string& prefix, const std::string& suffix) {
  if (!fs::is_directory(folder)) return false;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(suffix)) return true;
  }
  return false;
}

std::string page_of(const std::string& command) {
  return file_text(root / "man" / ("gemba-" + command + ".1"));
}

/// A section of a manual page.
std::string section_of(const std::string& page, const std::string& title) {
  const std::size_t begin = page.find("\n.Sh " + title + "\n");
  if (begin == std::string::npos) return {};
  return page.substr(begin, page.find("\n.Sh ", begin + 1) - begin);
}

/// The command lines of the golden tests of a command, one on each line.
std::string lines_tested(const std::string& command) {
  std::string lines;
  for (const auto& entry : fs::directory_iterator(root / "tests/cli" / command)) {
    if (entry.path().extension() != ".case") continue;
    const std::string text = file_text(entry.path());
    lines += text.substr(0, text.find('\n')) + "\n";
  }
  return lines;
}

/// Whether words that are no part of longer ones stand in a text.
bool has_word(const std::string& text, const std::string& words) {
  const auto goes_on = [&](std::size_t at) {
    return at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-');
  };
  for (std::size_t at = 0; (at = text.find(words, at)) != std::string::npos; ++at) {
    if (!goes_on(at + words.size())) return true;
  }
  return false;
}

/// Which output formats commands offer: those whose files bind them.
std::map<std::string, std::string> offered_formats() {
  const std::regex form("bind_output\\(\\w+, [^;]*?(?:Formats::(\\w+))?\\);");
  std::map<std::string, std::string> offered;
  for (const Entry& command : registry("cmd/commands.def").entries) {
    std::smatch match;
    const std::string text = file_text(command.file);
    if (!std::regex_search(text, match, form)) continue;
    offered[command.name] = match[1].matched ? match[1].str() : "tabular";
  }
  return offered;
}

bool is_offered(const gemba::Writer& writer, const std::string& formats) {
  return !writer.only_findings || formats == "all" || (formats == "checks" && writer.writes_checks);
}

}  // namespace

TEST_CASE("every rule and finding is documented and has golden tests") {
  std::set<std::string_view> codes;
  for (const gemba::Descriptor* about : gemba::all_descriptors()) {
    INFO(about->code, " ", about->name);
    CHECK(codes.insert(about->code).second);
    CHECK_FALSE(about->what.empty());
    CHECK_FALSE(about->why.empty());
    CHECK_FALSE(about->example.empty());
    CHECK_FALSE(about->instead.empty());
    const fs::path folder = root / "tests/rules" / about->code.text();
    CHECK(has_file(folder, "bad", ".toml"));
    CHECK(has_file(folder, "bad", ".out"));
    CHECK(has_file(folder, "ok", ".toml"));
  }
  CHECK(codes.size() == registry("core/rules/rules.def").entries.size() +
                            registry("core/audit/heuristics/heuristics.def").entries.size());
}

TEST_CASE("every heuristic says what its change is called in the field") {
  for (const gemba::Heuristic* heuristic : gemba::all_heuristics()) {
    INFO(heuristic->about.code);
    CHECK(heuristic->about.improvements[0] != gemba::Improvement::none);
  }
}

TEST_CASE("the manual says what is done for every redesign heuristic that an improvement names") {
  std::string page = section_of(page_of("audit"), "REDESIGN HEURISTICS");
  std::transform(page.begin(), page.end(), page.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const gemba::ImprovementInfo& info : gemba::improvement_infos()) {
    std::istringstream names{std::string(info.heuristics)};
    for (std::string name; std::getline(names >> std::ws, name, ',');) {
      INFO(info.word, ": ", name);
      CHECK(has(page, "\n.it " + name + "\n"));
    }
  }
  std::set<gemba::Improvement> proposed;
  for (const gemba::Heuristic* heuristic : gemba::all_heuristics()) {
    const auto& all = heuristic->about.improvements;
    proposed.insert(std::begin(all), std::end(all));
  }
  CHECK(proposed.size() == gemba::improvement_infos().size());
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
  const std::string overview = file_text(root / "man/gemba.1");
  std::set<std::string> names = {"main"};  // what is the same for all commands
  for (const Entry& command : registry("cmd/commands.def").entries) {
    INFO(command.name);
    names.insert(command.name);
    CHECK_FALSE(page_of(command.name).empty());
    CHECK(has(overview, ".Xr gemba-" + command.name + " 1"));
    CHECK(has_file(root / "tests/cli" / command.name, "", ".case"));
  }
  for (const auto& entry : fs::directory_iterator(root / "tests/cli")) {
    INFO(entry.path());
    if (entry.is_directory()) CHECK(names.contains(entry.path().filename().string()));
  }
}

TEST_CASE("every output format is described and has golden tests, wherever it is offered") {
  const std::map<std::string, std::string> offered = offered_formats();
  CHECK(offered.size() >= 4);
  for (const auto& [command, formats] : offered) {
    const std::string described = section_of(page_of(command), "OUTPUT");
    const std::string tested = lines_tested(command);
    for (const gemba::Writer* writer : gemba::all_writers()) {
      const std::string name(writer->name);
      INFO(command, " ", name);
      const bool there = is_offered(*writer, formats);
      CHECK(has(described, ".It Cm " + name + "\n") == there);
      // What comes without being asked for need not be.
      if (there && writer != gemba::all_writers().front())
        CHECK(has_word(tested, "--format " + name));
    }
  }
}

TEST_CASE("every picture format is described and has golden tests") {
  const std::string page = page_of("render");
  const std::string tested = lines_tested("render");
  for (const gemba::Picture* picture : gemba::all_pictures()) {
    const std::string name(picture->name);
    INFO(name);
    CHECK(std::regex_search(page, std::regex("\n\\.It Cm ([a-z]+ , )*" + name + "[ \n]")));
    const std::string ending(picture->ending);
    CHECK((ending == "." + name || has(page, ".Pq Pa " + ending + " No is Cm " + name)));
    CHECK((has_word(tested, "--format " + name) || has_word(tested, ending)));
  }
}

TEST_CASE("every log format is described and has golden tests, wherever logs are read") {
  std::string tested;
  std::size_t readers = 0;
  for (const Entry& command : registry("cmd/commands.def").entries) {
    if (!has(file_text(command.file), "bind_log(")) continue;
    INFO(command.name);
    ++readers;
    tested += lines_tested(command.name);
    const std::string page = page_of(command.name);
    const std::string explained = page.substr(0, page.find("\n.Sh SEE ALSO\n"));
    CHECK((command.name == "stats" || has_word(explained, ".Xr gemba-stats 1")));
  }
  CHECK(readers >= 4);
  const std::string described = section_of(page_of("stats"), "EVENT LOGS");
  for (const Entry& format : registry("core/eventlog/formats/formats.def").entries) {
    INFO(format.name);
    CHECK(has(described, ".It Cm " + format.name + "\n"));
    std::istringstream endings(format.summary);
    for (std::string ending; endings >> ending;) {
      INFO(ending);
      CHECK(has_word(described, ending));
    }
    const std::string usual = format.summary.substr(0, format.summary.find(' '));
    CHECK(has_word(tested, usual));
  }
}

TEST_CASE("every fuzz target has seeds") {
  std::set<std::string> names;
  for (const Entry& target : registry("tests/fuzz/targets.def").entries) {
    INFO(target.name);
    names.insert(target.name);
    CHECK(has_file(root / "tests/fuzz/corpus" / ("fuzz_" + target.name), "", ""));
    CHECK(has(file_text(target.file), "int LLVMFuzzerTestOneInput("));
  }
  for (const auto& entry : fs::directory_iterator(root / "tests/fuzz/corpus"))
    CHECK_MESSAGE(names.contains(entry.path().filename().string().substr(5)), entry.path());
  for (const auto& entry : fs::directory_iterator(root / "tests/fuzz/dictionaries"))
    CHECK_MESSAGE(names.contains(entry.path().stem().string()), entry.path());
}

TEST_CASE("the manual of rules is up to date") {
  const std::string made = gemba::rules_manual();
  if (std::getenv("GEMBA_UPDATE") != nullptr) std::ofstream(root / "man/gemba-rules.7") << made;
  CHECK(file_text(root / "man/gemba-rules.7") == made);
}
