#include "core/eventlog/case_counter.h"

#include <algorithm>
#include <tuple>

namespace gemba {

CaseCounter::CaseCounter(const EventLog& log, LifecycleMode mode, bool interval)
    : activities(log.activities.size()),
      edge_index(log.activities.size()),
      handover_index(log.resources.size() + 1),
      resources_seen(log.resources.size()),
      log_(log),
      mode_(mode),
      interval_(interval) {}

void CaseCounter::take(CaseId id) {
  const EventRange range = log_.events_of(id);
  if (range.empty()) return;
  count_ties(range);
  instances_of(log_, range, mode_, buffer_);
  other_events += buffer_.other_events;
  const std::vector<Instance>& instances = buffer_.instances;
  if (instances.empty()) {
    ++empty_cases;
    return;
  }
  if (interval_) completes_unpaired += buffer_.completes_unpaired;
  ++cases;
  events += static_cast<std::int64_t>(instances.size());
  sequence_.clear();
  const Instance* before = nullptr;
  for (const Instance& instance : instances) {
    take_instance(id.value, instance);
    if (before != nullptr) take_pair(id.value, *before, instance);
    sequence_.push_back(instance.activity);
    before = &instance;
  }
  variants.add(sequence_);
  ++activities[sequence_.front().index()].starts;
  ++activities[sequence_.back().index()].ends;
  take_span(instances);
}

void CaseCounter::take_instance(std::uint32_t number, const Instance& instance) {
  ActivityTally& activity = activities[instance.activity.index()];
  ++activity.events;
  if (activity.last_case != number) {
    activity.last_case = number;
    ++activity.cases;
  } else if (activity.rework_case != number) {
    activity.rework_case = number;
    ++activity.rework_cases;
  }
  if (instance.open) ++open_instances;
  if (instance.resource != no_resource) resources_seen[instance.resource.index()] = 1;
  if (!interval_) return;
  if (const auto service = instance.service()) activity.service.push_back(*service, memory_);
}

void CaseCounter::append(Durations& durations, Micros later, Micros earlier) {
  if (later != no_time && earlier != no_time) durations.push_back(later - earlier, memory_);
}

void CaseCounter::take_pair(std::uint32_t number, const Instance& before, const Instance& after) {
  const std::uint32_t edge_number = edge_index(before.activity.value, after.activity.value);
  if (edge_number == edges.size()) edges.emplace_back();
  EdgeTally& edge = edges[edge_number];
  ++edge.count;
  if (edge.last_case != number) {
    edge.last_case = number;
    ++edge.cases;
  }
  append(edge.seconds, after.start != no_time ? after.start : after.end, before.end);
  if (interval_) {
    // Where the log has one time per event the sojourn times are those of the edges.
    ActivityTally& activity = activities[after.activity.index()];
    append(activity.waiting, after.start, before.end);
    append(activity.sojourn, after.end, before.end);
  }
  static_assert(no_resource.value + 1U == 0, "one higher, the unknown resource is 0");
  const std::uint32_t handover =
      handover_index(before.resource.value + 1U, after.resource.value + 1U);
  if (handover == handovers.size()) handovers.push_back(0);
  ++handovers[handover];
}

void CaseCounter::take_span(const std::vector<Instance>& instances) {
  const Micros last = instances.back().moment();
  Micros first = instances.front().moment();
  if (first == no_time || last == no_time) return;
  if (interval_) {
    for (const Instance& instance : instances) {
      if (instance.start != no_time) first = std::min(first, instance.start);
    }
  }
  case_durations.push_back(last - first, memory_);
  moments.add(first);
  moments.add(last);
  arrivals.add(first);
}

void CaseCounter::count_ties(EventRange range) {
  if (!log_.has_times()) return;
  const Micros* const time = log_.time.data();
  for (std::uint32_t begin = range.begin; begin < range.end;) {
    std::uint32_t end = begin + 1;
    while (end < range.end && time[end] == time[begin]) ++end;
    if (end - begin > 1) count_duplicates({begin, end});
    begin = end;
  }
}

// Events that are equal in all that is counted follow each other once the tied ones are sorted.
void CaseCounter::count_duplicates(EventRange tied) {
  equal_times += static_cast<std::int64_t>(tied.size()) - 1;
  using Rest = std::tuple<std::uint32_t, std::uint32_t, Transition, Micros>;
  std::vector<Rest> rests;
  for (std::uint32_t event = tied.begin; event < tied.end; ++event) {
    rests.emplace_back(log_.activity[event].value,
                       log_.has_resources() ? log_.resource[event].value : 0,
                       log_.has_lifecycle() ? log_.transition[event] : Transition::none,
                       log_.has_starts() ? log_.start[event] : no_time);
  }
  std::sort(rests.begin(), rests.end());
  for (std::size_t index = 1; index < rests.size(); ++index) {
    if (rests[index] == rests[index - 1]) ++duplicates;
  }
}

}  // namespace gemba
