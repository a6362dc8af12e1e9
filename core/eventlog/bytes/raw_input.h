#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/eventlog/bytes/read_progress.h"

namespace gemba::inline eventlog {

/// The bytes of a file, of standard input or of a text in memory, as they are.
///
/// A regular file is read up to the size that it had when it was opened, from places of its own
/// (`pread`), so that several inputs can read one file at the same time; a pipe or device is read
/// until it ends.
class RawInput {
 public:
  /// Opens a file; `-` is standard input. `progress`, where there is one, outlives the input and
  /// all that come `from` it, and is told what they take. Throws `Error` when it cannot be opened,
  /// is closed or is a directory.
  static RawInput open(const std::string& path, ReadProgress* progress = nullptr);

  /// Reads from a text, which must outlive the input; `name` stands for its path in messages.
  static RawInput of_text(std::string_view text, std::string name,
                          ReadProgress* progress = nullptr);

  RawInput(RawInput&&) noexcept;
  RawInput& operator=(RawInput&&) noexcept;
  ~RawInput();

  /// The path as the user gave it.
  const std::string& name() const;

  /// Bytes of a regular file (from where it stood when it was opened) or text, or none.
  std::optional<std::uint64_t> size() const;

  /// Takes up to `count` bytes, at least one; 0 at the end and after `interrupt`. Throws `Error`
  /// when reading fails or a regular file has become shorter.
  std::size_t read(char* to, std::size_t count);

  /// The same bytes once more, from `offset` on (nothing behind the end), independent of this
  /// input; none where `size` is not known. Throws `Error` when no more files can be opened.
  std::optional<RawInput> from(std::uint64_t offset) const;

  /// Lets `interrupt` end a `read` that waits for a pipe. Call before the thread that reads starts.
  void make_interruptible();

  /// Ends the `read` of another thread that waits, and all later ones.
  void interrupt();

 private:
  struct State;
  explicit RawInput(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gemba::inline eventlog
