#include "core/replay/replay.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "core/base/parallel.h"
#include "core/replay/cases/each_case.h"
#include "core/replay/groups/periods.h"
#include "core/replay/groups/segments.h"
#include "core/replay/log_walk.h"

namespace gemba::inline replay {
namespace {

/// Walks over the parts of a log, in order; the first has the counts of all.
using Walks = std::deque<LogWalk>;

/// Of durations that every walk has some of.
template <class Durations>
Summary summarise_all(const Walks& walks, Durations durations) {
  std::vector<const DurationList*> parts;
  for (const LogWalk& walk : walks) parts.push_back(&durations(walk));
  return summarise(parts);
}

StepProfile summarise_step(Walks& walks, std::size_t step, std::optional<CalendarId> calendar) {
  const StepSamples& all = walks.front().cases.steps()[step];
  const auto summary = [&](DurationList StepSamples::*times) {
    return summarise_all(walks, [&](const LogWalk& walk) -> const DurationList& {
      return walk.cases.steps()[step].*times;
    });
  };
  StepProfile profile;
  profile.cases = all.cases;
  profile.instances = all.instances;
  profile.service = summary(&StepSamples::service);
  profile.waiting = summary(&StepSamples::waiting);
  profile.sojourn = summary(&StepSamples::sojourn);
  profile.sla = std::move(walks.front().cases.sla()[step]);
  profile.repeats = all.repeats;
  profile.repeated_cases = all.repeated_cases;
  profile.repeat_seconds =
      static_cast<double>(all.repeat_service) / static_cast<double>(micros_per_second);
  if (!calendar) return profile;
  profile.business = {*calendar, summary(&StepSamples::business_service),
                      summary(&StepSamples::business_waiting),
                      summary(&StepSamples::business_sojourn)};
  return profile;
}

void summarise_steps(const Process& process, Walks& walks, const std::vector<bool>& shown,
                     const ReplayParts& parts, Profile& profile) {
  profile.steps.resize(process.steps.size());
  share_out(process.steps.size(), parts.threads, [&](std::size_t i) {
    const auto calendar = calendar_of(process, process.steps[i], parts.calendar);
    profile.steps[i] = summarise_step(walks, i, calendar);
  });
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    profile.instances += profile.steps[i].instances;
    if (!shown[i] && shows_in_logs(process.steps[i])) profile.never_seen.push_back(StepId(i));
  }
}

void summarise_edges(const Walks& walks, std::size_t threads, Profile& profile) {
  std::map<std::pair<StepId, StepId>, std::vector<const EdgeSamples*>> all;
  for (const LogWalk& walk : walks) {
    const auto& edges = walk.cases.edges();
    for (std::size_t i = 0; i < edges.size(); ++i)
      all[{edges[i].from, edges[i].to}].push_back(&walk.cases.edge_samples()[i]);
  }
  std::vector<std::vector<const EdgeSamples*>> parts;
  for (const auto& [steps, samples] : all) {
    profile.edges.push_back({.from = steps.first, .to = steps.second});
    parts.push_back(samples);
  }
  share_out(parts.size(), threads, [&](std::size_t i) {
    StepEdgeProfile& edge = profile.edges[i];
    std::vector<const DurationList*> times;
    for (const EdgeSamples* samples : parts[i]) {
      edge.count += samples->count;
      edge.cases += samples->cases;
      times.push_back(&samples->times);
    }
    edge.seconds = summarise(times);
  });
}

void set_flow_shares(const FlowGraph& graph, const std::vector<std::int64_t>& passes,
                     Profile& profile) {
  profile.flow_shares.assign(passes.size(), -1);
  for (const std::vector<FlowId>& exits : graph.out) {
    std::int64_t sum = 0;
    for (const FlowId exit : exits) sum += passes[exit.index()];
    if (sum == 0) continue;
    for (const FlowId exit : exits) {
      profile.flow_shares[exit.index()] =
          static_cast<double>(passes[exit.index()]) / static_cast<double>(sum);
    }
  }
}

void list_unknown(const Process& process, const EventLog& log, const ActivityMap& map,
                  const ActivityCounts& counts, Profile& profile) {
  for (std::size_t i = 0; i < map.step_of.size(); ++i) {
    if (map.step_of[i] || counts.events[i] == 0) continue;
    profile.unknown.push_back(
        {std::string(log.name(ActivityId(i))), counts.events[i], counts.cases[i], {}});
  }
  std::stable_sort(profile.unknown.begin(), profile.unknown.end(),
                   [](const UnknownActivity& a, const UnknownActivity& b) {
                     return a.events != b.events ? a.events > b.events : a.name < b.name;
                   });
  // A log of another process has a flood of unknown names: nobody reads that many suggestions.
  constexpr std::size_t most_suggestions = 100;
  for (std::size_t i = 0; i < std::min(most_suggestions, profile.unknown.size()); ++i) {
    profile.unknown[i].nearest = nearest_claim(process, profile.unknown[i].name);
  }
}

/// What is collected of periods and segments of the log, when it is wanted.
struct Collectors {
  CaseData data;
  std::optional<PeriodCollector> periods;
  std::optional<SegmentCollector> segments;

  Collectors(const Process& process, const EventLog& log, LifecycleMode mode,
             const ReplayParts& parts)
      : data(process, log) {
    if (!parts.by.empty()) segments.emplace(log, data, parts.by);
    if (parts.over && log.has_times())
      periods.emplace(*parts.over, log_periods(log, mode, *parts.over), log.case_count());
  }

