#include "core/eventlog/query/variants.h"

#include <algorithm>
#include <functional>

namespace gemba::inline eventlog {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;
constexpr std::size_t initial_slots = 256;

// Two activities at a time: each step has to wait for the one before.
std::uint64_t hash_of(std::span<const ActivityId> sequence) {
  std::uint64_t hash = sequence.size();
  const auto take = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  };
  std::size_t at = 0;
  for (; at + 1 < sequence.size(); at += 2)
    take(std::uint64_t{sequence[at].value} << 32U | sequence[at + 1].value);
  if (at < sequence.size()) take(sequence[at].value);
  return hash ^ hash >> 32U;
}

}  // namespace

std::uint32_t VariantIndex::number_of(std::span<const ActivityId> sequence) {
  if (slots_.empty()) slots_.assign(initial_slots, none);
  const std::uint64_t hash = hash_of(sequence);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at] != none; at = (at + 1) & mask) {
    const Entry& entry = entries_[slots_[at]];
    // Equal hashes of different sequences are unlikely, not impossible.
    if (entry.hash == hash && entry.size == sequence.size() &&
        std::equal(sequence.begin(), sequence.end(),
                   activities_.begin() + static_cast<std::ptrdiff_t>(entry.begin)))
      return slots_[at];
  }
  const auto number = static_cast<std::uint32_t>(entries_.size());
  slots_[at] = number;
  entries_.push_back({.hash = hash,
                      .begin = activities_.size(),
                      .size = static_cast<std::uint32_t>(sequence.size()),
                      .cases = 0});
  activities_.insert(activities_.end(), sequence.begin(), sequence.end());
  if (entries_.size() * 2 > slots_.size()) grow();
  return number;
}

void VariantIndex::add(const VariantIndex& other) {
  for (const Entry& entry : other.entries_) add(other.sequence(entry), entry.cases);
}

void VariantIndex::grow() {
  slots_.assign(slots_.size() * 2, none);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t number = 0; number < entries_.size(); ++number) {
    std::size_t at = entries_[number].hash & mask;
    while (slots_[at] != none) at = (at + 1) & mask;
    slots_[at] = number;
  }
}

std::vector<Variant> VariantIndex::top(std::size_t most, const StringPool& activities) const {
  most = std::min(most, entries_.size());
  if (most == 0) return {};
  std::vector<std::int64_t> counts;
  for (const Entry& entry : entries_) counts.push_back(entry.cases);
  std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(most - 1),
                   counts.end(), std::greater<>());
  const std::int64_t least = counts[most - 1];

  std::vector<const Entry*> candidates;
  for (const Entry& entry : entries_) {
    if (entry.cases >= least) candidates.push_back(&entry);
  }
  const auto by_name = [&](ActivityId a, ActivityId b) {
    return activities[a.value] < activities[b.value];
  };
  const auto ranks_before = [&](const Entry* a, const Entry* b) {
    if (a->cases != b->cases) return a->cases > b->cases;
    const auto left = sequence(*a);
    const auto right = sequence(*b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                        by_name);
  };
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(most),
                    candidates.end(), ranks_before);
  std::vector<Variant> variants;
  for (std::size_t index = 0; index < most; ++index) {
    const auto own = sequence(*candidates[index]);
    variants.push_back({{own.begin(), own.end()}, candidates[index]->cases});
  }
  return variants;
}

}  // namespace gemba::inline eventlog
