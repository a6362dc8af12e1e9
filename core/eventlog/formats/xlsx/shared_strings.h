#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/columns/large_vector.h"
#include "core/eventlog/formats/xlsx/archive.h"

namespace gemba::inline eventlog {

/// The texts that the cells of a workbook share (ECMA-376 Part 1, 18.4.9), in one piece of memory.
class SharedStrings {
 public:
  SharedStrings() = default;

  /// Reads a part. Throws `Error` when it is damaged or larger than `most_bytes`.
  SharedStrings(const Archive& archive, std::string_view part);

  std::size_t size() const { return ends_.size(); }

  /// The text of an index below `size`.
  std::string_view operator[](std::size_t index) const {
    const std::uint64_t begin = index == 0 ? 0 : ends_[index - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[index] - begin)};
  }

  /// A million rows of ten long texts, none of which is there twice.
  static constexpr std::uint64_t most_bytes = std::uint64_t{2} << 30U;

 private:
  LargeVector<char> bytes_;
  LargeVector<std::uint64_t> ends_;
};

}  // namespace gemba::inline eventlog
