#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/unit/toml/read_text.h"

using namespace gemba;
using test::read_configuration;
using test::ReadText;
namespace fs = std::filesystem;

TEST_CASE("a configuration is read back") {
  const ReadText read = read_configuration(R"(language = "en"
[files]
include = ["sops/**/*.toml"]
exclude = ["templates/**"]
[rules]
F116 = "warning"
unused-definition = "off"
F115 = { level = "info", max = 40, strict = true }
W603 = { phrases = ["保证", "绝对"] }
[[override]]
paths = ["as-is/**", "old/**"]
rules = { M501 = "off" }
[log]
timezone = "Asia/Shanghai"
case = "工单号"
activity = "环节"
timestamp = "结束时间"
start = "开始时间"
resource = "处理人"
lifecycle = "状态"
[roles.agent]
calendar = "shop"
[systems.im]
[data.order]
[calendars.shop]
hours = { mon-sun = "08:00-22:00" }
[[authority]]
role = "agent"
action = "refund"
up_to = 50
)");
  CHECK(read.faults == std::vector<std::string>{});
  const Config& c = read.config;
  CHECK(c.path == "shop/gemba.toml");
  CHECK(c.folder == "shop");
  CHECK(c.language == "en");
  CHECK(c.include == std::vector<std::string>{"sops/**/*.toml"});
  CHECK(c.exclude == std::vector<std::string>{"templates/**"});
  REQUIRE(c.rules.size() == 4);
  CHECK(c.rules[0].rule == "F116");
  CHECK(c.rules[0].level == Level::warning);
  CHECK(test::shown(c.rules[0].span) == "6:1-6:5");
  CHECK(c.rules[1].rule == "unused-definition");
  CHECK(c.rules[1].level == Level::off);
  CHECK(c.rules[2].level == Level::info);
  CHECK(c.rules[2].parameters ==
        std::vector<std::pair<std::string, double>>{{"max", 40}, {"strict", 1}});
  CHECK_FALSE(c.rules[3].level);
  REQUIRE(c.rules[3].lists.size() == 1);
  CHECK(c.rules[3].lists[0].first == "phrases");
  CHECK(c.rules[3].lists[0].second == std::vector<std::string>{"保证", "绝对"});
  REQUIRE(c.overrides.size() == 1);
  CHECK(c.overrides[0].paths == std::vector<std::string>{"as-is/**", "old/**"});
  CHECK(test::written(read, c.overrides[0].span) == "[[override]]");
  REQUIRE(c.overrides[0].rules.size() == 1);
  CHECK(c.overrides[0].rules[0].rule == "M501");
  CHECK(c.overrides[0].rules[0].level == Level::off);
  CHECK(c.log.timezone == "Asia/Shanghai");
  CHECK(c.log.case_column == "工单号");
  CHECK(c.log.activity_column == "环节");
  CHECK(c.log.timestamp_column == "结束时间");
  CHECK(c.log.start_column == "开始时间");
  CHECK(c.log.resource_column == "处理人");
  CHECK(c.log.lifecycle_column == "状态");
  CHECK(c.definitions.roles.at(0).shared);
  CHECK(c.definitions.systems.at(0).shared);
  CHECK(c.definitions.data.at(0).shared);
  CHECK(c.definitions.calendars.at(0).shared);
  CHECK(c.definitions.authority.at(0).shared);
}

TEST_CASE("an empty configuration is the defaults") {
  const ReadText read = read_configuration("", "gemba.toml");
  CHECK(read.faults == std::vector<std::string>{});
  CHECK(read.config.path == "gemba.toml");
  CHECK(read.config.folder == "");
  CHECK(read.config.language == "zh");
  CHECK(read.config.include == std::vector<std::string>{"**/*.toml"});
  CHECK(read.config.exclude.empty());
  CHECK(read_configuration("", "/gemba.toml").config.folder == "/");
  CHECK(read_configuration("", "/a/b/gemba.toml").config.folder == "/a/b");
}

