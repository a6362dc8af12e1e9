#include "core/audit/plan.h"

#include <algorithm>

namespace gemba::inline audit {
namespace {

bool contains(const std::vector<StepId>& steps, StepId wanted) {
  return std::find(steps.begin(), steps.end(), wanted) != steps.end();
}

/// Whether `edit` takes away one of the steps, or does it less often.
bool takes_from(const Edit& edit, const std::vector<StepId>& steps) {
  return std::any_of(steps.begin(), steps.end(), [&](StepId step) {
    return contains(edit.removed, step) ||
           std::any_of(edit.fewer.begin(), edit.fewer.end(),
                       [&](const auto& each) { return each.first == step; });
  });
}

/// What a set of changes is worth.
struct Worth {
  double hours = 0, seconds = 0;
  friend auto operator<=>(const Worth&, const Worth&) = default;
};

Worth worth_of(const Finding& finding) {
  return {finding.saves.hours_per_100_cases, finding.saves.cycle_seconds};
}

/// Finds the best set among findings that conflict with each other.
class Choice {
 public:
  Choice(const std::vector<Finding>& findings, std::vector<std::size_t> group)
      : findings_(findings), group_(std::move(group)) {}

  std::vector<std::size_t> best() {
    constexpr std::size_t most = 16;
    if (group_.size() > most) return greedy();
    try_from(0, {});
    return best_;
  }

 private:
  bool fits(std::size_t finding) const {
    return std::none_of(chosen_.begin(), chosen_.end(), [&](std::size_t other) {
      return conflict(findings_[finding].change.edit, findings_[other].change.edit);
    });
  }

  std::vector<std::size_t> greedy() {
    for (const std::size_t finding : group_) {
      if (fits(finding)) chosen_.push_back(finding);
    }
    return chosen_;
  }

  void try_from(std::size_t at, Worth worth) {
    if (at == group_.size()) {
      if (best_.empty() || worth > best_worth_) {
        best_ = chosen_;
        best_worth_ = worth;
      }
      return;
    }
    if (fits(group_[at])) {
      const Worth own = worth_of(findings_[group_[at]]);
      chosen_.push_back(group_[at]);
      try_from(at + 1, {worth.hours + own.hours, worth.seconds + own.seconds});
      chosen_.pop_back();
    }
    try_from(at + 1, worth);
  }

  const std::vector<Finding>& findings_;
  std::vector<std::size_t> group_;
  std::vector<std::size_t> chosen_, best_;
  Worth best_worth_;
};

/// Findings that conflict with each other, directly or over others, in one group each.
std::vector<std::vector<std::size_t>> groups_of(const std::vector<Finding>& findings) {
  std::vector<std::size_t> with_change;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!findings[i].change.edit.changes_nothing()) with_change.push_back(i);
  }
  std::vector<bool> taken(findings.size(), false);
  std::vector<std::vector<std::size_t>> groups;
  for (const std::size_t first : with_change) {
    if (taken[first]) continue;
    taken[first] = true;
    std::vector<std::size_t> group{first};
    for (std::size_t at = 0; at < group.size(); ++at) {
      for (const std::size_t other : with_change) {
        if (taken[other] ||
            !conflict(findings[group[at]].change.edit, findings[other].change.edit)) {
          continue;
        }
        taken[other] = true;
        group.push_back(other);
      }
    }
    std::sort(group.begin(), group.end());
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

bool conflict(const Edit& a, const Edit& b) {
  return takes_from(a, b.kept) || takes_from(b, a.kept);
}

std::vector<std::size_t> best_plan(const std::vector<Finding>& findings) {
  std::vector<std::size_t> plan;
  for (std::vector<std::size_t>& group : groups_of(findings)) {
    const std::vector<std::size_t> best = Choice(findings, std::move(group)).best();
    plan.insert(plan.end(), best.begin(), best.end());
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

}  // namespace gemba::inline audit
