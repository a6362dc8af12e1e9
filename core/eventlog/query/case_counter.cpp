#include "core/eventlog/query/case_counter.h"

#include <algorithm>
#include <tuple>

namespace gemba::inline eventlog {

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
  if (mode_ == LifecycleMode::events) return take_rows(id.value, range);
  instances_of(log_, range, mode_, buffer_);
  other_events += buffer_.other_events;
  if (buffer_.instances.empty()) {
    ++empty_cases;
    return;
  }
  if (interval_) completes_unpaired += buffer_.completes_unpaired;
  take_instances(id.value, buffer_.instances);
}

// Where every row is a step, which is common, the columns are the instances.
void CaseCounter::take_rows(std::uint32_t number, EventRange rows) {
  const ActivityId* const activity = log_.activity.data() + rows.begin;
  const ResourceId* const resource =
      log_.has_resources() ? log_.resource.data() + rows.begin : nullptr;
  const Micros* const time = log_.has_times() ? log_.time.data() + rows.begin : nullptr;
  const std::size_t size = rows.size();
  take_sequence({activity, size});
  ResourceId before = no_resource;
  for (std::size_t row = 0; row < size; ++row) {
    take_activity(number, activity[row]);
    const ResourceId after = resource != nullptr ? resource[row] : no_resource;
    if (after != no_resource) resources_seen[after.index()] = 1;
    if (row > 0) {
      EdgeTally& edge = take_edge(number, activity[row - 1], activity[row]);
      if (time != nullptr) append(edge.seconds, time[row], time[row - 1]);
      take_handover(before, after);
    }
    before = after;
  }
  if (time != nullptr) take_span(time[0], time[size - 1]);
}

void CaseCounter::take_instances(std::uint32_t number, const std::vector<Instance>& instances) {
  sequence_.clear();
  Micros first = instances.front().moment();
  const Instance* before = nullptr;
  for (const Instance& instance : instances) {
    sequence_.push_back(instance.activity);
    take_activity(number, instance.activity);
    if (instance.open) ++open_instances;
    if (instance.resource != no_resource) resources_seen[instance.resource.index()] = 1;
    if (interval_) {
      if (const auto service = instance.service())
        activities[instance.activity.index()].service.push_back(*service, memory_);
      if (first != no_time && instance.start != no_time) first = std::min(first, instance.start);
    }
    if (before != nullptr) take_pair(number, *before, instance);
    before = &instance;
  }
  take_sequence(sequence_);
  take_span(first, instances.back().moment());
}

void CaseCounter::take_pair(std::uint32_t number, const Instance& before, const Instance& after) {
  EdgeTally& edge = take_edge(number, before.activity, after.activity);
  append(edge.seconds, after.start != no_time ? after.start : after.end, before.end);
  if (interval_) {
    // Where the log has one time per event the sojourn times are those of the edges.
    ActivityTally& activity = activities[after.activity.index()];
    append(activity.waiting, after.start, before.end);
    append(activity.sojourn, after.end, before.end);
  }
  take_handover(before.resource, after.resource);
}

void CaseCounter::take_activity(std::uint32_t number, ActivityId id) {
  ActivityTally& activity = activities[id.index()];
  ++activity.events;
  if (activity.last_case != number) {
    activity.last_case = number;
    ++activity.cases;
  } else if (activity.rework_case != number) {
    activity.rework_case = number;
    ++activity.rework_cases;
  }
}

EdgeTally& CaseCounter::take_edge(std::uint32_t number, ActivityId before, ActivityId after) {
  const std::uint32_t edge_number = edge_index(before.value, after.value);
  if (edge_number == edges.size()) edges.emplace_back();
  EdgeTally& edge = edges[edge_number];
  ++edge.count;
  if (edge.last_case != number) {
    edge.last_case = number;
    ++edge.cases;
  }
  return edge;
}

void CaseCounter::take_handover(ResourceId before, ResourceId after) {
  static_assert(no_resource.value + 1U == 0, "one higher, the unknown resource is 0");
  const std::uint32_t handover = handover_index(before.value + 1U, after.value + 1U);
  if (handover == handovers.size()) handovers.push_back(0);
  ++handovers[handover];
}

void CaseCounter::append(Durations& durations, Micros later, Micros earlier) {
  if (later != no_time && earlier != no_time) durations.push_back(later - earlier, memory_);
}

void CaseCounter::take_sequence(std::span<const ActivityId> sequence) {
  ++cases;
  events += static_cast<std::int64_t>(sequence.size());
  variants.add(sequence);
  ++activities[sequence.front().index()].starts;
  ++activities[sequence.back().index()].ends;
}

// `first` is the earliest moment of a case.
void CaseCounter::take_span(Micros first, Micros last) {
  if (first == no_time || last == no_time) return;
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

}  // namespace gemba::inline eventlog
