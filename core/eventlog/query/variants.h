#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/columns/string_pool.h"
#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// A sequence of activities that cases share.
struct Variant {
  std::vector<ActivityId> activities;
  std::int64_t cases = 0;
};

/// The distinct sequences of activities of cases, and how many cases have each.
class VariantIndex {
 public:
  /// Counts `cases` cases with a sequence, which is not empty.
  void add(std::span<const ActivityId> sequence, std::int64_t cases = 1);

  /// Counts the cases of another index as well.
  void add(const VariantIndex& other);

  /// Number of different sequences.
  std::int64_t count() const { return static_cast<std::int64_t>(entries_.size()); }

  /// The `most` most frequent sequences; equally frequent ones by the names of their activities.
  std::vector<Variant> top(std::size_t most, const StringPool& activities) const;

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint64_t begin;  ///< in `activities_`
    std::uint32_t size;
    std::int64_t cases;
  };

  std::span<const ActivityId> sequence(const Entry& entry) const {
    return std::span(activities_).subspan(entry.begin, entry.size);
  }
  void grow();

  std::vector<Entry> entries_;
  LargeVector<ActivityId> activities_;  ///< all sequences, one behind the other
  LargeVector<std::uint32_t> slots_;    ///< open addressing, at most half full
};

}  // namespace gemba::inline eventlog
