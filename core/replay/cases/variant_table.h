#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/eventlog/query/instances.h"
#include "core/eventlog/query/variants.h"

namespace gemba::inline replay {

/// The different orders of activities that the cases of a log have.
class VariantTable {
 public:
  VariantTable() = default;

  /// Reads all cases; a case without instances is none. `mode` is resolved.
  VariantTable(const EventLog& log, LifecycleMode mode);

  /// The number of the variant of a case: how many different ones came before it.
  std::uint32_t number_of(const std::vector<Instance>& instances);

  /// Adds a case with its first and last moment; cases come in order.
  void add(CaseId id, std::uint32_t variant,
           const std::optional<std::pair<Micros, Micros>>& extent);

  /// Makes room for so many cases.
  void reserve(std::size_t cases) { all_.reserve(cases); }

  /// Adds the cases of a table of later cases.
  void join(const VariantTable& later);

  std::size_t size() const { return static_cast<std::size_t>(index_.count()); }
  std::span<const ActivityId> activities(std::size_t variant) const {
    return index_.sequence(static_cast<std::uint32_t>(variant));
  }
  std::int64_t cases(std::size_t variant) const {
    return index_.cases(static_cast<std::uint32_t>(variant));
  }

  /// A case: its id, its variant, and its duration, or `no_time`.
  struct Case {
    CaseId id;
    std::uint32_t variant = 0;
    Micros duration = no_time;
  };
  const LargeVector<Case>& all_cases() const { return all_; }

 private:
  std::vector<ActivityId> sequence_;  ///< of the current case; kept to be used again
  VariantIndex index_;
  LargeVector<Case> all_;
};

}  // namespace gemba::inline replay
