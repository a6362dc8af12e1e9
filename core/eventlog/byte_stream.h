#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gemba {

/// The bytes of a file, of standard input or of a text in memory, decompressed on the way when they
/// are gzip or Zstandard (told by their first bytes). Memory stays bounded whatever the size of the
/// input.
class ByteStream {
 public:
  /// Opens a file; `-` is standard input. Throws `Error` when it cannot be opened or is a
  /// directory.
  static ByteStream open(const std::string& path);

  /// Reads from a text, which must outlive the stream; `name` stands for its path in messages.
  static ByteStream of_text(std::string_view text, std::string name);

  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;
  ~ByteStream();

  /// The path as the user gave it.
  const std::string& name() const;

  /// The next bytes, at most 64 KiB, without taking them; fewer only where the input ends.
  std::string_view peek();

  /// Takes up to `count` bytes; fewer only where the input ends. Throws `Error` when reading fails
  /// or the compressed data is damaged or truncated.
  std::size_t read(char* to, std::size_t count);

  /// Bytes that `read` will give in all, or 0 when that is not known beforehand.
  std::uint64_t size_hint() const;

 private:
  struct State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gemba
