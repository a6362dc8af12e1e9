#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "core/replay/passages.h"

namespace gemba {

/// Position of an instance that does not exist.
inline constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// What is known of a case when one of its instances comes.
struct CaseSoFar {
  const std::vector<std::size_t>& last_at;     ///< by StepId: position of its last occurrence
  const std::vector<std::size_t>& enabled_by;  ///< by position: what the model says enabled it
};

/// In how many cases steps were skipped.
struct SkipCount {
  std::int64_t cases = 0;
  std::int64_t never = 0;  ///< of these, cases in which the step does not occur at all
};

/// Finds the steps that cases skip: a case goes from a step before one to a step after it, and
/// every path of the flow between the two passes it.
///
/// A step that nothing enabled was reached from the step before it, since it last occurred itself,
/// that leaves the fewest steps out. What occurs later after all, and not as a consequence, came in
/// another order and was not skipped.
class SkipJudge {
 public:
  SkipJudge(const Process& process, const std::vector<bool>& shown);

  /// Adds the instance of the current case at position `at`, which is not yet in `so_far.last_at`.
  /// `enabling` is the step of what enabled it.
  void add(StepId step, std::optional<StepId> enabling, std::size_t at, const CaseSoFar& so_far);
  /// `last_at` as in `CaseSoFar`. What is added next belongs to another case.
  void end_case(const std::vector<std::size_t>& last_at);

  /// By StepId.
  const std::vector<SkipCount>& counts() const { return counts_; }

 private:
  std::optional<StepId> find_origin(StepId step, const CaseSoFar& so_far);
  void resolve(StepId step, std::size_t at, const CaseSoFar& so_far);

  Passages passages_;
  std::vector<SkipCount> counts_;

  // Of the current case.
  std::vector<std::size_t> skipped_at_;  ///< by StepId: the instance that came without it
  std::vector<bool> skipped_;            ///< by StepId: for certain
  std::vector<StepId> touched_;          ///< steps that may have either of these
};

}  // namespace gemba
