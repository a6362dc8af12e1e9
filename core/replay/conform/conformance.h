#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/model/process.h"
#include "core/replay/cases/variant_table.h"
#include "core/replay/conform/alignment.h"
#include "core/replay/conform/deviation.h"

namespace gemba::inline replay {

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
  std::int64_t fitting_cases = 0;   ///< that go as the process says: their alignment costs nothing
  std::int64_t breaking_cases = 0;  ///< with a deviation that was found otherwise
  std::int64_t bounded_cases = 0;   ///< of variants for which the search gave up
  double log_fitness = 0;           ///< 1 − Σ cost / Σ (events + shortest run), by cases
  double mean_fitness = 0;          ///< mean over the cases
  std::vector<bool> fits;  ///< by number of the variant in the table: whether it costs nothing
  std::int64_t shortest_run = 0;             ///< fewest visible steps of a case
  std::vector<VariantConformance> variants;  ///< most cases first, then by activities
  std::vector<Deviation> deviations;         ///< most cases first
  std::vector<std::string> not_judged;       ///< what the log lacks to judge all, in words
};

struct ConformanceOptions {
  std::size_t budget = Aligner::default_budget;  ///< states that are looked at for one variant
  /// The net to align with, whose labels are numbers of steps; null for that of the process.
  const LabelledNet* net = nullptr;
};

/// Aligns every variant of a log with a process once. Gateways, starts and ends are silent unless
/// the document names activities for them or the log shows them. Of a net that is given,
/// transitions with a label are visible, and activities that are no transition's name are unknown.
/// The instances of a case stand in the order of their ends. None when no case can come to an end
/// in the process.
///
/// `beside` are deviations that were found otherwise, by key: they are listed with the others.
std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             const VariantTable& variants,
                                             const ConformanceOptions& options,
                                             const std::vector<CaseDeviation>& beside,
                                             std::size_t threads);

/// The same by one thread, for the variants that the log has; `mode` may be `automatic`.
std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             LifecycleMode mode,
                                             const ConformanceOptions& options = {});

}  // namespace gemba::inline replay
