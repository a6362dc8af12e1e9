// XES: the log or the error is the same, whoever reads it, in whatever blocks and parts.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "tests/unit/eventlog/xes_outcome.h"

/// Whoever reads a document, in whatever blocks and parts, the log or the error is the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gemba;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ReadOptions options;
  if (size % 4 >= 2) options.attributes = {"case:k", "k"};
  if (size % 2 == 1) options.log.activity_column = "c";
  const std::string right = xes_outcome(text, {XesFrontEnd::expat}, options);
  for (const std::size_t block : {std::size_t{1}, 1 + size % 19, size + 1}) {
    options.threads = 1 + size % 5;
    const XesSettings settings{XesFrontEnd::scanner, block, 1};
    const std::string found = xes_outcome(text, settings, options);
    if (found == right) continue;
    std::fprintf(stderr, "block %zu\n--- expat\n%s\n--- scanner\n%s\n", block, right.c_str(),
                 found.c_str());
    __builtin_trap();
  }
  return 0;
}
