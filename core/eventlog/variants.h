#pragma once
#include <cstdint>
#include <vector>

#include "core/eventlog/event_log.h"
#include "core/eventlog/pair_index.h"

namespace gemba {

/// A sequence of activities that cases share.
struct Variant {
  std::vector<ActivityId> activities;
  std::int64_t cases = 0;
};

/// All sequences of activities as one trie: a case is known by the node where it ends, so no
/// sequence is kept twice.
class VariantTrie {
 public:
  static constexpr std::uint32_t root = 0xFFFF'FFFF;

  /// The node for the sequence of `node` with one more activity.
  std::uint32_t child(std::uint32_t node, ActivityId activity) {
    const std::uint32_t found = children_(node, activity.value);
    if (found == cases_.size()) cases_.push_back(0);
    return found;
  }

  /// Counts a case that ends at `node`, which is not the root.
  void add_case(std::uint32_t node) { ++cases_[node]; }

  /// Number of different sequences of cases.
  std::int64_t count() const;

  /// The `most` most frequent sequences; equally frequent ones by the names of their activities.
  std::vector<Variant> top(std::size_t most, const StringPool& activities) const;

 private:
  std::vector<ActivityId> sequence(std::uint32_t node) const;

  PairIndex children_;               ///< (parent, activity) of every node
  std::vector<std::int64_t> cases_;  ///< by node: cases that end there
};

}  // namespace gemba
