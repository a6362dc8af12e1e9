#include "core/toml/edit/toml_layout.h"

#include <doctest/doctest.h>

using namespace gemba;
namespace {

/// Statements as `path = value`, or `[path]`.
std::vector<std::string> shown(std::string_view text) {
  const TomlLayout layout(text);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < layout.statements.size(); ++i) {
    const Statement& each = layout.statements[i];
    std::string line;
    for (const WrittenKey* key : layout.path(i)) line += (line.empty() ? "" : "/") + key->text;
    if (each.kind == Statement::Kind::pair) {
      line += " = " + std::string(text.substr(each.value, each.end - each.value));
    } else {
      line = std::string(text.substr(each.begin, each.end - each.begin)) + " " + line;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("statements are found whatever their values hold") {
  CHECK(shown("") == Words{});
  CHECK(shown("# only\n\n") == Words{});
  CHECK(shown("\xEF\xBB\xBF[a]\r\nb = 1\r\n") == Words{"[a] a", "a/b = 1"});
  CHECK(shown("a = 1979-05-27 07:32:00  # day\nb=true") ==
        Words{"a = 1979-05-27 07:32:00", "b = true"});
  CHECK(shown("a = \"x # \\\" y\"\nb = 'c:\\' # z") == Words{"a = \"x # \\\" y\"", "b = 'c:\\'"});
  CHECK(shown("a = \"\"\"\n[x]\nb = 1\\\"\"\"\"\"\"\nc = ''''y''''\n") ==
        Words{"a = \"\"\"\n[x]\nb = 1\\\"\"\"\"\"\"", "c = ''''y''''"});
  CHECK(shown("a = [\n  1, # ]\n  ['b]', {c = \"}\"}],\n]\n[[ d . \"e f\" ]]\n'g'.h = {}") ==
        Words{"a = [\n  1, # ]\n  ['b]', {c = \"}\"}],\n]", "[[ d . \"e f\" ]] d/e f",
              "d/e f/g/h = {}"});
  CHECK(shown("a = ''\nb = \"\"\n") == Words{"a = ''", "b = \"\""});
}

TEST_CASE("a text with faults is not read beyond its end") {
  for (const std::string_view text :
       {"a", "a =", "[a", "[[a]", "a = \"", "a = '''", "a = [", "a = [\"", "a = \"\\", "= 1",
        "a..b", "\"", "[]", "a = {", "\xEF\xBB\xBF", "a = [[[#", "a = ]", "a = }\n}"}) {
    INFO(text);
    for (const Statement& each : TomlLayout(text).statements) CHECK(each.end <= text.size());
  }
}

TEST_CASE("a key is found wherever it is written for the same table") {
  struct Case {
    const char* text;
    std::size_t offset;
    std::vector<std::size_t> places;
  };
  const Case cases[] = {
      {"[a.b]\nx=1\n[a.c]\n[d]\na=1\n", 1, {1, 11}},
      {"[a]\nb.x=1\nb.y=2\nc=3\n", 4, {4, 10}},
      {"[[s]]\nt=1\n[[s]]\nt=2\n", 6, {6}},
      {"[[s]]\nt.a=1\n[s.t.u]\n[[s]]\nt=2\n", 6, {6, 15}},
      {"[[s]]\nt.a=1\n[s.t.u]\n[[s]]\nt=2\n", 26, {26}},
      {"[[s]]\nt=1\n[[s]]\nt=2\n", 2, {2, 12}},
      {"a = {b = 1}\n", 5, {}},
      {"# a\n", 2, {}},
  };
  for (const Case& each : cases) {
    INFO(each.text, each.offset);
    std::vector<std::size_t> places;
    for (const WrittenKey& key : TomlLayout(each.text).places_of_key(each.offset)) {
      places.push_back(key.begin);
    }
    CHECK(places == each.places);
  }
}

TEST_CASE("the elements of a list are found with their commas") {
  constexpr std::string_view text = "[ \"a,b\", # ,\n {x=[1,2]} , 1\n]";
  const std::vector<WrittenItem> items = written_items(text, 0);
  REQUIRE(items.size() == 3);
  const auto written = [&](std::size_t i) {
    return text.substr(items[i].begin, items[i].end - items[i].begin);
  };
  CHECK(written(0) == "\"a,b\"");
  CHECK(items[0].comma == 7);
  CHECK(written(1) == "{x=[1,2]}");
  CHECK(text[items[1].comma] == ',');
  CHECK(written(2) == "1");
  CHECK(items[2].comma == WrittenItem::none);
  CHECK(written_items("[]", 0).empty());
  CHECK(written_items("[", 0).empty());
}

TEST_CASE("a word is written in the quotes of another") {
  CHECK(respelled("roel", "roel", "role") == "role");
  CHECK(respelled("\"roel\"", "roel", "role") == "\"role\"");
  CHECK(respelled("'aprove'", "aprove", "approve") == "'approve'");
  CHECK(respelled("\"退\"", "退", "退款") == "\"退款\"");
  // Not in so many letters, or not writable without escapes.
  CHECK(respelled("\"r\\u006fel\"", "roel", "role") == std::nullopt);
  CHECK(respelled("\"\"\"roel\"\"\"", "roel", "role") == std::nullopt);
  CHECK(respelled("roel", "rule", "role") == std::nullopt);
  CHECK(respelled("roel", "roel", "the role") == std::nullopt);
  CHECK(respelled("'roel'", "roel", "role's") == std::nullopt);
  CHECK(respelled("'", "'", "a") == std::nullopt);
  CHECK(respelled("", "", "a") == std::nullopt);
}
