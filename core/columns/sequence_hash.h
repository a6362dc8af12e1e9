#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"

namespace gemba::inline columns {

/// Hash of a sequence of numbers or ids, for tables of sequences.
struct SequenceHash {
  template <class Element>
  std::size_t operator()(const std::vector<Element>& sequence) const {
    std::uint64_t hash = sequence.size();
    for (const Element each : sequence) hash = (hash ^ number(each)) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 32U));
  }

 private:
  static std::uint32_t number(std::uint32_t value) { return value; }
  template <class Tag>
  static std::uint32_t number(Id<Tag> id) {
    return id.value;
  }
};

}  // namespace gemba::inline columns
