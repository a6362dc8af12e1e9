#pragma once
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/toml/read.h"

namespace gemba::test {

/// A text that was read, with its faults as `S006 41:8-41:16 message`.
struct ReadText {
  Sources sources;
  Config config;
  std::optional<Process> process;
  Diagnostics found;
  std::vector<std::string> faults;
};

inline std::string shown(const SourceSpan& span) {
  return fmt::format("{}:{}-{}:{}", span.begin.line, span.begin.column, span.end.line,
                     span.end.column);
}

inline void list_faults(ReadText& read) {
  for (const Diagnostic& fault : read.found) {
    read.faults.push_back(fmt::format("{} {} {}", fault.code, shown(fault.span), fault.message));
  }
}

inline ReadText read_document(std::string text, std::string config = {}) {
  ReadText read;
  if (!config.empty()) {
    const SourceId id = read.sources.add("shop/gemba.toml", std::move(config));
    read.config = read_config(read.sources, id, read.found);
  }
  const SourceId id = read.sources.add("shop/refund.toml", std::move(text));
  read.process = read_process(read.sources, id, read.config, read.found);
  list_faults(read);
  return read;
}

inline ReadText read_configuration(std::string text, const std::string& path = "shop/gemba.toml") {
  ReadText read;
  read.config = read_config(read.sources, read.sources.add(path, std::move(text)), read.found);
  list_faults(read);
  return read;
}

/// What stands at a span that begins and ends on one line.
inline std::string written(const ReadText& read, const SourceSpan& span) {
  std::string result;
  std::uint32_t column = 0;
  for (const char c : read.sources.line(span.source, span.begin.line)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
    if (column >= span.begin.column && column < span.end.column) result += c;
  }
  return result;
}

}  // namespace gemba::test
