#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/eventlog/bytes/read_progress.h"

namespace gemba::inline eventlog {

/// How the bytes of an input are taken.
struct StreamOptions {
  std::string encoding;  ///< any name that iconv(3) knows; empty: told by content
  /// Bytes that are looked at beforehand, and that are unpacked ahead of the reader at a time.
  std::size_t block_size = std::size_t{256} << 10U;
  ReadProgress* progress = nullptr;  ///< told what is taken of the input; outlives the stream
};

/// The UTF-8 text of a file, of standard input or of a text in memory: unpacked on the way when it
/// is gzip or Zstandard, and recoded when it is in another encoding, both told by content. Memory
/// stays bounded whatever the size of the input.
///
/// What is a container (`sniff_container`) is no text: its bytes are given as they are, whatever
/// encoding is named.
///
/// The text has no byte order mark, and an XML declaration in it that named another encoding names
/// UTF-8. Bytes that are no character of the encoding are 0xFF, which is not UTF-8, after recoding
/// and stay as they are without. What is unpacked or recoded and larger than a block is so in a
/// thread of the stream's own, which ends with the stream.
///
/// A regular file is read up to the size that it had when it was opened.
class ByteStream {
 public:
  /// Opens a file; `-` is standard input. Throws `Error` when it cannot be opened, is a directory
  /// or is in an encoding that is not known; `UsageError` when the encoding of the options is
  /// not known.
  static ByteStream open(const std::string& path, const StreamOptions& options = {});

  /// Reads from a text, which must outlive the stream; `name` stands for its path in messages.
  static ByteStream of_text(std::string_view text, std::string name,
                            const StreamOptions& options = {});

  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;
  ~ByteStream();

  /// The path as the user gave it.
  const std::string& name() const;

  /// The encoding that the text was or is in (`UTF-8`, `GB18030` for its parts GBK and GB2312, too,
  /// `UTF-16LE`); empty for a container and when the first block is in none that can be told: its
  /// bytes are given as they are.
  const std::string& encoding() const;

  /// What is wrong with a text that is not in this encoding, as `describe_misfit` says it.
  const std::string& misfit() const;

  /// Whether the encoding was named and the first block looks like text in another one.
  bool is_doubtful() const;

  /// The next bytes, at most a block, without taking them; fewer only where the input ends or
  /// fails. Throws `Error` like `read` when it fails here.
  std::string_view peek();

  /// Takes up to `count` bytes; fewer only where the input ends. Throws `Error` when reading fails,
  /// a regular file has become shorter or the compressed data is damaged or truncated within these
  /// bytes.
  std::size_t read(char* to, std::size_t count);

  /// Takes up to `count` bytes, at least one, without waiting for the rest (but for the block that
  /// the first one is in); 0 only where the input ends. Throws like `read`, but only after all
  /// bytes in front of the failure were taken.
  std::size_t read_some(char* to, std::size_t count);

  /// The same text once more, from byte `offset` of it on (nothing behind its end): a stream of its
  /// own, which another thread may read. None for pipes and for what is unpacked or recoded. Throws
  /// `Error` when no more files can be opened.
  std::optional<ByteStream> from(std::uint64_t offset) const;

  /// Bytes that `read` will give in all, or 0 when that is not known beforehand.
  std::uint64_t size_hint() const;

 private:
  struct State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gemba::inline eventlog
