#include "core/base/text_edit.h"

#include <doctest/doctest.h>

using namespace gemba;
namespace {

/// A source with its edits written as places.
struct Text {
  Sources sources;
  SourceId id;

  explicit Text(std::string text) : id(sources.add("a.toml", std::move(text))) {}

  TextEdit edit(Position begin, Position end, std::string text) const {
    return {{id, begin, end}, std::move(text)};
  }
  std::string apply(std::vector<TextEdit> edits) const {
    return apply_edits(sources[id], std::move(edits));
  }
};

}  // namespace

TEST_CASE("edits replace, insert and remove, and leave every other byte") {
  const Text text("\xEF\xBB\xBF[sop]\r\nid = \"退款\"  # 注\r\nlast");
  CHECK(text.apply({}) == text.sources[text.id].text);
  CHECK(text.apply({text.edit({2, 6}, {2, 10}, "\"x\"")}) ==
        "\xEF\xBB\xBF[sop]\r\nid = \"x\"  # 注\r\nlast");
  CHECK(text.apply({text.edit({1, 2}, {1, 2}, "# new\n")}) ==
        "\xEF\xBB\xBF# new\n[sop]\r\nid = \"退款\"  # 注\r\nlast");
  CHECK(text.apply({text.edit({2, 1}, {3, 1}, "")}) == "\xEF\xBB\xBF[sop]\r\nlast");
  CHECK(text.apply({text.edit({3, 1}, {4, 1}, "")}) ==
        "\xEF\xBB\xBF[sop]\r\nid = \"退款\"  # 注\r\n");
}

TEST_CASE("edits are made whatever their order, and each sees the text as it was") {
  const Text text("abc def\n");
  CHECK(text.apply({text.edit({1, 5}, {1, 8}, "x"), text.edit({1, 1}, {1, 4}, "longer")}) ==
        "longer x\n");
  CHECK(text.apply({text.edit({1, 1}, {1, 4}, ""), text.edit({1, 4}, {1, 5}, "-")}) == "-def\n");
}

TEST_CASE("edits that overlap are refused as a whole") {
  const Text text("abcdefgh\n");
  struct Case {
    const char* what;
    std::vector<TextEdit> more;
    bool added;
  };
  const std::vector<TextEdit> first{text.edit({1, 3}, {1, 5}, "x")};
  const Case cases[] = {
      {"before", {text.edit({1, 1}, {1, 3}, "y")}, true},
      {"behind", {text.edit({1, 5}, {1, 6}, "y")}, true},
      {"the same", {text.edit({1, 3}, {1, 5}, "x")}, false},
      {"at its beginning", {text.edit({1, 3}, {1, 3}, "y")}, false},
      {"within", {text.edit({1, 4}, {1, 4}, "y")}, false},
      {"around", {text.edit({1, 1}, {1, 9}, "y")}, false},
      {"one of two", {text.edit({1, 7}, {1, 8}, "y"), text.edit({1, 4}, {1, 6}, "y")}, false},
      {"each other", {text.edit({1, 6}, {1, 8}, "y"), text.edit({1, 7}, {1, 8}, "y")}, false},
  };
  for (const Case& each : cases) {
    INFO(each.what);
    std::vector<TextEdit> chosen = first;
    CHECK(add_edits(chosen, each.more) == each.added);
    CHECK(chosen.size() == (each.added ? 1 + each.more.size() : 1));
  }
}
