#include "core/eventlog/query/log_statistics.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "core/base/parallel.h"
#include "core/eventlog/query/case_counter.h"

namespace gemba::inline eventlog {

namespace {

using Stretches = std::vector<std::span<const Micros>>;

/// Durations that are to be summarised: `to` is where the result goes.
struct SummaryTask {
  Stretches parts;
  Summary* to;
};

// Summaries are independent of each other; the long ones are begun first, so that no thread has
// one left when the others are done.
void run(std::vector<SummaryTask>& tasks, std::size_t threads) {
  const auto size = [](const SummaryTask& task) {
    std::size_t sum = 0;
    for (const std::span<const Micros> part : task.parts) sum += part.size();
    return sum;
  };
  std::vector<std::pair<std::size_t, SummaryTask*>> order;
  for (SummaryTask& task : tasks) order.emplace_back(size(task), &task);
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.first > b.first; });
  share_out(order.size(), threads, [&](std::size_t at) {
    SummaryTask& task = *order[at].second;
    *task.to = summarise(task.parts);
    release(task.parts);
  });
}

/// Puts what several counters have counted together.
class Merger {
 public:
  Merger(const EventLog& log, std::vector<CaseCounter>& counters, LogStatistics& result)
      : log_(log), counters_(counters), result_(result), edge_index_(log.activities.size()) {}

  void merge(const StatisticsOptions& options, std::size_t threads);

 private:
  void add_counts();
  void add_edges();
  void add_activities();
  void add_handovers();
  void add_moments();
  void rank();

  const EventLog& log_;
  std::vector<CaseCounter>& counters_;
  LogStatistics& result_;
  PairIndex edge_index_;
  std::vector<Stretches> edge_times_;  ///< by number in `edge_index_`
  std::vector<SummaryTask> tasks_;
};

void Merger::add_counts() {
  std::vector<bool> seen(log_.resources.size());
  for (const CaseCounter& counter : counters_) {
    result_.cases += counter.cases;
    result_.events += counter.events;
    result_.empty_cases += counter.empty_cases;
    result_.open_instances += counter.open_instances;
    result_.completes_unpaired += counter.completes_unpaired;
    result_.other_events += counter.other_events;
    result_.equal_times += counter.equal_times;
    result_.duplicates += counter.duplicates;
    for (std::size_t id = 0; id < seen.size(); ++id)
      seen[id] = seen[id] || counter.resources_seen[id] != 0;
  }
  result_.resources = std::count(seen.begin(), seen.end(), true);
}

void Merger::add_edges() {
  for (const CaseCounter& counter : counters_) {
    for (std::uint32_t own = 0; own < counter.edges.size(); ++own) {
      const auto [source, target] = counter.edge_index[own];
      const std::uint32_t number = edge_index_(source, target);
      if (number == result_.edges.size()) {
        result_.edges.push_back({.source = ActivityId(source), .target = ActivityId(target)});
        edge_times_.emplace_back();
      }
      result_.edges[number].count += counter.edges[own].count;
      result_.edges[number].cases += counter.edges[own].cases;
      counter.edges[own].seconds.list(edge_times_[number]);
    }
  }
  for (std::size_t number = 0; number < result_.edges.size(); ++number)
    tasks_.push_back({edge_times_[number], &result_.edges[number].seconds});
}

void Merger::add_activities() {
  result_.activities.reserve(log_.activities.size());
  std::vector<Stretches> sojourns(log_.activities.size());
  for (std::size_t number = 0; !result_.interval && number < edge_times_.size(); ++number) {
    Stretches& into = sojourns[result_.edges[number].target.index()];
    into.insert(into.end(), edge_times_[number].begin(), edge_times_[number].end());
  }
  for (std::size_t id = 0; id < log_.activities.size(); ++id) {
    ActivityStatistics sum;
    sum.activity = ActivityId(id);
    Stretches service;
    Stretches waiting;
    for (const CaseCounter& counter : counters_) {
      const ActivityTally& tally = counter.activities[id];
      sum.events += tally.events;
      sum.cases += tally.cases;
      sum.starts += tally.starts;
      sum.ends += tally.ends;
      sum.rework_cases += tally.rework_cases;
      tally.service.list(service);
      tally.waiting.list(waiting);
      tally.sojourn.list(sojourns[id]);
    }
    if (sum.events == 0) continue;
    constexpr std::int64_t usual = 20;  // one in so many
    if (sum.starts * usual < sum.cases) result_.unusual_starts += sum.starts;
    if (sum.ends * usual < sum.cases) result_.unusual_ends += sum.ends;
    ActivityStatistics& added = result_.activities.emplace_back(sum);
    tasks_.push_back({std::move(service), &added.service});
    tasks_.push_back({std::move(waiting), &added.waiting});
    tasks_.push_back({std::move(sojourns[id]), &added.sojourn});
  }
}

