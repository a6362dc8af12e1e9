#pragma once
#include <cstddef>
#include <functional>
#include <memory>

namespace gemba::inline eventlog {

/// Gives up to `count` (more than 0) bytes at `to`, at least one; 0 only at the end.
using ReadBytes = std::function<std::size_t(char* to, std::size_t count)>;

/// Bytes that a thread of its own produces a few blocks ahead of their reader, so that both work at
/// the same time. What the reader gets does not depend on how the two take turns.
class ReadAhead {
 public:
  /// Begins to call `produce`, from the new thread only; at most `blocks` blocks are in memory.
  /// Throws `std::system_error` when no thread can be started.
  ReadAhead(ReadBytes produce, std::size_t blocks, std::size_t block_size);

  /// Stops the thread: it finishes at most the block that it is at. Make `produce` return soon.
  ~ReadAhead();

  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  /// Takes up to `count` bytes, at least one; 0 at the end. What `produce` threw is thrown here,
  /// after all bytes that it gave before.
  std::size_t read(char* to, std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gemba::inline eventlog
