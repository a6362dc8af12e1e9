#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/columns/large_vector.h"
#include "core/time/duration.h"

namespace gemba::inline columns {

/// Millions of durations: in four bytes each while they are whole seconds of less than 68 years, as
/// those of most logs are, else in eight.
class DurationList {
 public:
  /// Makes room for so many in all.
  void reserve(std::size_t count) {
    if (micros_.empty()) {
      seconds_.reserve(count);
    } else {
      micros_.reserve(count);
    }
  }

  [[gnu::always_inline]] void push_back(Micros duration) {
    const Micros seconds = seconds_in(duration);
    const auto fits = static_cast<std::int32_t>(seconds);
    if (micros_.empty() && fits == seconds && duration % 64 == 0) {
      seconds_.push_back(fits);
    } else {
      push_micros(duration);
    }
  }

  /// Adds all of another list.
  void append(const DurationList& other);

  std::size_t size() const { return seconds_.size() + micros_.size(); }

  /// All of them, in one of the two.
  std::span<const std::int32_t> seconds() const { return seconds_; }
  std::span<const Micros> micros() const { return micros_; }

 private:
  /// The seconds of a whole number of them; of a multiple of 64 that is none, more than 32 bits
  /// hold. To multiply by the inverse of 5^6 modulo 2^64 divides, where nothing remains (Warren,
  /// Hacker's Delight, 10-16); that many durations are added that a division by 10^6 would be felt.
  static Micros seconds_in(Micros duration) {
    static_assert(micros_per_second == 64 * 15'625);
    constexpr std::uint64_t inverse = 0x790F'B656'68C2'6139ULL;
    static_assert(inverse * 15'625 == 1);
    return static_cast<Micros>(static_cast<std::uint64_t>(duration / 64) * inverse);
  }

  void push_micros(Micros duration);

  LargeVector<std::int32_t> seconds_;
  LargeVector<Micros> micros_;
};

}  // namespace gemba::inline columns
