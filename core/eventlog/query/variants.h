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
  /// The number of a sequence, which is not empty: how many different ones came before it. One
  /// that is new gets its number and no cases.
  std::uint32_t number_of(std::span<const ActivityId> sequence);

  /// Counts cases with the sequence of a number.
  void count_cases(std::uint32_t number, std::int64_t cases) { entries_[number].cases += cases; }

  /// Counts `cases` cases with a sequence, which is not empty.
  void add(std::span<const ActivityId> sequence, std::int64_t cases = 1) {
    count_cases(number_of(sequence), cases);
  }

  /// Counts the cases of another index as well.
  void add(const VariantIndex& other);

  /// Number of different sequences.
  std::int64_t count() const { return static_cast<std::int64_t>(entries_.size()); }

  /// The sequence of a number; good until another sequence is added.
  std::span<const ActivityId> sequence(std::uint32_t number) const {
    return sequence(entries_[number]);
  }

  /// How many cases have the sequence of a number.
  std::int64_t cases(std::uint32_t number) const { return entries_[number].cases; }

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
