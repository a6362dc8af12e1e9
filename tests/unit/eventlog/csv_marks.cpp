#include "core/eventlog/formats/csv/csv_marks.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace gemba;

namespace {

std::vector<std::uint32_t> offsets(FindMarks find, const std::string& text, CsvMarks marks,
                                   std::uint32_t base) {
  std::vector<std::uint32_t> found(text.size() + marks_slack, 0xFFFF'FFFF);
  found.resize(find(text.data(), text.size(), marks, base, found.data()));
  return found;
}

}  // namespace

TEST_CASE("marks are found where they stand") {
  using Offsets = std::vector<std::uint32_t>;
  CHECK(offsets(find_marks_portable, "", {}, 0).empty());
  CHECK(offsets(find_marks_portable, "abc", {}, 0).empty());
  CHECK(offsets(find_marks_portable, "a,b\n\"x\"", {}, 0) == Offsets{1, 3, 4, 6});
  CHECK(offsets(find_marks_portable, "a,b\n", {}, 10) == Offsets{11, 13});
  CHECK(offsets(find_marks_portable, "a;b,c\r", {';', '\r', '\''}, 0) == Offsets{1, 5});
  CHECK(offsets(find_marks_portable, "工单,环节\n", {}, 0) == Offsets{6, 13});
}

TEST_CASE("every way to find marks finds the same") {
  std::mt19937 random(7);
  // Bytes that differ from the marks in one bit, and neighbours that carries could run into.
  const std::string letters = std::string(",\n\";|\t\r-\x2B\x0B\x0A\x23\x22\x21\x00 a", 17) +
                              "\x80\xFF\xAC\x8A\xA2\x7F\x01";
  const CsvMarks dialects[] = {{}, {';', '\n', '"'}, {'\t', '\r', '"'}, {'|', '\n', '"'}};
  for (int round = 0; round < 4000; ++round) {
    std::string text(random() % 300, ' ');
    for (char& c : text) c = letters[random() % letters.size()];
    const CsvMarks marks = dialects[random() % std::size(dialects)];
    const auto base = static_cast<std::uint32_t>(random() % 1000);
    REQUIRE(offsets(best_find_marks(), text, marks, base) ==
            offsets(find_marks_portable, text, marks, base));
  }
}
