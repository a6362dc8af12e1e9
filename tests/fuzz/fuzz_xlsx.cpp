// Workbooks: the log or the error is the same, whoever reads the rows and whatever is looked at.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/eventlog/xlsx_book.h"
#include "tests/unit/eventlog/xlsx_outcome.h"

namespace {

using namespace gemba;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Takes what stands in front of a line of three dashes.
std::string_view take_part(std::string_view& text) {
  constexpr std::string_view between = "\n---\n";
  const std::size_t end = std::min(text.find(between), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + between.size(), text.size()));
  return part;
}

/// An archive as it is, or one made of rows, formats and shared texts: else the check sums of
/// archives would keep everything out.
std::string workbook_of(std::string_view text) {
  if (text.starts_with("PK")) return std::string(text);
  const std::string_view rows = take_part(text);
  const std::string_view formats = take_part(text);
  return TestBook(std::string(rows), lines_of(formats), lines_of(text)).bytes({.deflated = false});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes =
      workbook_of(std::string_view(reinterpret_cast<const char*>(data), size));
  ReadOptions options;
  if (size % 4 >= 2) options.attributes = {"note"};
  if (size % 2 == 1) options.column_names = {"case", "activity", "time"};
  const std::string right = xlsx_outcome(bytes, {.scans = false, .window = 4096}, options);
  for (const std::size_t window : {100 + size % 512, 600 + size}) {
    options.threads = 1 + size % 2;
    const std::string found = xlsx_outcome(bytes, {.window = window}, options);
    if (found == right) continue;
    std::fprintf(stderr, "window %zu\n--- parser\n%s\n--- scanner\n%s\n", window, right.c_str(),
                 found.c_str());
    __builtin_trap();
  }
  return 0;
}
