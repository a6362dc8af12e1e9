#include "core/eventlog/log_statistics.h"

#include <algorithm>
#include <tuple>

namespace gemba {

namespace {

constexpr std::uint32_t no_case = 0xFFFF'FFFF;

using Durations = std::vector<Micros>;

struct ActivityCount {
  ActivityStatistics counts;
  std::uint32_t last_case = no_case;    ///< in which it was seen
  std::uint32_t rework_case = no_case;  ///< in which it was seen again
  Durations service, waiting, sojourn;
};

struct EdgeCount {
  std::int64_t count = 0;
  std::int64_t cases = 0;
  std::uint32_t last_case = no_case;
  Durations seconds;
};

std::optional<Micros> difference(std::optional<Micros> later, std::optional<Micros> earlier) {
  if (!later || !earlier) return std::nullopt;
  return *later - *earlier;
}

void append(Durations& durations, std::optional<Micros> value) {
  if (value) durations.push_back(*value);
}

/// Walks over the cases and counts.
class Counter {
 public:
  Counter(const EventLog& log, LogStatistics& result)
      : log_(log),
        result_(result),
        activities_(log.activities.size()),
        seen_(log.resources.size()) {
    for (std::size_t index = 0; index < activities_.size(); ++index) {
      activities_[index].counts.activity = ActivityId(index);
    }
  }

  void take_case(std::uint32_t case_number, std::span<const std::uint32_t> events);
  void finish(std::size_t top_variants);

 private:
  void take_instance(std::uint32_t case_number, const Instance& instance);
  void take_pair(std::uint32_t case_number, const Instance& before, const Instance& after);
  void take_span(const std::vector<Instance>& instances);
  void count_ties(std::span<const std::uint32_t> events);
  void finish_activities();
  void finish_edges();
  void finish_handovers();

