#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/replay/cases/variant_table.h"

namespace gemba::inline replay {

/// Some cases, and how they differ from the others.
struct CaseGroup {
  std::int64_t cases = 0;
  std::vector<CaseId> first;  ///< at most 5 of them, in the order of the log
  /// Median duration less that of the other cases; none when one of the two is not known.
  std::optional<double> extra_median_seconds;
};

/// The cases of a log in the order of their durations: to compare some with the others takes a walk
/// over half of them.
class CaseDurations {
 public:
  /// Keeps a reference to the table. Sorts by at most so many threads.
  CaseDurations(const VariantTable& variants, std::size_t threads);

  /// The cases of some variants.
  CaseGroup group_of(const std::vector<bool>& variants) const;

  /// These cases, which are in order.
  CaseGroup group_of(const std::vector<CaseId>& cases) const;

 private:
  static constexpr std::size_t most_first = 5;

  struct Entry {
    Micros duration = 0;
    std::uint32_t variant = 0;
    CaseId id;
  };

  template <class Belongs>
  std::optional<double> extra_median(std::size_t count, Belongs belongs) const;

  const VariantTable& variants_;
  LargeVector<Entry> sorted_;                   ///< cases whose duration is known
  std::vector<std::size_t> known_;              ///< by variant: how many these are
  std::vector<std::vector<CaseId>> first_ids_;  ///< by variant: its first cases
  std::size_t ids_ = 0;                         ///< above every CaseId
};

}  // namespace gemba::inline replay
