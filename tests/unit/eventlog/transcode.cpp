#include "core/eventlog/bytes/transcode.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/text.h"

using namespace gemba;
using namespace std::string_literals;

namespace {

std::string recode(std::string_view encoding, std::string_view text, std::size_t piece = 1 << 20,
                   std::size_t step = 1 << 20) {
  Transcoder transcoder(encoding);
  const ReadBytes give = [&](char* to, std::size_t count) {
    const std::size_t got = text.copy(to, std::min(count, piece));
    text.remove_prefix(got);
    return got;
  };
  std::string all;
  std::string part(step, '\0');
  while (const std::size_t got = transcoder.read(give, part.data(), step)) all.append(part, 0, got);
  return all;
}

}  // namespace

TEST_CASE("texts become UTF-8, in pieces of any size") {
  struct Row {
    std::string_view encoding;
    std::string text;
    std::string utf8;
  };
  const Row table[] = {
      {"GB18030", "", ""},
      {"GB18030", "c1,a longer text in ASCII\n", "c1,a longer text in ASCII\n"},
      {"GB18030", "c1,\xC9\xF3\xBA\xCB,2026-01-05\n", "c1,审核,2026-01-05\n"},
      {"GB18030", "\xD6\xEC\xE9\x46\xBB\xF9,\x86\xB4", "朱镕基,喆"},
      // The second byte is one of | \ ` { } ~ @ [
      {"GB18030", "\x83\x7C|\x81\x5C\\\x81\x60`\x81\x7B{\x81\x7D}\x81\x7E~\x81\x40@\x81\x5B[",
       "億|乗\\乣`亄{亇}亊~丂@乕["},
      {"GB18030",
       "a\x95\x32\x82\x36"
       "b\x81\x39\xEE\x39\xC9\xF3",
       "a𠀀b㐀审"},
      {"GB18030", "\xC9\xF3\x84\x31\x95\x33", "审\xEF\xBB\xBF"},
      {"GB18030", "12\x80", "12€"},
      {"UTF-16LE", "a\0\xA1\x5B\x40\xD8\0\xDC"s, "a审𠀀"},
      {"UTF-16BE", "\0a\x5B\xA1\xD8\x40\xDC\0"s, "a审𠀀"},
      {"UTF-32LE", "\0\0\2\0"s, "𠀀"},
      {"windows-1252",
       "Gr\xF6\xDF"
       "e \x80",
       "Größe €"},
      {"Big5", "\xBC\x66\xAE\xD6", "審核"},
      {"Shift_JIS", "\x8F\xB3\x94\x46", "承認"},
      {"ISO-2022-JP", "a\x1B$B>5G'\x1B(Bb", "a承認b"},
      // A letter is held back until it is known whether a mark goes with it.
      {"TCVN", "e\xB3", "\u00E9"},
      {"TCVN", "ae", "ae"},
      {"Big5-HKSCS", "\x88\x62\x88\x66\x88\x66", "Ê̄ÊÊ"},
      // What is no character.
      {"GB18030",
       "a\xFF"
       "b",
       "a\xFF"
       "b"},
      {"GB18030", "a\xC9,b", "a\xFF,b"},
      {"GB18030", "a\xC9", "a\xFF"},
      {"GB18030", "a\x81\x30\x81",
       "a\xFF"
       "0\xFF"},
      {"US-ASCII", "\xC3\xA9,b", "\xFF\xFF,b"},
      {"UTF-16LE",
       "\x40\xD8"
       "a\0\0\xDC"
       "b\0"s,
       "\xFF"
       "a\xFF"
       "b"},
      {"UTF-16LE", "a\0b"s, "a\xFF"},
      {"UTF-32BE", "\0\x11\0\0\0\0\0a\0"s,
       "\xFF"
       "a\xFF"},
  };
  for (const Row& row : table) {
    for (const std::size_t piece : {1, 2, 3, 5, 1 << 20}) {
      for (const std::size_t step : {1, 2, 3, 4, 5, 7, 1 << 20}) {
        CAPTURE(&row - table);
        CAPTURE(row.encoding);
        CAPTURE(piece);
        CAPTURE(step);
        CHECK(recode(row.encoding, row.text, piece, step) == row.utf8);
      }
    }
  }
}

TEST_CASE("every place where a block of GB18030 can end") {
  const std::string unit = "c1,\xC9\xF3\xBA\xCB\x95\x32\x82\x36\xD6\xEC\xE9\x46|\n";
  const std::string unit_utf8 = "c1,审核𠀀朱镕|\n";
  std::string text;
  std::string utf8;
  while (text.size() < 200'000) {
    text += unit;
    utf8 += unit_utf8;
  }
  for (std::size_t shift = 0; shift < unit.size(); ++shift) {
    CAPTURE(shift);
    const std::string before(shift, 'x');
    CHECK(recode("GB18030", before + text) == before + utf8);
    CHECK(recode("GB18030", before + text, 997, 1009) == before + utf8);
  }
}

TEST_CASE("the pairs of GBK are the characters that the C library says") {
  std::string pairs;
  for (int lead = 0x81; lead <= 0xFE; ++lead) {
    for (int trail = 0x40; trail <= 0xFE; ++trail) {
      pairs += {static_cast<char>(lead), static_cast<char>(trail), '\n'};
    }
  }
  const std::string library_text = recode("GBK", pairs);
  const std::string table_text = recode("GB18030", pairs);
  std::string_view by_library = library_text;
  std::string_view by_table = table_text;
  const auto next_line = [](std::string_view& text) {
    const std::size_t size = std::min(text.find('\n'), text.size() - 1);
    const std::string_view line = text.substr(0, size);
    text.remove_prefix(size + 1);
    return line;
  };
  int characters = 0;
  while (!by_library.empty() && !by_table.empty()) {
    const std::string_view expected = next_line(by_library);
    const std::string_view got = next_line(by_table);
    if (find_invalid_utf8(expected)) continue;
    ++characters;
    CHECK(got == expected);
  }
  CHECK(by_library.empty());
  CHECK(by_table.empty());
  constexpr int at_least = 21'000;  // GBK has 21,003 ideographs
  CHECK(characters > at_least);
}

TEST_CASE("an encoding that is not known") {
  for (const char* name : {"klingon", "", "GBK//IGNORE", "UTF-8//TRANSLIT"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH_AS(Transcoder{name}, doctest::Contains("is not known"), UsageError);
  }
  CHECK_THROWS_WITH_AS(Transcoder{"GKB"}, "the encoding 'GKB' is not known; did you mean 'GBK'?",
                       UsageError);
}
