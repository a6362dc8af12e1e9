#include "core/replay/times/busy_time.h"

#include <algorithm>

namespace gemba::inline replay {

BusyTime::BusyTime(std::vector<Micros> borders) : borders_(std::move(borders)) {
  std::sort(borders_.begin(), borders_.end());
  borders_.erase(std::unique(borders_.begin(), borders_.end()), borders_.end());
  next_free_.resize(borders_.size());
  for (std::size_t i = 0; i < next_free_.size(); ++i) {
    next_free_[i] = static_cast<std::uint32_t>(i);
  }
  sums_.assign(borders_.size() + 1, 0);
}

std::size_t BusyTime::next_free(std::size_t cell) {
  while (next_free_[cell] != cell) {
    next_free_[cell] = next_free_[next_free_[cell]];
    cell = next_free_[cell];
  }
  return cell;
}

void BusyTime::add(const Stretch& added) {
  const auto first = std::lower_bound(borders_.begin(), borders_.end(), added.begin);
  auto cell = next_free(static_cast<std::size_t>(first - borders_.begin()));
  while (borders_[cell] < added.end) {
    const Micros length = borders_[cell + 1] - borders_[cell];
    for (std::size_t node = cell + 1; node < sums_.size(); node += node & (~node + 1)) {
      sums_[node] += length;
    }
    next_free_[cell] = static_cast<std::uint32_t>(cell + 1);
    cell = next_free(cell + 1);
  }
}

Micros BusyTime::before(Micros moment) const {
  const auto after = std::upper_bound(borders_.begin(), borders_.end(), moment);
  if (after == borders_.begin()) return 0;
  const auto cell = static_cast<std::size_t>(after - borders_.begin()) - 1;
  Micros covered = next_free_[cell] == cell ? 0 : moment - borders_[cell];
  for (std::size_t node = cell; node > 0; node -= node & (~node + 1)) covered += sums_[node];
  return covered;
}

std::size_t MergedTime::begun_before(Micros moment) const {
  const auto found = std::partition_point(stretches.begin(), stretches.end(),
                                          [&](const Stretch& each) { return each.begin < moment; });
  return static_cast<std::size_t>(found - stretches.begin());
}

Micros MergedTime::before(Micros moment) const {
  const std::size_t begun = begun_before(moment);
  if (begun == 0) return 0;
  const Stretch& last = stretches[begun - 1];
  return sums[begun - 1] + std::min(moment, last.end) - last.begin;
}

MergedTime merge(const std::vector<Stretch>& stretches) {
  MergedTime merged;
  for (const Stretch& each : stretches) {
    if (each.end <= each.begin) continue;
    if (!merged.stretches.empty() && each.begin <= merged.stretches.back().end) {
      merged.stretches.back().end = std::max(merged.stretches.back().end, each.end);
    } else {
      merged.stretches.push_back(each);
    }
  }
  merged.sums.push_back(0);
  for (const Stretch& each : merged.stretches) {
    merged.sums.push_back(merged.sums.back() + each.end - each.begin);
  }
  return merged;
}

}  // namespace gemba::inline replay