  void add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
           const CaseWalk& walk) {
    if (periods) periods->add(id, instances, map, walk.timings());
    if (segments) segments->add(id, instances, map, walk.timings());
  }

  bool any() const { return periods || segments; }

  void finish(Profile& profile) {
    if (periods) profile.over = periods->result(profile.steps);
    if (segments) profile.segments = segments->result(profile.steps);
  }
};

void count_fitting(const Conformance& conformance, const VariantTable& variants, LogSplit& split) {
  for (const VariantTable::Case& each : variants.all_cases()) {
    const std::uint32_t group = split.group_of_case[each.id.index()];
    if (group != no_group && conformance.fits[each.variant]) ++split.groups[group].fitting_cases;
  }
}

/// Walks over all cases, over several parts of the log at the same time. What is collected of parts
/// of the log in order is collected in one walk.
void walk_all(const WalkSubject& subject, LifecycleMode mode, const WalkParts& wanted,
              const std::vector<std::size_t>& most, std::size_t threads, Collectors& collectors,
              Walks& walks) {
  const EventLog& log = subject.log;
  const std::size_t count = collectors.any() ? 1 : threads_for(log.size(), threads);
  for (std::size_t part = 0; part < count; ++part) {
    walks.emplace_back(subject, wanted);
    walks.back().reserve(most, log.case_count(), count);
  }
  in_parallel(count, [&](std::size_t part) {
    LogWalk& walk = walks[part];
    for_each_case(log, mode, share_begin(log.case_count(), part, count),
                  share_begin(log.case_count(), part + 1, count),
                  [&](std::uint32_t number, const std::vector<Instance>& instances) {
                    walk.add(CaseId(number), instances);
                    collectors.add(CaseId(number), instances, subject.map, walk.cases);
                  });
  });
  for (std::size_t part = 1; part < count; ++part) walks.front().join(walks[part]);
}

void add_conformance(const Process& process, const EventLog& log, const ReplayParts& parts,
                     LogWalk& walk, Profile& profile) {
  profile.conformance = check_conformance(process, log, *walk.variants, *parts.conformance,
                                          walk.data->take(), parts.threads);
  if (!profile.conformance) return;
  profile.conformance->not_judged = walk.data->not_judged();
  if (profile.over) count_fitting(*profile.conformance, *walk.variants, profile.over->split);
  if (profile.segments)
    count_fitting(*profile.conformance, *walk.variants, profile.segments->split);
}

/// Measures the KPIs in every part that the profile splits the log into.
void measure_groups(const Process& process, const EventLog& log, LifecycleMode mode,
                    std::size_t threads, Profile& profile) {
  const auto measure = [&](LogSplit& split) {
    auto kpis =
        measure_kpis(process, log, mode, {split.group_of_case, split.groups.size()}, threads);
    for (std::size_t i = 0; i < split.groups.size(); ++i) split.groups[i].kpis = std::move(kpis[i]);
  };
  if (profile.over) measure(profile.over->split);
  if (profile.segments && profile.segments->by_case) measure(profile.segments->split);
}

}  // namespace

std::optional<double> Profile::flow_efficiency() const {
  double work = 0;
  std::int64_t known = 0;
  for (const StepProfile& step : steps) {
    work += step.service.sum;
    known += step.service.count;
  }
  if (known == 0 || case_duration.sum <= 0) return std::nullopt;
  return work / case_duration.sum;
}

Profile replay_log(const Process& process, const EventLog& log, LifecycleMode mode,
                   const ReplayParts& parts) {
  mode = resolve(mode, log);
  const ActivityMap map = map_activities(process, log);
  const FlowGraph graph(process);
  const std::vector<std::size_t> most = instances_by_step(process, map, log, mode);
  const std::vector<bool> shown(most.begin(), most.end());
  const std::vector<bool> visible = visible_steps(process, shown);
  Profile profile;
  profile.lifecycle = to_string(mode);
  profile.shared = map.shared;
  profile.interval = is_interval(mode, log);
  const bool causes = parts.causes && profile.interval;
  Collectors collectors(process, log, mode, parts);
  Walks walks;
  walk_all({process, graph, log, map, shown, visible}, mode,
           {{profile.interval, causes, parts.calendar, parts.most_breaches},
            parts.conformance.has_value(),
            parts.week_hours,
            parts.amounts,
            parts.kpis},
           most, parts.threads, collectors, walks);
  LogWalk& all = walks.front();
  profile.cases = all.case_count;
  if (all.amounts) profile.judged = std::move(all.amounts->judged());
  if (all.week) profile.week_hours = all.week->result();
  if (all.span) {
    profile.span_seconds = static_cast<double>(all.span->second - all.span->first) /
                           static_cast<double>(micros_per_second);
  }
  profile.case_duration = summarise_all(
      walks, [](const LogWalk& walk) -> const DurationList& { return walk.durations; });
  summarise_steps(process, walks, shown, parts, profile);
  collectors.finish(profile);
  summarise_edges(walks, parts.threads, profile);
  set_flow_shares(graph, all.cases.flow_passes(), profile);
  list_unknown(process, log, map, all.counts, profile);
  if (causes) {
    WaitingProfile waiting =
        waiting_causes(process, std::move(all.cases.work()), batch_gap, parts.threads);
    profile.waiting_causes = std::move(waiting.steps);
    profile.waiting_edges = std::move(waiting.edges);
  }
  if (all.kpis) profile.kpis = all.kpis->results_of(0);
  if (all.kpis) measure_groups(process, log, mode, parts.threads, profile);
  if (parts.conformance) add_conformance(process, log, parts, all, profile);
  return profile;
}

}  // namespace gemba::inline replay
