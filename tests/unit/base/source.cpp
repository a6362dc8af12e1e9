#include "core/base/source.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/error.h"

using namespace gemba;

TEST_CASE("lines are found whatever ends them") {
  Sources sources;
  const SourceId id = sources.add("refund.toml", "[sop]\r\ntitle = \"退款\"\n\nlast");
  CHECK(sources.line(id, 1) == "[sop]");
  CHECK(sources.line(id, 2) == "title = \"退款\"");
  CHECK(sources.line(id, 3).empty());
  CHECK(sources.line(id, 4) == "last");
  CHECK(sources.line(id, 5).empty());
  CHECK(sources.line(id, 0).empty());
}

TEST_CASE("an empty text has one empty line") {
  Sources sources;
  const SourceId id = sources.add("-", "");
  CHECK(sources[id].line_starts.size() == 1);
  CHECK(sources.line(id, 1).empty());
}

TEST_CASE("a text stays where it is when others are added") {
  Sources sources;
  const SourceId first = sources.add("a.toml", "first");
  const std::string_view line = sources.line(first, 1);
  for (int i = 0; i < 1000; ++i) sources.add("b.toml", "more");
  CHECK(line.data() == sources.line(first, 1).data());
  CHECK(sources.size() == 1001);
}

TEST_CASE("a file is read with its bytes as they are") {
  Sources sources;
  const SourceId id = sources.load(std::string(GEMBA_ROOT) + "/tests/data/small-refund.toml");
  CHECK(sources[id].text.size() ==
        std::filesystem::file_size(std::string(GEMBA_ROOT) + "/tests/data/small-refund.toml"));
}

TEST_CASE("what cannot be read is an error that says why") {
  Sources sources;
  const std::string folder = std::string(GEMBA_ROOT) + "/tests";
  CHECK_THROWS_WITH_AS(sources.load(folder + "/missing.toml"), doctest::Contains("No such file"),
                       Error);
  CHECK_THROWS_WITH_AS(sources.load(folder), doctest::Contains("is a directory"), Error);
  CHECK_THROWS_WITH_AS(sources.load(folder + "/data/small-refund.toml", 10),
                       doctest::Contains("larger than"), Error);
  CHECK(sources.size() == 0);
}
