#pragma once
#include <atomic>
#include <cstdint>

namespace gemba::inline eventlog {

/// How far a log is read, packed or not. The threads that read it write; another one may look on.
struct ReadProgress {
  std::atomic<std::uint64_t> total = 0;  ///< bytes of the file; 0 where that is not known: a pipe
  /// Bytes taken from it. What two threads read at a seam counts twice: this may be more than all.
  std::atomic<std::uint64_t> taken = 0;
};

}  // namespace gemba::inline eventlog
