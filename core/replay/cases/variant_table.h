#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/columns/sequence_hash.h"
#include "core/eventlog/query/instances.h"

namespace gemba::inline replay {

/// The different orders of activities that the cases of a log have.
class VariantTable {
 public:
  VariantTable() = default;

  /// Reads all cases; a case without instances is none. `mode` is resolved.
  VariantTable(const EventLog& log, LifecycleMode mode);

  /// The number of the variant of a case.
  std::uint32_t number_of(const std::vector<Instance>& instances);

  /// Adds a case with its first and last moment; cases come in order.
  void add(CaseId id, std::uint32_t variant,
           const std::optional<std::pair<Micros, Micros>>& extent);

  /// Makes room for so many cases.
  void reserve(std::size_t cases) { all_.reserve(cases); }

  /// Adds the cases of a table of later cases.
  void join(const VariantTable& later);

  std::size_t size() const { return cases_.size(); }
  std::span<const ActivityId> activities(std::size_t variant) const { return *sequences_[variant]; }
  std::int64_t cases(std::size_t variant) const { return cases_[variant]; }

  /// A case: its id, its variant, and its duration, or `no_time`.
  struct Case {
    CaseId id;
    std::uint32_t variant = 0;
    Micros duration = no_time;
  };
  const LargeVector<Case>& all_cases() const { return all_; }

 private:
  using Sequence = std::vector<ActivityId>;
  std::uint32_t number_of(const Sequence& sequence);

  Sequence sequence_;  ///< of the current case; kept to be used again
  std::unordered_map<Sequence, std::uint32_t, SequenceHash> numbers_;
  std::vector<const Sequence*> sequences_;  ///< keys of `numbers_`, which stay where they are
  std::vector<std::int64_t> cases_;
  LargeVector<Case> all_;
};

}  // namespace gemba::inline replay
