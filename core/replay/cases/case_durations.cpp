#include "core/replay/cases/case_durations.h"

#include <algorithm>

#include "core/base/parallel.h"

namespace gemba::inline replay {

CaseDurations::CaseDurations(const VariantTable& variants, std::size_t threads)
    : variants_(variants), known_(variants.size(), 0), first_ids_(variants.size()) {
  sorted_.reserve(variants.all_cases().size());
  for (const VariantTable::Case& each : variants.all_cases()) {
    ids_ = each.id.index() + 1;
    if (first_ids_[each.variant].size() < most_first) first_ids_[each.variant].push_back(each.id);
    if (each.duration == no_time) continue;
    sorted_.push_back({each.duration, each.variant, each.id});
    ++known_[each.variant];
  }
  const auto shorter = [](const Entry& a, const Entry& b) { return a.duration < b.duration; };
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
  in_parallel(std::min<std::size_t>(threads, 2), [&](std::size_t part) {
    std::sort(part == 0 ? sorted_.begin() : middle,
              part == 0 && threads > 1 ? middle : sorted_.end(), shorter);
  });
  if (threads > 1) std::inplace_merge(sorted_.begin(), middle, sorted_.end(), shorter);
}

/// Of the `count` cases that belong to a group, and of the others, walks up to both medians.
template <class Belongs>
std::optional<double> CaseDurations::extra_median(std::size_t count, Belongs belongs) const {
  const std::size_t others = sorted_.size() - count;
  if (count == 0 || others == 0) return std::nullopt;
  const std::size_t counts[] = {others, count};
  std::size_t seen[] = {0, 0};
  double medians[] = {0, 0};
  for (const Entry& each : sorted_) {
    const std::size_t side = belongs(each) ? 1 : 0;
    const std::size_t at = seen[side]++;
    // The middle one, or half of each of the two in the middle.
    if (at == (counts[side] - 1) / 2) medians[side] += static_cast<double>(each.duration) / 2;
    if (at == counts[side] / 2) medians[side] += static_cast<double>(each.duration) / 2;
    if (seen[0] > counts[0] / 2 && seen[1] > counts[1] / 2) break;
  }
  return (medians[1] - medians[0]) / static_cast<double>(micros_per_second);
}

CaseGroup CaseDurations::group_of(const std::vector<bool>& variants) const {
  CaseGroup group;
  std::size_t known = 0;
  const std::vector<char> belongs(variants.begin(), variants.end());
  for (std::size_t i = 0; i < variants.size(); ++i) {
    if (!variants[i]) continue;
    group.cases += variants_.cases(i);
    known += known_[i];
    group.first.insert(group.first.end(), first_ids_[i].begin(), first_ids_[i].end());
  }
  std::sort(group.first.begin(), group.first.end());
  group.first.resize(std::min(group.first.size(), most_first));
  group.extra_median_seconds =
      extra_median(known, [&](const Entry& each) { return belongs[each.variant] != 0; });
  return group;
}

CaseGroup CaseDurations::group_of(const std::vector<CaseId>& cases) const {
  CaseGroup group;
  group.cases = static_cast<std::int64_t>(cases.size());
  group.first.assign(cases.begin(), cases.begin() + static_cast<std::ptrdiff_t>(
                                                        std::min(cases.size(), most_first)));
  std::vector<bool> belongs(ids_, false);
  for (const CaseId id : cases) belongs[id.index()] = true;
  const auto is_in = [&](const Entry& each) { return bool(belongs[each.id.index()]); };
  const auto known = std::count_if(sorted_.begin(), sorted_.end(), is_in);
  group.extra_median_seconds = extra_median(static_cast<std::size_t>(known), is_in);
  return group;
}

}  // namespace gemba::inline replay
