#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace gemba::inline replay {

/// How a case departs from the process. An optimal alignment tells the first five, the data of the
/// case the others.
enum class DeviationKind : std::uint8_t {
  skipped,         ///< the process demands the step, and the case does not have it
  inserted,        ///< the case has the step where the process does not allow it
  swapped,         ///< the case has the step, but not where the process wants it: both of the above
  unknown,         ///< an activity that no step claims
  unfinished,      ///< the case stops before the step: nothing follows as the process says
  forbidden_path,  ///< the case took a flow whose condition its data contradict
  over_authority,  ///< an approval of an amount above what its role may decide
  same_person      ///< an approval by somebody whose own work it is about
};

/// `skipped`, `forbidden path` …
std::string_view to_string(DeviationKind kind);

/// What a case may deviate in.
struct DeviationKey {
  DeviationKind kind = DeviationKind::skipped;
  std::uint32_t subject =
      0;  ///< a step; an activity when it is unknown; the flow of a forbidden path
  friend auto operator<=>(const DeviationKey&, const DeviationKey&) = default;
};

/// Cases that deviate in the same thing.
struct CaseDeviation {
  DeviationKey key;
  std::vector<CaseId> cases;  ///< in order
};

/// A way to depart from the process, over all cases.
struct Deviation {
  DeviationKind kind = DeviationKind::skipped;
  std::optional<StepId>
      step;  ///< of a forbidden path, where it leads; none for an unknown activity
  std::optional<FlowId> flow;  ///< of a forbidden path: the flow with the condition
  std::string activity;        ///< name of the step, or of the unknown activity
  std::int64_t cases = 0;
  double share = 0;  ///< of all cases
  /// Median duration of the cases with it less that of those without; none when the log has no
  /// times, or all cases have it.
  std::optional<double> extra_median_seconds;
  std::vector<CaseId> examples;         ///< the first of its cases
  std::optional<std::string> accepted;  ///< somebody accepts it, and why; empty: nobody said
};

}  // namespace gemba::inline replay
