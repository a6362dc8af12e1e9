#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/duration.h"
#include "core/base/large_vector.h"

namespace gemba {

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

  void push_back(Micros duration) {
    if (!micros_.empty()) {
      micros_.push_back(duration);
      return;
    }
    const Micros seconds = duration / micros_per_second;
    const auto fits = static_cast<std::int32_t>(seconds);
    if (fits == seconds && seconds * micros_per_second == duration) {
      seconds_.push_back(fits);
    } else {
      widen(duration);
    }
  }

  /// Adds all of another list.
  void append(const DurationList& other);

  std::size_t size() const { return seconds_.size() + micros_.size(); }

  /// All of them, in one of the two.
  std::span<const std::int32_t> seconds() const { return seconds_; }
  std::span<const Micros> micros() const { return micros_; }

 private:
  void widen(Micros duration);

  LargeVector<std::int32_t> seconds_;
  LargeVector<Micros> micros_;
};

}  // namespace gemba
