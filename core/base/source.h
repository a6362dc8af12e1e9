#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace gemba::inline base {

/// A place in a text: line and column, both 1-based; columns count Unicode code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

/// What a user wrote: from `begin` up to, not including, `end`.
struct SourceSpan {
  SourceId source;
  Position begin;
  Position end;
  friend constexpr auto operator<=>(const SourceSpan&, const SourceSpan&) = default;
};

/// A text that was read: its path as the user gave it (`-` for standard input) and its bytes.
struct Source {
  std::string path;
  std::string text;
  std::vector<std::uint32_t> line_starts;  ///< byte offset of each line's first byte
};

/// Line and column of a byte of a text.
Position position_at(const Source& source, std::size_t offset);

/// Byte offset of a place in a text; the end of the line when the line is shorter.
std::size_t offset_of(const Source& source, Position position);

/// A document larger than this is refused: no SOP has 16 MiB of text.
inline constexpr std::size_t max_source_bytes = std::size_t{16} << 20U;

/// Reads a whole regular file of at most `max_bytes`; `-` is standard input.
/// Throws `Error` when it cannot be opened or read, is a directory, or is larger.
std::string read_text(const std::string& path, std::size_t max_bytes = max_source_bytes);

/// Owns every text, so that spans stay printable until the end of a run. References stay valid.
class Sources {
 public:
  /// Takes over a text that was already read. The bytes are kept as they are.
  SourceId add(std::string path, std::string text);

  /// Reads a whole file. Throws as `read_text` does.
  SourceId load(const std::string& path, std::size_t max_bytes = max_source_bytes) {
    return add(path, read_text(path, max_bytes));
  }

  const Source& operator[](SourceId id) const { return sources_[id.index()]; }
  std::size_t size() const { return sources_.size(); }

  /// The text of a 1-based line without its line end; empty when there is no such line.
  std::string_view line(SourceId id, std::uint32_t number) const;

 private:
  std::deque<Source> sources_;
};

}  // namespace gemba::inline base
