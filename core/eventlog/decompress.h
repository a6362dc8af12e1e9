#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gemba {

/// How the bytes of an input are packed.
enum class Compression : std::uint8_t { none, gzip, zstd };

/// Tells the compression by the first bytes.
Compression sniff_compression(std::string_view head);

/// Gives up to `count` bytes at `to`; 0 only at the end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t count)>;

/// Unpacks a stream of compressed bytes: several gzip members or Zstandard frames in a row are one
/// text.
class Decompressor {
 public:
  /// `name` stands for the input in messages.
  Decompressor(Compression compression, std::string name);
  Decompressor(Decompressor&&) noexcept;
  Decompressor& operator=(Decompressor&&) noexcept;
  ~Decompressor();

  /// Up to `count` unpacked bytes at `to`; 0 only at the end. Throws `Error` when the data is
  /// damaged or truncated.
  std::size_t read(const ReadBytes& packed, char* to, std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gemba
