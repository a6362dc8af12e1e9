#include "core/audit/settle.h"

#include <algorithm>
#include <optional>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {
namespace {

constexpr int last_rank = 4;

/// The place of a finding among those that speak of the same approval; none for all others.
std::optional<int> rank_of(const Finding& finding) {
  const Code code = finding.about->code;
  if (code == heuristics::approval_threshold.about.code) return finding.limits.empty() ? 2 : 0;
  // A limit is a better question than who else could decide.
  if (code == heuristics::mandatory_approval.about.code)
    return finding.change.edit.changes_nothing() ? 3 : 1;
  if (code == heuristics::approval_bottleneck.about.code) return last_rank;
  return std::nullopt;
}

/// Whether the second need not be said beside the first.
bool outweighs(const Finding& first, const Finding& second) {
  const auto a = rank_of(first);
  const auto b = rank_of(second);
  if (!a || !b || first.steps.front() != second.steps.front() || *a == *b) return false;
  if (*b == last_rank) return true;
  return *a < *b ? first.level >= second.level : *a < last_rank && first.level > second.level;
}

}  // namespace

void settle_approvals(std::vector<Finding>& found) {
  std::vector<bool> needless(found.size(), false);
  std::vector<std::size_t> ranked;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (rank_of(found[i])) ranked.push_back(i);
  }
  for (const std::size_t i : ranked) {
    needless[i] = std::any_of(ranked.begin(), ranked.end(),
                              [&](std::size_t other) { return outweighs(found[other], found[i]); });
  }
  std::size_t at = 0;
  std::erase_if(found, [&](const Finding&) { return needless[at++]; });
}

}  // namespace gemba::inline audit