  const EventLog& log_;
  LogStatistics& result_;
  CaseInstances buffer_;
  std::vector<ActivityCount> activities_;
  PairIndex edge_index_;
  std::vector<EdgeCount> edges_;
  PairIndex handover_index_;
  std::vector<std::int64_t> handovers_;
  std::vector<bool> seen_;  ///< by resource
  VariantTrie variants_;
  Durations case_durations_;
  std::optional<Micros> first_arrival_, last_arrival_;
};

void Counter::take_case(std::uint32_t case_number, std::span<const std::uint32_t> events) {
  if (events.empty()) return;
  count_ties(events);
  instances_of(log_, events, result_.mode, buffer_);
  result_.other_events += buffer_.other_events;
  const std::vector<Instance>& instances = buffer_.instances;
  if (instances.empty()) {
    ++result_.empty_cases;
    return;
  }
  if (result_.interval) result_.completes_unpaired += buffer_.completes_unpaired;
  ++result_.cases;
  result_.events += static_cast<std::int64_t>(instances.size());
  std::uint32_t node = VariantTrie::root;
  const Instance* before = nullptr;
  for (const Instance& instance : instances) {
    take_instance(case_number, instance);
    if (before != nullptr) take_pair(case_number, *before, instance);
    node = variants_.child(node, instance.activity);
    before = &instance;
  }
  variants_.add_case(node);
  ++activities_[instances.front().activity.index()].counts.starts;
  ++activities_[instances.back().activity.index()].counts.ends;
  take_span(instances);
}

void Counter::take_instance(std::uint32_t case_number, const Instance& instance) {
  ActivityCount& activity = activities_[instance.activity.index()];
  ++activity.counts.events;
  if (activity.last_case != case_number) {
    activity.last_case = case_number;
    ++activity.counts.cases;
  } else if (activity.rework_case != case_number) {
    activity.rework_case = case_number;
    ++activity.counts.rework_cases;
  }
  if (instance.open) ++result_.open_instances;
  if (result_.interval) append(activity.service, instance.service());
  if (instance.resource != no_resource) seen_[instance.resource.index()] = true;
}

void Counter::take_pair(std::uint32_t case_number, const Instance& before, const Instance& after) {
  const std::uint32_t number = edge_index_(before.activity.value, after.activity.value);
  if (number == edges_.size()) edges_.emplace_back();
  EdgeCount& edge = edges_[number];
  ++edge.count;
  if (edge.last_case != case_number) {
    edge.last_case = case_number;
    ++edge.cases;
  }
  append(edge.seconds, difference(after.start ? after.start : after.end, before.end));
  if (result_.interval) {
    // Where the log has one time per event the sojourn times are the edges' times: see
    // finish_activities.
    ActivityCount& activity = activities_[after.activity.index()];
    append(activity.waiting, difference(after.start, before.end));
    append(activity.sojourn, difference(after.end, before.end));
  }
  const std::uint32_t handover = handover_index_(before.resource.value, after.resource.value);
  if (handover == handovers_.size()) handovers_.push_back(0);
  ++handovers_[handover];
}

void Counter::take_span(const std::vector<Instance>& instances) {
  const std::optional<Micros> last = instances.back().moment();
  std::optional<Micros> first = instances.front().moment();
  if (!first || !last) return;
  if (result_.interval) {
    for (const Instance& instance : instances) {
      if (instance.start) first = std::min(first, instance.start);
    }
  }
  case_durations_.push_back(*last - *first);
  result_.first = result_.first ? std::min(result_.first, first) : first;
  result_.last = std::max(result_.last, last);
  first_arrival_ = first_arrival_ ? std::min(first_arrival_, first) : first;
  last_arrival_ = std::max(last_arrival_, first);
}

void Counter::count_ties(std::span<const std::uint32_t> events) {
  if (!log_.has_times()) return;
  for (std::size_t index = 1; index < events.size(); ++index) {
    const std::uint32_t a = events[index - 1];
    const std::uint32_t b = events[index];
    if (log_.time[a] != log_.time[b]) continue;
    ++result_.equal_times;
    const bool same = log_.activity[a] == log_.activity[b] &&
                      (!log_.has_resources() || log_.resource[a] == log_.resource[b]) &&
                      (!log_.has_lifecycle() || log_.transition[a] == log_.transition[b]) &&
                      (!log_.has_starts() || log_.start[a] == log_.start[b]);
    if (same) ++result_.duplicates;
  }
}

void Counter::finish_edges() {
  for (std::uint32_t number = 0; number < edges_.size(); ++number) {
    EdgeCount& edge = edges_[number];
    const auto [source, target] = edge_index_[number];
    result_.edges.push_back(
        {ActivityId(source), ActivityId(target), edge.count, edge.cases, summarise(edge.seconds)});
  }
  std::sort(result_.edges.begin(), result_.edges.end(),
            [&](const EdgeStatistics& a, const EdgeStatistics& b) {
              return std::tuple(-a.count, log_.name(a.source), log_.name(a.target)) <
                     std::tuple(-b.count, log_.name(b.source), log_.name(b.target));
            });
}

void Counter::finish_activities() {
  std::vector<std::vector<std::uint32_t>> edges_into(result_.interval ? 0 : activities_.size());
  if (!result_.interval) {
    for (std::uint32_t number = 0; number < edges_.size(); ++number) {
      edges_into[edge_index_[number].second].push_back(number);
    }
  }
  for (ActivityCount& activity : activities_) {
    if (activity.counts.events == 0) continue;
    if (!result_.interval) {
      for (const std::uint32_t number : edges_into[activity.counts.activity.index()]) {
        const Durations& seconds = edges_[number].seconds;
        activity.sojourn.insert(activity.sojourn.end(), seconds.begin(), seconds.end());
      }
    }
    activity.counts.service = summarise(activity.service);
    activity.counts.waiting = summarise(activity.waiting);
    activity.counts.sojourn = summarise(activity.sojourn);
    result_.activities.push_back(activity.counts);
    activity = {};
  }
  std::sort(result_.activities.begin(), result_.activities.end(),
            [&](const ActivityStatistics& a, const ActivityStatistics& b) {
              return std::tuple(-a.events, log_.name(a.activity)) <
                     std::tuple(-b.events, log_.name(b.activity));
            });
}

void Counter::finish_handovers() {
  for (std::uint32_t number = 0; number < handovers_.size(); ++number) {
    const auto [from, to] = handover_index_[number];
    result_.handovers.push_back({ResourceId(from), ResourceId(to), handovers_[number]});
  }
  const auto name = [&](ResourceId id) {
    return id == no_resource ? std::string_view() : log_.name(id);
  };
  std::sort(result_.handovers.begin(), result_.handovers.end(),
            [&](const Handover& a, const Handover& b) {
              return std::tuple(-a.count, name(a.from), name(a.to)) <
                     std::tuple(-b.count, name(b.from), name(b.to));
            });
}

void Counter::finish(std::size_t top_variants) {
  finish_edges();
  finish_activities();
  finish_handovers();
  result_.case_duration = summarise(case_durations_);
  result_.variants = variants_.count();
  result_.top_variants = variants_.top(top_variants, log_.activities);
  result_.resources = std::count(seen_.begin(), seen_.end(), true);
  if (first_arrival_ && *last_arrival_ > *first_arrival_) {
    const double days =
        static_cast<double>(*last_arrival_ - *first_arrival_) / static_cast<double>(micros_per_day);
    result_.arrivals_per_day = static_cast<double>(result_.cases - 1) / days;
  }
}

}  // namespace

LogStatistics statistics_of(const EventLog& log, const CaseTable& cases,
                            const StatisticsOptions& options) {
  LogStatistics result;
  result.mode = resolve(options.lifecycle, log);
  result.interval = is_interval(result.mode, log);
  result.has_times = log.has_times();
  result.cases_out_of_order = cases.cases_out_of_order;
  Counter counter(log, result);
  for (std::uint32_t number = 0; number < cases.size(); ++number) {
    counter.take_case(number, cases.of(CaseId(number)));
  }
  counter.finish(options.top_variants);
  return result;
}

}  // namespace gemba
