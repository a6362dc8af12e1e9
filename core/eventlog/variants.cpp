#include "core/eventlog/variants.h"

#include <algorithm>
#include <functional>

namespace gemba {

std::int64_t VariantTrie::count() const {
  return std::count_if(cases_.begin(), cases_.end(), [](std::int64_t cases) { return cases > 0; });
}

std::vector<ActivityId> VariantTrie::sequence(std::uint32_t node) const {
  std::vector<ActivityId> activities;
  for (; node != root; node = children_[node].first)
    activities.emplace_back(children_[node].second);
  std::reverse(activities.begin(), activities.end());
  return activities;
}

std::vector<Variant> VariantTrie::top(std::size_t most, const StringPool& activities) const {
  std::vector<std::int64_t> counts;
  for (const std::int64_t cases : cases_) {
    if (cases > 0) counts.push_back(cases);
  }
  most = std::min(most, counts.size());
  if (most == 0) return {};
  std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(most - 1),
                   counts.end(), std::greater<>());
  const std::int64_t least = counts[most - 1];

  std::vector<Variant> candidates;
  for (std::uint32_t node = 0; node < cases_.size(); ++node) {
    if (cases_[node] >= least) candidates.push_back({sequence(node), cases_[node]});
  }
  const auto by_name = [&](ActivityId a, ActivityId b) {
    return activities[a.value] < activities[b.value];
  };
  const auto ranks_before = [&](const Variant& a, const Variant& b) {
    if (a.cases != b.cases) return a.cases > b.cases;
    return std::lexicographical_compare(a.activities.begin(), a.activities.end(),
                                        b.activities.begin(), b.activities.end(), by_name);
  };
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most),
                    candidates.end(), ranks_before);
  candidates.resize(most);
  return candidates;
}

}  // namespace gemba
