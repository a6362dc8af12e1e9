#include "core/replay/times/waiting_causes.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>

#include "core/base/parallel.h"
#include "core/replay/times/busy_time.h"
#include "core/replay/times/working_time.h"

namespace gemba::inline replay {
namespace {

// Sums of microseconds outgrow 64 bits: 5 million times three weeks does.
__extension__ using Int128 = __int128;

using Items = std::span<const WorkItem>;

/// Causes of one wait.
struct Pieces {
  Micros batching = 0, contention = 0, prioritisation = 0, unavailability = 0, extraneous = 0;
};

/// Exact sums, so that the order of adding does not matter.
struct Tally {
  std::int64_t instances = 0, with_resource = 0;
  Int128 batching = 0, contention = 0, prioritisation = 0, unavailability = 0, extraneous = 0;

  void add(const Pieces& pieces, bool has_resource) {
    ++instances;
    if (has_resource) ++with_resource;
    batching += pieces.batching;
    contention += pieces.contention;
    prioritisation += pieces.prioritisation;
    unavailability += pieces.unavailability;
    extraneous += pieces.extraneous;
  }

  void join(const Tally& other) {
    instances += other.instances;
    with_resource += other.with_resource;
    batching += other.batching;
    contention += other.contention;
    prioritisation += other.prioritisation;
    unavailability += other.unavailability;
    extraneous += other.extraneous;
  }

  WaitingCauses result() const {
    const auto seconds = [](Int128 micros) {
      return static_cast<double>(micros) / static_cast<double>(micros_per_second);
    };
    return {.instances = instances,
            .with_resource = with_resource,
            .batching = seconds(batching),
            .contention = seconds(contention),
            .prioritisation = seconds(prioritisation),
            .unavailability = seconds(unavailability),
            .extraneous = seconds(extraneous)};
  }
};

/// The moment that decides who was first.
Micros queued_at(const WorkItem& item) {
  return item.enabled == no_time ? item.start : std::min(item.enabled, item.start);
}

/// Time outside of a calendar's hours; nothing when `end` is not later.
Micros closed(WorkingClock& clock, Micros begin, Micros end) {
  return end <= begin ? 0 : end - begin - clock.between(begin, end).micros;
}

/// Busy time of a resource, and how much of it lies outside of the hours of a calendar.
class BusyHours {
 public:
  explicit BusyHours(Items items) : merged_(merge(stretches_of(items))) {}

  Micros between(Micros begin, Micros end) const {
    return merged_.before(end) - merged_.before(begin);
  }

  Micros closed_between(CalendarId calendar, WorkingClock& clock, Micros begin, Micros end) {
    return closed_before(calendar, clock, end) - closed_before(calendar, clock, begin);
  }

 private:
  static std::vector<Stretch> stretches_of(Items items) {
    std::vector<Stretch> stretches;
    for (const WorkItem& each : items) {
      if (each.end != no_time) stretches.push_back({each.start, each.end});
    }
    return stretches;
  }

  Micros closed_before(CalendarId calendar, WorkingClock& clock, Micros moment) {
    const std::vector<Micros>& sums = closed_sums(calendar, clock);
    const std::size_t begun = merged_.begun_before(moment);
    if (begun == 0) return 0;
    const Stretch& last = merged_.stretches[begun - 1];
    if (moment >= last.end) return sums[begun];
    return sums[begun - 1] + closed(clock, last.begin, moment);
  }

  /// Closed time of the first i stretches.
  const std::vector<Micros>& closed_sums(CalendarId calendar, WorkingClock& clock) {
    for (const auto& [known, sums] : closed_sums_) {
      if (known == calendar) return sums;
    }
    std::vector<Micros> sums = {0};
    for (const Stretch& each : merged_.stretches) {
      sums.push_back(sums.back() + closed(clock, each.begin, each.end));
    }
    return closed_sums_.emplace_back(calendar, std::move(sums)).second;
  }

