#pragma once
#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/base/duration.h"

namespace gemba {

/// Durations that are collected one by one, possibly millions of them: memory grows in pieces, so
/// that nothing is moved and little is left over.
class Durations {
 public:
  void push_back(Micros value) {
    if (next_ == end_) add_piece();
    *next_++ = value;
  }

  std::size_t size() const {
    return pieces_.empty() ? 0 : full_ + static_cast<std::size_t>(next_ - pieces_.back().get());
  }
  bool empty() const { return pieces_.empty(); }

  /// Adds the pieces to a list of stretches. Valid until the next `push_back`.
  void list(std::vector<std::span<const Micros>>& to) const {
    std::size_t size = first_piece;
    for (const std::unique_ptr<Micros[]>& piece : pieces_) {
      const bool last = &piece == &pieces_.back();
      to.emplace_back(piece.get(), last ? static_cast<std::size_t>(next_ - piece.get()) : size);
      size = std::min(size * 2, largest_piece);
    }
  }

 private:
  static constexpr std::size_t first_piece = 4;
  static constexpr std::size_t largest_piece = 1024;

  void add_piece() {
    const std::size_t size =
        pieces_.empty() ? first_piece
                        : std::min(static_cast<std::size_t>(end_ - pieces_.back().get()) * 2,
                                   largest_piece);
    full_ = this->size();
    pieces_.push_back(std::make_unique_for_overwrite<Micros[]>(size));
    next_ = pieces_.back().get();
    end_ = next_ + size;
  }

  Micros* next_ = nullptr;
  Micros* end_ = nullptr;
  std::size_t full_ = 0;  ///< values in all pieces but the last
  std::vector<std::unique_ptr<Micros[]>> pieces_;
};

}  // namespace gemba