TEST_CASE("a fault in a configuration") {
  struct Row {
    std::string text;
    std::string fault;
  };
  const Row rows[] = {
      {"languag = \"en\"",
       "S002 1:1-1:8 unknown key 'languag' in gemba.toml; did you mean 'language'?"},
      {"language = \"de\"", "S003 1:12-1:16 'de' is not a language; it can be zh or en"},
      {"[files]\ninclud = \"x\"",
       "S002 2:1-2:7 unknown key 'includ' in [files]; did you mean 'include'?"},
      {"files = \"x\"", "S003 1:9-1:12 'files' is a text, but a table [files] is wanted"},
      {"[rules]\nF101 = \"warn\"", "S003 2:8-2:14 'warn' is not a level; did you mean 'warning'?"},
      {"[rules]\nF101 = true",
       "S003 2:8-2:12 'F101' is true or false, but a text is wanted; write it in quotes: "
       "\"true\""},
      {"[rules]\nF101 = { level = \"eror\" }",
       "S003 2:18-2:24 'eror' is not a level; did you mean 'error'?"},
      {"[rules]\nF115 = { max = 2026-01-01 }",
       "S003 2:16-2:26 'max' is a date, but a number, a text or a list of texts is wanted"},
      {"[[override]]\nrules = { F101 = \"off\" }",
       "S004 1:1-1:13 [[override]] needs 'paths', a list of patterns"},
      {"[log]\ncas = \"x\"", "S002 2:1-2:4 unknown key 'cas' in [log]; did you mean 'case'?"},
      {"[roles.a]\nreports_to = \"b\"",
       "S006 2:14-2:17 role 'b' does not exist; define it as [roles.b]"},
      {"[roles.a]\n[roles.a]", "S005 2:1-2:10 there are two definitions of role 'a'"},
      {"language = zh", "S001 1:12-1:14 'zh' is no value; a text needs quotes: \"…\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read_configuration(row.text).faults == std::vector<std::string>{row.fault});
  }
}

TEST_CASE("an implied definition of the repository is reported in the document, or defined there") {
  const std::string config = "[roles.a]\nreports_to = \"boss\"\n";
  const ReadText dangling = test::read_document("[sop]\nowner = \"boss\"\n", config);
  CHECK(dangling.faults ==
        std::vector<std::string>{"S006 2:14-2:20 role 'boss' does not exist; define it as "
                                 "[roles.boss]",
                                 "S006 2:9-2:15 role 'boss' does not exist; define it as "
                                 "[roles.boss]"});
  const ReadText defined =
      test::read_document("[sop]\nowner = \"boss\"\n[roles.boss]\nname = \"老板\"\n", config);
  CHECK(defined.faults.size() == 1);
  REQUIRE(defined.process);
  const Role& boss = defined.process->definitions[*defined.process->owner];
  CHECK(boss.name == "老板");
  CHECK_FALSE(boss.implied);
  CHECK_FALSE(boss.shared);
}

TEST_CASE("the nearest configuration upwards counts") {
  const fs::path root = fs::temp_directory_path() / "gemba-find-config-test";
  fs::remove_all(root);
  fs::create_directories(root / "a" / "b" / "c");
  std::ofstream(root / "gemba.toml") << "\n";
  std::ofstream(root / "a" / "b" / "gemba.toml") << "\n";
  std::ofstream(root / "a" / "b" / "c" / "x.toml") << "\n";
  const auto text = [](const fs::path& path) { return path.string(); };
  CHECK(find_config(text(root / "a" / "b" / "c" / "x.toml")) ==
        text(root / "a" / "b" / "gemba.toml"));
  CHECK(find_config(text(root / "a" / "b")) == text(root / "a" / "b" / "gemba.toml"));
  CHECK(find_config(text(root / "a" / "missing.toml")) == text(root / "gemba.toml"));
  CHECK(find_config(text(root / "a" / "b" / ".." / "y.toml")) == text(root / "gemba.toml"));
  CHECK(find_config("/nowhere-at-all/x.toml") == "");

  const fs::path before = fs::current_path();
  fs::current_path(root / "a" / "b");
  CHECK(find_config("c/x.toml") == "gemba.toml");
  CHECK(find_config("gemba.toml") == "gemba.toml");
  CHECK(find_config("") == "gemba.toml");
  CHECK(find_config("-") == "gemba.toml");
  fs::current_path(root / "a" / "b" / "c");
  CHECK(find_config("x.toml") == "../gemba.toml");
  fs::current_path(before);
  fs::remove_all(root);
}