  MergedTime merged_;
  std::vector<std::pair<CalendarId, std::vector<Micros>>> closed_sums_;
};

/// Where the batch that begins with the first of the items ends; 1 when that one stands alone.
std::size_t batch_size(Items items, Micros gap) {
  if (!has_wait(items.front()) || items.front().enabled > items.front().start) return 1;
  std::size_t size = 1;
  for (; size < items.size(); ++size) {
    const WorkItem& before = items[size - 1];
    const WorkItem& next = items[size];
    if (next.step != before.step || !has_wait(next) || next.enabled > items.front().start) break;
    const bool follows =
        before.end != no_time && next.start >= before.end && next.start - before.end <= gap;
    if (next.start != before.start && !follows) break;
  }
  return size;
}

/// By item of a resource: the moment up to which it waits for its batch; its enabled moment when it
/// is in none.
std::vector<Micros> batches_ready(Items items, Micros gap) {
  std::vector<Micros> ready;
  while (ready.size() < items.size()) {
    const Items rest = items.subspan(ready.size());
    const Items batch = rest.first(batch_size(rest, gap));
    Micros last = no_time;
    for (const WorkItem& each : batch) last = std::max(last, each.enabled);
    ready.insert(ready.end(), batch.size(), last);
  }
  return ready;
}

/// By item of a resource: how long, from `ready` until it started, the resource was busy with what
/// had been enabled no later.
std::vector<Micros> contention_of(Items items, const std::vector<Micros>& ready) {
  std::vector<std::uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(queued_at(items[a]), a) < std::pair(queued_at(items[b]), b);
  });
  std::vector<Micros> borders;
  for (const WorkItem& each : items) {
    if (each.end > each.start) borders.insert(borders.end(), {each.start, each.end});
  }
  BusyTime busy(std::move(borders));
  std::vector<Micros> contention(items.size(), 0);
  std::size_t added = 0;
  for (const std::uint32_t at : order) {
    for (; added < order.size(); ++added) {
      const WorkItem& other = items[order[added]];
      if (queued_at(other) > queued_at(items[at])) break;
      if (other.end > other.start) busy.add({other.start, other.end});
    }
    if (!has_wait(items[at]) || ready[at] >= items[at].start) continue;
    contention[at] = busy.before(items[at].start) - busy.before(ready[at]);
  }
  return contention;
}

