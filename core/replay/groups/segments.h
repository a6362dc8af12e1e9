#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/replay/cases/activity_map.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/groups/group_collector.h"

namespace gemba::inline replay {

/// The word that stands for who did it, whatever the log calls its column.
inline constexpr std::string_view resource_word = "resource";

/// Collects the figures of each value of a column, case by case.
///
/// Where a column has one value per case, cases belong to their value as a whole. Otherwise, and
/// for resources, each instance belongs to its value, and a case counts wherever it has one.
class SegmentCollector {
 public:
  /// `column` is the name of an attribute of the log, or `resource`. Keeps references. Throws
  /// `UsageError` when the log does not have it, or it has too many values.
  SegmentCollector(const EventLog& log, const CaseData& data, std::string column);

  /// Adds a case; `timings` are by position in `instances`.
  void add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
           std::span<const InstanceTiming> timings);

  /// To be called once; the largest segment first, what has no value last. `totals`, by StepId,
  /// have the limits of the SLAs.
  Segments result(const std::vector<StepProfile>& totals);

  static constexpr std::size_t most_values = 1000;

 private:
  std::size_t group_of(CaseId id, const Instance& instance) const;
  std::size_t values() const;

  const EventLog& log_;
  const CaseData& data_;
  std::string column_;
  std::optional<std::size_t> attribute_;  ///< none: the resource
  bool by_case_ = false;
  std::optional<GroupCollector> groups_;
};

}  // namespace gemba::inline replay
