// Texts in other encodings than UTF-8, as a stream gives them.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/read_log.h"

using namespace gemba;
using namespace std::string_literals;

namespace {

std::string rest_of(ByteStream& stream) {
  std::string text(1 << 20, '\0');
  text.resize(stream.read(text.data(), text.size()));
  return text;
}

std::string unpacked(std::string_view bytes, const StreamOptions& options = {}) {
  ByteStream stream = ByteStream::of_text(bytes, "x", options);
  return rest_of(stream);
}

}  // namespace

TEST_CASE("texts in other encodings become UTF-8") {
  struct Row {
    std::string text;
    std::string forced;
    std::string encoding;
    std::string utf8;
  };
  const Row table[] = {
      {"a,b\n", "", "UTF-8", "a,b\n"},
      {"\xEF\xBB\xBF"
       "a,b\n",
       "", "UTF-8", "a,b\n"},
      {"\xEF\xBB\xBF"
       "a,b\n",
       "utf-8", "UTF-8", "a,b\n"},
      {"\xB0\xB8\xC0\xFD,\xBB\xEE\xB6\xAF\n1,\xC9\xF3\xBA\xCB\n", "", "GB18030",
       "案例,活动\n1,审核\n"},
      {"\xC9\xF3\xBA\xCB\n", "utf8", "UTF-8", "\xC9\xF3\xBA\xCB\n"},
      {"\xC9\xF3\xBA\xCB\n", "GBK", "GB18030", "审核\n"},
      {"\x84\x31\x95\x33\xC9\xF3\n", "gb18030", "GB18030", "审\n"},
      {"d\xE9j\xE0\n", "", "", "d\xE9j\xE0\n"},
      {"d\xE9j\xE0\n", "latin1", "ISO-8859-1", "déjà\n"},
      {"d\xE9j\xE0\n", "us-ascii", "us-ascii", "d\xFFj\xFF\n"},
      {"\xFF\xFE"
       "a\0\xA1\x5B"s,
       "", "UTF-16LE", "a审"},
      {"\xFE\xFF\0a\x5B\xA1"s, "UTF-16", "UTF-16", "a审"},
      {"a\0,\0b\0\n\0"s, "", "UTF-16LE", "a,b\n"},
      {"<?xml encoding='GBK'?>\xC9\xF3", "", "GB18030", "<?xml encoding='UTF-8'?>审"},
      {"<?xml encoding='GBK'?>审", "utf-8", "UTF-8", "<?xml encoding='UTF-8'?>审"},
      {"<?xml encoding='utf-16'?>a", "", "UTF-8", "<?xml encoding='UTF-8'?>a"},
      {"<?xml encoding='ISO-8859-1'?>\xE9", "", "ISO-8859-1", "<?xml encoding='UTF-8'?>é"},
      {"<?xml encoding='utf-8'?>\xE9", "", "UTF-8", "<?xml encoding='utf-8'?>\xE9"},
  };
  for (const Row& row : table) {
    CAPTURE(&row - table);
    ByteStream stream = ByteStream::of_text(row.text, "x", {.encoding = row.forced});
    CHECK(stream.encoding() == row.encoding);
    CHECK(stream.peek() == row.utf8);
    CHECK(rest_of(stream) == row.utf8);
    const bool is_same = row.text.ends_with(row.utf8);
    CHECK(stream.size_hint() == (is_same ? row.utf8.size() : 0));
    CHECK(stream.from(0).has_value() == is_same);
  }
  CHECK_THROWS_WITH_AS(unpacked("a", {.encoding = "GKB"}), doctest::Contains("did you mean 'GBK'"),
                       UsageError);
  CHECK_THROWS_WITH_AS(
      unpacked("<?xml encoding='klingon'?>"),
      "'x' is in the encoding 'klingon', which is not known here; name another one with --encoding "
      "or save the file as UTF-8",
      Error);
}

