#pragma once
#include <cstdint>
#include <vector>

#include "core/time/duration.h"

namespace gemba::inline replay {

/// The time from `begin` up to `end`.
struct Stretch {
  Micros begin = 0;
  Micros end = 0;
};

/// How much time the union of stretches takes, while more and more of them are added. Adding n of
/// them and asking m times takes (n + m) log n.
class BusyTime {
 public:
  /// `borders`: every begin and end of what will be added, in any order.
  explicit BusyTime(std::vector<Micros> borders);

  /// `added` is not empty and its ends are among the borders.
  void add(const Stretch& added);

  /// What is covered of the time before a moment.
  Micros before(Micros moment) const;

 private:
  std::size_t next_free(std::size_t cell);

  // Cell i lies between border i and the next. A cell is covered once and for all: `next_free_`
  // leads over covered cells (path halving, as in union-find), `sums_` is a Fenwick tree of the
  // lengths of covered ones.
  std::vector<Micros> borders_;
  std::vector<std::uint32_t> next_free_;
  std::vector<Micros> sums_;
};

/// Stretches of time in order that do not touch each other, and what they add up to.
struct MergedTime {
  std::vector<Stretch> stretches;
  std::vector<Micros> sums;  ///< of the first i stretches; one more than there are stretches

  /// What lies before a moment.
  Micros before(Micros moment) const;

  /// How many of the stretches begin before a moment.
  std::size_t begun_before(Micros moment) const;
};

/// The union of stretches that are in order of their begin; those that are empty or backwards are
/// left out.
MergedTime merge(const std::vector<Stretch>& stretches);

}  // namespace gemba::inline replay
