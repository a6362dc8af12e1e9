#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/instances.h"
#include "core/model/process.h"
#include "core/replay/alignment.h"

namespace gemba {

/// How a case departs from the process.
enum class DeviationKind : std::uint8_t {
  skipped,    ///< the process demands the step, and the case does not have it
  inserted,   ///< the case has the step where the process does not allow it
  swapped,    ///< the case has the step, but not where the process wants it: both of the above
  unknown,    ///< an activity that no step claims
  unfinished  ///< the case stops before the step: nothing follows as the process says
};

/// `skipped`, `inserted` …
std::string_view to_string(DeviationKind kind);

/// A way to depart from the process, over all cases.
struct Deviation {
  DeviationKind kind = DeviationKind::skipped;
  std::optional<StepId> step;  ///< none for an unknown activity
  std::string activity;        ///< name of the step, or of the unknown activity
  std::int64_t cases = 0;
  double share = 0;  ///< of all cases
  /// Median duration of the cases with it less that of those without; none when the log has no
  /// times, or all cases have it.
  std::optional<double> extra_median_seconds;
};

/// Cases with the same activities in the same order.
struct VariantConformance {
  std::vector<ActivityId> activities;
  std::int64_t cases = 0;
  std::int64_t cost = 0;  ///< of an optimal alignment; of the best one found when not `exact`
  double fitness = 0;     ///< 1 − cost / (events + shortest run); a lower bound when not `exact`
  bool exact = true;
};

/// A log held against a process: what fits, and what does not.
struct Conformance {
  std::int64_t cases = 0;
  std::int64_t fitting_cases = 0;  ///< without any deviation
  std::int64_t bounded_cases = 0;  ///< of variants for which the search gave up
  double log_fitness = 0;          ///< 1 − Σ cost / Σ (events + shortest run), by cases
  double mean_fitness = 0;         ///< mean over the cases
  std::int64_t shortest_run = 0;   ///< fewest visible steps of a case
  std::vector<VariantConformance> variants;  ///< most cases first, then by activities
  std::vector<Deviation> deviations;         ///< most cases first
};

struct ConformanceOptions {
  std::size_t threads = 1;
  std::size_t budget = Aligner::default_budget;  ///< states that are looked at for one variant
};

/// Aligns every variant of a log with a process once. Gateways, starts and ends are silent unless
/// the document names activities for them or the log shows them. The instances of a case stand in
/// the order of their ends. None when no case can come to an end in the process.
std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             LifecycleMode mode,
                                             const ConformanceOptions& options = {});

}  // namespace gemba