/// Judges every wait and adds it up.
class Judge {
 public:
  explicit Judge(const Process& process)
      : clocks_(process.definitions.calendars.size()),
        calendar_of_(process.steps.size()),
        steps_(process.steps.size()) {
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      const std::optional<RoleId> role = process.steps[i].role;
      if (!role) continue;
      calendar_of_[i] = process.definitions[*role].calendar;
      if (!calendar_of_[i]) continue;
      std::optional<WorkingClock>& clock = clocks_[calendar_of_[i]->index()];
      if (!clock) clock.emplace(process.definitions[*calendar_of_[i]]);
    }
  }

  void judge_unattended(const WorkItem& item) {
    if (!has_wait(item)) return;
    Pieces pieces;
    if (item.start > item.enabled) {
      if (const auto calendar = calendar_of_[item.step.index()]) {
        pieces.unavailability = closed(*clocks_[calendar->index()], item.enabled, item.start);
      }
      pieces.extraneous = item.start - item.enabled - pieces.unavailability;
    }
    add(item, pieces);
  }

  /// `items`: everything that one resource did, by start.
  void judge_resource(Items items, Micros gap) {
    const std::vector<Micros> ready = batches_ready(items, gap);
    const std::vector<Micros> contention = contention_of(items, ready);
    BusyHours busy(items);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const WorkItem& item = items[i];
      if (!has_wait(item)) continue;
      Pieces pieces;
      if (item.start > item.enabled) {
        pieces.batching = ready[i] - item.enabled;
        pieces.contention = contention[i];
        split_rest(item, ready[i], busy, pieces);
      }
      add(item, pieces);
    }
  }

  void join(const Judge& other) {
    for (std::size_t i = 0; i < steps_.size(); ++i) steps_[i].join(other.steps_[i]);
    for (const auto& [key, tally] : other.edges_) edges_[key].join(tally);
  }

  WaitingProfile result() const {
    WaitingProfile profile;
    for (const Tally& tally : steps_) profile.steps.push_back(tally.result());
    for (const auto& [key, tally] : edges_) {
      WaitingEdge edge;
      edge.from.value = static_cast<std::uint32_t>(key >> 32U);
      edge.to.value = static_cast<std::uint32_t>(key);
      edge.causes = tally.result();
      profile.edges.push_back(edge);
    }
    std::sort(profile.edges.begin(), profile.edges.end(), [](const auto& a, const auto& b) {
      return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    return profile;
  }

 private:
  /// What is neither batching nor contention.
  void split_rest(const WorkItem& item, Micros ready, BusyHours& busy, Pieces& pieces) {
    const Micros busy_time = busy.between(ready, item.start);
    pieces.prioritisation = busy_time - pieces.contention;
    if (const auto calendar = calendar_of_[item.step.index()]) {
      WorkingClock& clock = *clocks_[calendar->index()];
      pieces.unavailability = closed(clock, ready, item.start) -
                              busy.closed_between(*calendar, clock, ready, item.start);
    }
    pieces.extraneous = item.start - ready - busy_time - pieces.unavailability;
  }

  void add(const WorkItem& item, const Pieces& pieces) {
    const bool has_resource = item.resource != no_resource;
    steps_[item.step.index()].add(pieces, has_resource);
    if (item.from == no_step) return;
    edges_[(std::uint64_t{item.from.value} << 32U) | item.step.value].add(pieces, has_resource);
  }

  std::vector<std::optional<WorkingClock>> clocks_;     ///< by CalendarId: of those that are used
  std::vector<std::optional<CalendarId>> calendar_of_;  ///< by StepId
  std::vector<Tally> steps_;                            ///< by StepId
  std::unordered_map<std::uint64_t, Tally> edges_;      ///< by `from << 32 | to`
};

void sort_by_resource(LargeVector<WorkItem>& items, std::size_t threads) {
  const auto before = [](const WorkItem& a, const WorkItem& b) {
    return std::tie(a.resource, a.start, a.end, a.number) <
           std::tie(b.resource, b.start, b.end, b.number);
  };
  if (threads == 1) return std::sort(items.begin(), items.end(), before);
  const auto middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  in_parallel(2, [&](std::size_t half) {
    std::sort(half == 0 ? items.begin() : middle, half == 0 ? middle : items.end(), before);
  });
  std::inplace_merge(items.begin(), middle, items.end(), before);
}

/// The items of each resource, and those without one.
std::vector<Items> stretches_by_resource(const LargeVector<WorkItem>& items) {
  std::vector<Items> stretches;
  for (auto begin = items.cbegin(); begin != items.cend();) {
    const auto end = std::find_if(begin, items.cend(), [&](const WorkItem& each) {
      return each.resource != begin->resource;
    });
    stretches.emplace_back(begin, end);
    begin = end;
  }
  return stretches;
}

}  // namespace

WaitingProfile waiting_causes(const Process& process, LargeVector<WorkItem> items, Micros gap,
                              std::size_t threads) {
  for (WorkItem& each : items) {
    if (each.step != no_step && process.is_external(process[each.step]))
      each.resource = no_resource;
  }
  threads = threads_for(items.size(), threads);
  sort_by_resource(items, threads);
  const std::vector<Items> stretches = stretches_by_resource(items);
  std::vector<Judge> judges(threads, Judge(process));
  std::atomic<std::size_t> next = 0;
  in_parallel(threads, [&](std::size_t thread) {
    for (std::size_t i = next++; i < stretches.size(); i = next++) {
      if (stretches[i].front().resource != no_resource) {
        judges[thread].judge_resource(stretches[i], gap);
      } else {
        for (const WorkItem& each : stretches[i]) judges[thread].judge_unattended(each);
      }
    }
  });
  for (std::size_t thread = 1; thread < threads; ++thread) judges.front().join(judges[thread]);
  return judges.front().result();
}

}  // namespace gemba::inline replay
