#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/eventlog/bytes/byte_stream.h"

namespace gemba::inline eventlog {

/// The bytes of a stream at any place: of a file where they stand, of a pipe and of what is packed
/// from memory, where all of it is kept.
class RandomBytes {
 public:
  /// Takes the whole stream, of which nothing was taken yet and which outlives this. Throws `Error`
  /// when what has to be kept is larger than `most_kept`, and what the stream throws.
  explicit RandomBytes(ByteStream& stream);

  std::uint64_t size() const { return size_; }

  /// Up to `count` bytes from `offset` on; fewer only at the end. Throws what the stream throws.
  std::size_t read(std::uint64_t offset, char* to, std::size_t count);

  static constexpr std::size_t most_kept = std::size_t{1} << 30U;

 private:
  const ByteStream& stream_;
  std::optional<ByteStream> reader_;  ///< of a file
  std::uint64_t reader_at_ = 0;
  std::string kept_;
  std::uint64_t size_ = 0;
};

}  // namespace gemba::inline eventlog