void Merger::add_handovers() {
  PairIndex index(log_.resources.size() + 1);
  for (const CaseCounter& counter : counters_) {
    for (std::uint32_t own = 0; own < counter.handovers.size(); ++own) {
      const auto [from, to] = counter.handover_index[own];
      const std::uint32_t number = index(from, to);
      if (number == result_.handovers.size())
        result_.handovers.push_back({ResourceId(from - 1U), ResourceId(to - 1U), 0});
      result_.handovers[number].count += counter.handovers[own];
    }
  }
}

void Merger::add_moments() {
  MomentRange moments;
  MomentRange arrivals;
  Stretches durations;
  for (const CaseCounter& counter : counters_) {
    moments.add(counter.moments);
    arrivals.add(counter.arrivals);
    counter.case_durations.list(durations);
  }
  tasks_.push_back({std::move(durations), &result_.case_duration});
  result_.first = moments.first;
  result_.last = moments.last;
  if (arrivals.first && *arrivals.last > *arrivals.first) {
    const double days =
        static_cast<double>(*arrivals.last - *arrivals.first) / static_cast<double>(micros_per_day);
    result_.arrivals_per_day = static_cast<double>(result_.cases - 1) / days;
  }
}

// Lists are ranked by count, then by name.
void Merger::rank() {
  const auto name = [&](auto id) {
    return id.value == no_resource.value ? std::string_view() : log_.name(id);
  };
  std::sort(result_.edges.begin(), result_.edges.end(), [&](const auto& a, const auto& b) {
    if (a.count != b.count) return a.count > b.count;
    return std::tuple(name(a.source), name(a.target)) < std::tuple(name(b.source), name(b.target));
  });
  std::sort(result_.activities.begin(), result_.activities.end(),
            [&](const auto& a, const auto& b) {
              if (a.events != b.events) return a.events > b.events;
              return name(a.activity) < name(b.activity);
            });
  std::sort(result_.handovers.begin(), result_.handovers.end(), [&](const auto& a, const auto& b) {
    if (a.count != b.count) return a.count > b.count;
    return std::tuple(name(a.from), name(a.to)) < std::tuple(name(b.from), name(b.to));
  });
}

void Merger::merge(const StatisticsOptions& options, std::size_t threads) {
  add_counts();
  add_edges();
  add_activities();
  add_handovers();
  add_moments();
  run(tasks_, threads);
  rank();
  VariantIndex& variants = counters_.front().variants;
  for (std::size_t other = 1; other < counters_.size(); ++other)
    variants.add(counters_[other].variants);
  result_.variants = variants.count();
  result_.top_variants = variants.top(options.top_variants, log_.activities);
}

// The first case of each thread's share, so that all have about as many events.
std::vector<std::size_t> share_cases(const EventLog& log, std::size_t threads) {
  std::vector<std::size_t> borders;
  for (std::size_t thread = 0; thread <= threads; ++thread) {
    const auto event = static_cast<std::uint32_t>(share_begin(log.size(), thread, threads));
    const auto at = std::lower_bound(log.first.begin(), log.first.end() - 1, event);
    borders.push_back(static_cast<std::size_t>(at - log.first.begin()));
  }
  borders.back() = log.case_count();
  return borders;
}

}  // namespace

LogStatistics statistics_of(const EventLog& log, const StatisticsOptions& options) {
  LogStatistics result;
  result.mode = resolve(options.lifecycle, log);
  result.interval = is_interval(result.mode, log);
  result.has_times = log.has_times();
  const std::size_t threads = threads_for(log.size(), thread_count(options.threads));
  const std::vector<std::size_t> borders = share_cases(log, threads);
  std::vector<CaseCounter> counters;
  for (std::size_t thread = 0; thread < threads; ++thread)
    counters.emplace_back(log, result.mode, result.interval);
  const auto count = [&] {
    in_parallel(threads, [&](std::size_t thread) {
      for (std::size_t id = borders[thread]; id < borders[thread + 1]; ++id)
        counters[thread].take(CaseId(id));
    });
  };
  const auto summarise_all = [&] { Merger(log, counters, result).merge(options, threads); };
  timed(options.timings, "count cases", count);
  timed(options.timings, "summarise", summarise_all);
  return result;
}

}  // namespace gemba::inline eventlog
