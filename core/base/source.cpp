#include "core/base/source.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "core/base/error.h"

namespace gemba::inline base {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != nullptr && file != stdin) std::fclose(file);
  }
};

std::unique_ptr<std::FILE, CloseFile> open_for_reading(const std::string& path) {
  if (path == "-") return std::unique_ptr<std::FILE, CloseFile>(stdin);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    throw Error(fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
  }
  if (S_ISDIR(status.st_mode)) {
    throw Error(fmt::format("cannot read '{}': it is a directory, a file is needed here", path));
  }
  // A FIFO or device named by mistake could block for ever; a pipe that is wanted comes through
  // `-`.
  if (!S_ISREG(status.st_mode) && !path.starts_with("/dev/") && !path.starts_with("/proc/")) {
    throw Error(fmt::format(
        "cannot read '{}': it is not a regular file; to read from a pipe, give '-' and redirect",
        path));
  }
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw Error(fmt::format("cannot open '{}': {}", path, std::strerror(errno)));
  return file;
}

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

Position position_at(const Source& source, std::size_t offset) {
  const auto& starts = source.line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  std::uint32_t column = 1;
  for (std::size_t at = starts[line - 1]; at < offset && at < source.text.size(); ++at) {
    if (begins_code_point(source.text[at])) ++column;
  }
  return {line, column};
}

std::size_t offset_of(const Source& source, Position position) {
  if (position.line == 0 || position.line > source.line_starts.size()) return source.text.size();
  std::size_t at = source.line_starts[position.line - 1];
  std::uint32_t column = 1;
  while (at < source.text.size() && source.text[at] != '\n' && column < position.column) {
    ++at;
    while (at < source.text.size() && !begins_code_point(source.text[at])) ++at;
    ++column;
  }
  return at;
}

std::string read_text(const std::string& path, std::size_t max_bytes) {
  const auto file = open_for_reading(path);
  std::string text;
  std::array<char, 1U << 16U> block;
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), file.get())) {
    text.append(block.data(), got);
    if (text.size() > max_bytes) {
      throw Error(fmt::format("cannot read '{}': it is larger than {} MiB, which no document needs",
                              path, max_bytes >> 20U));
    }
  }
  if (std::ferror(file.get()) != 0) {
    throw Error(fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
  }
  return text;
}

SourceId Sources::add(std::string path, std::string text) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  sources_.push_back({std::move(path), std::move(text), std::move(starts)});
  return SourceId(sources_.size() - 1);
}

std::string_view Sources::line(SourceId id, std::uint32_t number) const {
  const Source& source = (*this)[id];
  if (number == 0 || number > source.line_starts.size()) return {};
  const std::size_t begin = source.line_starts[number - 1];
  std::string_view rest = std::string_view(source.text).substr(begin);
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

}  // namespace gemba::inline base
