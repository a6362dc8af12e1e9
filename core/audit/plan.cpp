#include "core/audit/plan.h"

#include <algorithm>

namespace gemba::inline audit {
namespace {

/// Differences below are rounding.
constexpr double nothing = 1e-9;

template <class T>
bool contains(const std::vector<T>& all, T wanted) {
  return std::find(all.begin(), all.end(), wanted) != all.end();
}

/// Whether one of the pairs is about the step.
template <class T>
bool names(const std::vector<std::pair<StepId, T>>& pairs, StepId step) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [&](const auto& each) { return each.first == step; });
}

/// Whether `edit` takes away one of the steps, or does it less often.
bool takes_from(const Edit& edit, const std::vector<StepId>& steps) {
  return std::any_of(steps.begin(), steps.end(), [&](StepId step) {
    return contains(edit.removed, step) || names(edit.fewer, step);
  });
}

/// Whether `other` changes how long a branch takes, or whose it is, of steps that `edit` puts side
/// by side: the shorter ones are no part of the time only while they are the shorter ones.
bool upsets_branches(const Edit& edit, const Edit& other) {
  if (edit.aside.empty()) return false;
  const auto in_branches = [&](StepId step) {
    return contains(edit.kept, step) || contains(edit.aside, step);
  };
  return std::any_of(other.unwaited.begin(), other.unwaited.end(), in_branches) ||
         std::any_of(other.sooner.begin(), other.sooner.end(),
                     [&](const auto& each) { return in_branches(each.first); }) ||
         std::any_of(other.moved.begin(), other.moved.end(),
                     [&](const auto& each) { return in_branches(each.first); });
}

template <class T>
bool share_a_step(const std::vector<std::pair<StepId, T>>& a,
                  const std::vector<std::pair<StepId, T>>& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& each) { return names(b, each.first); });
}

using Set = std::vector<std::size_t>;

Edit union_of(const std::vector<Finding>& findings, const Set& set) {
  Edit all;
  for (const std::size_t each : set) all.append(findings[each].change.edit);
  return all;
}

/// Finds the best set among findings that conflict with each other or change the same steps.
class Choice {
 public:
  /// `own`: what each finding is worth alone. All sets of up to `most` findings are tried.
  Choice(const std::vector<Finding>& findings, const Worth& worth, const std::vector<double>& own,
         Set group, std::size_t most)
      : findings_(findings), worth_(worth), own_(own), group_(std::move(group)), most_(most) {}

  Set best() {
    if (group_.size() == 1) return group_;
    if (group_.size() > most_) return greedy();
    try_from(0);
    return best_;
  }

 private:
  bool fits(std::size_t finding) const {
    return std::none_of(chosen_.begin(), chosen_.end(), [&](std::size_t other) {
      return conflict(findings_[finding].change.edit, findings_[other].change.edit);
    });
  }

  Set greedy() {
    std::stable_sort(group_.begin(), group_.end(),
                     [&](std::size_t a, std::size_t b) { return own_[a] > own_[b]; });
    for (const std::size_t finding : group_) {
      if (fits(finding)) chosen_.push_back(finding);
    }
    return chosen_;
  }

  void try_from(std::size_t at) {
    if (at == group_.size()) {
      const double worth = worth_(union_of(findings_, chosen_));
      // Of sets that are worth the same the smallest, and of those the first.
      if (best_.empty() || worth > best_worth_ + nothing ||
          (worth > best_worth_ - nothing && chosen_.size() < best_.size() && !chosen_.empty())) {
        best_ = chosen_;
        best_worth_ = worth;
      }
      return;
    }
    if (fits(group_[at])) {
      chosen_.push_back(group_[at]);
      try_from(at + 1);
      chosen_.pop_back();
    }
    try_from(at + 1);
  }

  const std::vector<Finding>& findings_;
  const Worth& worth_;
  const std::vector<double>& own_;
  Set group_;
  std::size_t most_;
  Set chosen_, best_;
  double best_worth_ = 0;
};

