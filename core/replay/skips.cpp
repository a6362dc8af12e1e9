#include "core/replay/skips.h"

namespace gemba {

SkipJudge::SkipJudge(const Process& process, const std::vector<bool>& shown)
    : passages_(process, shown),
      counts_(process.steps.size()),
      skipped_at_(process.steps.size(), nowhere),
      skipped_(process.steps.size(), false) {}

/// The step before `step` from which the case came with the fewest steps left out; the latest of
/// several.
std::optional<StepId> SkipJudge::find_origin(StepId step, const CaseSoFar& so_far) {
  const std::size_t own_last = so_far.last_at[step.index()];
  std::optional<StepId> best;
  std::uint32_t least = 0;
  for (std::size_t i = 0; i < so_far.last_at.size(); ++i) {
    const StepId from(i);
    const std::size_t last = so_far.last_at[i];
    if (last == nowhere || from == step || (own_last != nowhere && last < own_last)) continue;
    const auto distance = passages_.distance(from, step);
    if (!distance) continue;
    const bool later = best && last > so_far.last_at[best->index()];
    if (best && (*distance > least || (*distance == least && !later))) continue;
    best = from;
    least = *distance;
  }
  return best;
}

/// Decides about a step that was missing when it comes after all, at `at`.
void SkipJudge::resolve(StepId step, std::size_t at, const CaseSoFar& so_far) {
  std::size_t& without = skipped_at_[step.index()];
  if (without == nowhere) return;
  std::size_t cause = at;
  while (cause != nowhere && cause > without) cause = so_far.enabled_by[cause];
  if (cause == without) skipped_[step.index()] = true;  // another round
  without = nowhere;
}

void SkipJudge::add(StepId step, std::optional<StepId> enabling, std::size_t at,
                    const CaseSoFar& so_far) {
  resolve(step, at, so_far);
  if (enabling && !passages_.is_behind_join(step)) return;
  const std::optional<StepId> from = enabling ? enabling : find_origin(step, so_far);
  if (!from) return;
  for (const StepId missing : passages_.between(*from, step)) {
    // Not due unless something before it has occurred since it last did.
    if (!find_origin(missing, so_far)) continue;
    // Whatever came without it before is not made good any more.
    std::size_t& without = skipped_at_[missing.index()];
    if (without != nowhere) skipped_[missing.index()] = true;
    without = at;
    touched_.push_back(missing);
  }
}

void SkipJudge::end_case(const std::vector<std::size_t>& last_at) {
  for (const StepId step : touched_) {
    if (!skipped_[step.index()] && skipped_at_[step.index()] == nowhere) continue;
    skipped_[step.index()] = false;
    skipped_at_[step.index()] = nowhere;
    ++counts_[step.index()].cases;
    if (last_at[step.index()] == nowhere) ++counts_[step.index()].never;
  }
  touched_.clear();
}

}  // namespace gemba
