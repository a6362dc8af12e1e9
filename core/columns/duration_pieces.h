#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/time/duration.h"

namespace gemba::inline columns {

/// Memory for many lists of durations, handed out in pieces and given back all at once.
class DurationMemory {
 public:
  /// Room for `size` durations, at most `largest_piece`. Lives as long as this.
  Micros* take(std::size_t size) {
    if (static_cast<std::size_t>(end_ - next_) < size) add_block();
    Micros* piece = next_;
    next_ += size;
    return piece;
  }

  static constexpr std::size_t largest_piece = 1024;

 private:
  static constexpr std::size_t first_block = std::size_t{4} << 10U;
  static constexpr std::size_t largest_block = std::size_t{512} << 10U;

  // Small at first: most logs are small, and large blocks take huge pages.
  void add_block() {
    const std::size_t size =
        blocks_.empty() ? first_block : std::min(blocks_.back().size() * 2, largest_block);
    blocks_.emplace_back(size);
    next_ = blocks_.back().data();
    end_ = next_ + size;
  }

  std::vector<LargeVector<Micros>> blocks_;
  Micros* next_ = nullptr;
  Micros* end_ = nullptr;
};

/// Durations that are collected one by one, possibly millions of them: memory grows in pieces, so
/// that nothing is moved and little is left over.
class Durations {
 public:
  /// `memory` is the same at every call, and has to live as long as the list is read.
  void push_back(Micros value, DurationMemory& memory) {
    if (next_ == end_) add_piece(memory);
    *next_++ = value;
  }

  /// Adds the pieces to a list of stretches. Valid until the next `push_back`.
  void list(std::vector<std::span<const Micros>>& to) const {
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
      const bool last = at + 1 == pieces_.size();
      to.emplace_back(pieces_[at],
                      last ? static_cast<std::size_t>(next_ - pieces_[at]) : size_of(at));
    }
  }

 private:
  static constexpr std::size_t first_piece = 4;

  static std::size_t size_of(std::size_t number) {
    constexpr std::size_t doublings = 8;  // from the first piece to the largest
    static_assert(first_piece << doublings == DurationMemory::largest_piece);
    return first_piece << std::min(number, doublings);
  }

  void add_piece(DurationMemory& memory) {
    const std::size_t size = size_of(pieces_.size());
    next_ = memory.take(size);
    end_ = next_ + size;
    pieces_.push_back(next_);
  }

  Micros* next_ = nullptr;
  Micros* end_ = nullptr;
  std::vector<Micros*> pieces_;
};

}  // namespace gemba::inline columns