/// The parts of a set of findings that hang together by a relation, directly or over others.
template <class Related>
std::vector<Set> parts_of(const Set& all, Related&& related) {
  std::vector<bool> taken(all.size(), false);
  std::vector<Set> parts;
  for (std::size_t first = 0; first < all.size(); ++first) {
    if (taken[first]) continue;
    taken[first] = true;
    Set part{all[first]};
    for (std::size_t at = 0; at < part.size(); ++at) {
      for (std::size_t other = 0; other < all.size(); ++other) {
        if (taken[other] || !related(part[at], all[other])) continue;
        taken[other] = true;
        part.push_back(all[other]);
      }
    }
    std::sort(part.begin(), part.end());
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<StepId> steps_of(const Edit& edit) {
  std::vector<StepId> steps = edit.removed;
  steps.insert(steps.end(), edit.unwaited.begin(), edit.unwaited.end());
  steps.insert(steps.end(), edit.aside.begin(), edit.aside.end());
  for (const auto& [step, part] : edit.fewer) steps.push_back(step);
  for (const auto& [step, part] : edit.sooner) steps.push_back(step);
  for (const auto& [step, role] : edit.moved) steps.push_back(step);
  std::sort(steps.begin(), steps.end());
  return steps;
}

/// Whether two sorted lists have a step in common.
bool overlap(const std::vector<StepId>& a, const std::vector<StepId>& b) {
  auto in_a = a.begin();
  auto in_b = b.begin();
  while (in_a != a.end() && in_b != b.end()) {
    if (*in_a == *in_b) return true;
    *in_a < *in_b ? ++in_a : ++in_b;
  }
  return false;
}

/// Takes out what adds nothing to the rest of the part, the least useful first.
void drop_idle(const std::vector<Finding>& findings, const Worth& worth,
               const std::vector<double>& own, Set& part) {
  if (part.size() == 1) {
    if (own[part.front()] <= nothing) part.clear();
    return;
  }
  Set by_worth = part;
  std::stable_sort(by_worth.begin(), by_worth.end(), [&](std::size_t a, std::size_t b) {
    return own[a] < own[b] || (own[a] == own[b] && a > b);
  });
  double all = worth(union_of(findings, part));
  for (const std::size_t finding : by_worth) {
    Set without = part;
    std::erase(without, finding);
    const double rest = worth(union_of(findings, without));
    if (all > rest + nothing) continue;
    part = std::move(without);
    all = rest;
  }
}

}  // namespace

bool conflict(const Edit& a, const Edit& b) {
  const auto also_removed = [](const Edit& one, const Edit& other) {
    return std::any_of(one.fewer.begin(), one.fewer.end(),
                       [&](const auto& each) { return contains(other.removed, each.first); });
  };
  return takes_from(a, b.kept) || takes_from(b, a.kept) || share_a_step(a.fewer, b.fewer) ||
         share_a_step(a.sooner, b.sooner) || share_a_step(a.moved, b.moved) ||
         upsets_branches(a, b) || upsets_branches(b, a) || also_removed(a, b) || also_removed(b, a);
}

std::vector<std::size_t> best_plan(const std::vector<Finding>& findings, const Worth& worth) {
  Set certain, questions;
  std::vector<std::vector<StepId>> touched(findings.size());
  std::vector<double> own(findings.size(), 0);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].change.edit.changes_nothing()) continue;
    (findings[i].level == Level::info ? questions : certain).push_back(i);
    touched[i] = steps_of(findings[i].change.edit);
    own[i] = worth(findings[i].change.edit);
  }
  const auto conflicting = [&](std::size_t a, std::size_t b) {
    return conflict(findings[a].change.edit, findings[b].change.edit);
  };
  const auto related = [&](std::size_t a, std::size_t b) {
    return conflicting(a, b) || overlap(touched[a], touched[b]);
  };
  // Trying all sets of many changes of a large process would take minutes.
  const std::size_t most = certain.size() <= 40 ? 8 : 3;
  Set plan;
  for (Set& group : parts_of(certain, related)) {
    Set best = Choice(findings, worth, own, std::move(group), most).best();
    drop_idle(findings, worth, own, best);
    plan.insert(plan.end(), best.begin(), best.end());
  }
  std::stable_sort(questions.begin(), questions.end(),
                   [&](std::size_t a, std::size_t b) { return own[a] > own[b]; });
  for (const std::size_t question : questions) {
    if (own[question] <= nothing) break;
    Set near;
    bool fits = true;
    for (const std::size_t each : plan) {
      fits = fits && !conflicting(question, each);
      if (overlap(touched[question], touched[each])) near.push_back(each);
    }
    if (!fits) continue;
    const double before = near.empty() ? 0 : worth(union_of(findings, near));
    near.push_back(question);
    const double after = near.size() == 1 ? own[question] : worth(union_of(findings, near));
    if (after > before + nothing) plan.push_back(question);
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

}  // namespace gemba::inline audit