TEST_CASE("a long text in GBK, packed and not, in blocks of any size") {
  constexpr std::string_view row = "c1,\xC9\xF3\xBA\xCB\x95\x32\x82\x36\xD6\xEC\xE9\x46|\n";
  std::string text;
  std::string utf8;
  while (text.size() < 30'000) {
    text += row;
    utf8 += "c1,审核𠀀朱镕|\n";
  }
  for (const std::size_t block : {64, 65, 66, 67, 1000, 1 << 20}) {
    CAPTURE(block);
    ByteStream stream = ByteStream::of_text(text, "x", {.encoding = "GBK", .block_size = block});
    CHECK(utf8.starts_with(stream.peek()));
    CHECK(rest_of(stream) == utf8);
  }
  CHECK(unpacked(text, {.encoding = "GBK"}) == utf8);
}

TEST_CASE("logs in GBK and UTF-16 are read, other encodings want a name") {
  const EventLog log = read_log_text(
      "\xB0\xB8\xC0\xFD\xB1\xE0\xBA\xC5,\xBB\xEE\xB6\xAF,\xCA\xB1\xBC\xE4\n"
      "c1,\xCC\xE1\xBD\xBB\x83\x7C\x81\x5C,2026-01-05\n",
      "x.csv");
  REQUIRE(log.size() == 1);
  CHECK(log.columns.activity == "活动");
  CHECK(log.name(log.activity[0]) == "提交億乗");
  const std::string wide =
      "\xFF\xFE"
      "c\0a\0s\0e\0,\0a\0c\0t\0i\0v\0i\0t\0y\0\n\0c\0"
      "1\0,\0\xA1\x5B\n\0"s;
  CHECK(read_log_text(wide, "x.csv").name(ActivityId(0)) == "审");
  CHECK_THROWS_WITH_AS(
      read_log_text("case,activity\n1,a\n1,Cr\xE9\xE9\n", "x.csv"),
      "'x.csv', line 3: this is not UTF-8 text; name its encoding with --encoding, for example "
      "windows-1252",
      Error);
}

TEST_CASE("rows in another encoding behind the first block are bad rows") {
  std::string text = "case,activity\n";
  while (text.size() < 300'000) text += "c1,a\n";
  text += "c1,\xC9\xF3\xBA\xCB\nc1,b\n";
  const EventLog log = read_log_text(text, "x.csv");
  CHECK(log.quality.bad_rows == 1);
  CHECK(log.activities.size() == 2);
}

TEST_CASE("a log in another encoding than the one named says so") {
  const auto read = [](const std::string& text, const char* encoding) {
    ReadOptions options;
    options.log.encoding = encoding;
    return read_log_text(text, "x.csv", options);
  };
  // Bytes that are no character, and bytes that happen to be other ones.
  for (const char* header : {"工单号,环节\n", "工单,环节\n"}) {
    CAPTURE(header);
    CHECK_THROWS_WITH_AS(
        read(header + "1,受理\n"s, "GBK"),
        doctest::Contains(
            "line 1: the header is not text in 'GBK', the encoding that is named; the "
            "file looks like UTF-8"),
        Error);
  }
  CHECK_THROWS_WITH_AS(read("case,activity\n1,a\n", "UTF-16LE"),
                       doctest::Contains("the header is not text in 'UTF-16LE'"), Error);
  // The encoding that is named counts where it can: only rows that are no text in it are bad.
  const EventLog log = read("case,activity\n1,审\n1,受理\n", "GBK");
  REQUIRE(log.quality.bad_rows == 1);
  CHECK(
      log.quality.bad_examples[0].reason ==
      "it holds what is not text in 'GBK', the encoding that is named; the file looks like UTF-8: "
      "name that with --encoding");
  const EventLog odd = read("case,activity\n1,a\n1,\x81\n", "windows-1252");
  REQUIRE(odd.quality.bad_rows == 1);
  CHECK(odd.quality.bad_examples[0].reason ==
        "it holds what is not text in 'windows-1252', the encoding that is named; name another one "
        "with --encoding");
}
