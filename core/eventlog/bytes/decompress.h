#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/eventlog/bytes/read_ahead.h"

namespace gemba::inline eventlog {

/// How the bytes of an input are packed.
enum class Compression : std::uint8_t { none, gzip, zstd };

/// Tells the compression by the first bytes.
Compression sniff_compression(std::string_view head);

/// Unpacks a stream of compressed bytes (gzip, RFC 1952; Zstandard, RFC 8878): several gzip members
/// or Zstandard frames in a row are one text, skippable frames and zeros behind the last gzip
/// member are nothing.
class Decompressor {
 public:
  /// `name` stands for the input in messages.
  Decompressor(Compression compression, std::string name);
  Decompressor(Decompressor&&) noexcept;
  Decompressor& operator=(Decompressor&&) noexcept;
  ~Decompressor();

  /// Up to `count` unpacked bytes at `to`; 0 only at the end. Throws `Error` when the data is
  /// damaged, truncated or followed by something else, after all bytes in front of that place.
  std::size_t read(const ReadBytes& packed, char* to, std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gemba::inline eventlog
