#pragma once
#include <cassert>
#include <cstdint>
#include <limits>
#include <string_view>

#include "core/columns/large_vector.h"

namespace gemba::inline columns {

/// Texts, numbered 0, 1, 2 … in the order in which they were added. Owns a copy of every text; a
/// plain value.
class TextList {
 public:
  /// Adds a text and returns its number. There are fewer than 2³² − 1 texts.
  std::uint32_t add(std::string_view text) {
    assert(ends_.size() < std::numeric_limits<std::uint32_t>::max());
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    ends_.push_back(bytes_.size());
    return static_cast<std::uint32_t>(ends_.size() - 1);
  }

  /// The text of a number. Valid until the next text is added.
  std::string_view operator[](std::uint32_t number) const {
    const std::size_t begin = number == 0 ? 0 : ends_[number - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[number] - begin)};
  }

  std::size_t size() const { return ends_.size(); }

 private:
  LargeVector<char> bytes_;
  LargeVector<std::uint64_t> ends_;  ///< where each text ends in `bytes_`
};

}  // namespace gemba::inline columns
