#include "core/replay/replay.h"

#include <algorithm>
#include <map>

#include "core/replay/case_walk.h"
#include "core/replay/cases.h"
#include "core/replay/data_deviations.h"
#include "core/replay/judged_amounts.h"
#include "core/replay/periods.h"
#include "core/replay/segments.h"

namespace gemba {
namespace {

std::vector<bool> shown_steps(const Process& process, const ActivityMap& map,
                              const std::vector<std::int64_t>& events_of) {
  std::vector<bool> shown(process.steps.size(), false);
  for (std::size_t i = 0; i < map.step_of.size(); ++i) {
    if (map.step_of[i] && events_of[i] > 0) shown[map.step_of[i]->index()] = true;
  }
  return shown;
}

StepProfile summarise_step(StepSamples& samples) {
  StepProfile step;
  step.cases = samples.cases;
  step.instances = samples.instances;
  step.service = summarise(samples.service);
  step.waiting = summarise(samples.waiting);
  step.sojourn = summarise(samples.sojourn);
  step.repeats = samples.repeats;
  step.repeated_cases = samples.repeated_cases;
  step.repeat_seconds =
      static_cast<double>(samples.repeat_service) / static_cast<double>(micros_per_second);
  return step;
}

void summarise_steps(const Process& process, CaseWalk& walk, const std::vector<bool>& shown,
                     std::optional<CalendarId> calendar, Profile& profile) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    StepSamples& samples = walk.steps()[i];
    StepProfile& step = profile.steps.emplace_back(summarise_step(samples));
    step.sla = std::move(walk.sla()[i]);
    if (samples.clock) {
      step.business = {*calendar_of(process, process.steps[i], calendar),
                       summarise(samples.business_service), summarise(samples.business_waiting),
                       summarise(samples.business_sojourn)};
    }
    profile.instances += samples.instances;
    if (!shown[i] && shows_in_logs(process.steps[i])) profile.never_seen.push_back(StepId(i));
  }
}

void summarise_edges(CaseWalk& walk, Profile& profile) {
  std::map<std::uint64_t, EdgeSamples*> ordered;
  for (auto& [key, samples] : walk.edges()) ordered.emplace(key, &samples);
  for (const auto& [key, samples] : ordered) {
    StepEdgeProfile edge;
    edge.from.value = static_cast<std::uint32_t>(key >> 32U);
    edge.to.value = static_cast<std::uint32_t>(key);
    edge.count = samples->count;
    edge.cases = samples->cases;
    edge.seconds = summarise(samples->times);
    profile.edges.push_back(edge);
  }
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

/// Events and cases of each activity, by ActivityId.
struct ActivityCounts {
  std::vector<std::int64_t> events, cases;
  std::vector<std::uint32_t> last_case;

  explicit ActivityCounts(std::size_t count)
      : events(count, 0), cases(count, 0), last_case(count, ~0U) {}

  void add(std::uint32_t number, ActivityId activity) {
    ++events[activity.index()];
    if (last_case[activity.index()] != number) ++cases[activity.index()];
    last_case[activity.index()] = number;
  }
};

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

/// What is collected of parts of the log and hours of the week, when it is wanted.
struct Collectors {
  CaseData data;
  std::optional<PeriodCollector> periods;
  std::optional<WeekCollector> week;
  std::optional<SegmentCollector> segments;

  Collectors(const Process& process, const EventLog& log, LifecycleMode mode,
             const ReplayParts& parts)
      : data(process, log) {
    if (!parts.by.empty()) segments.emplace(log, data, parts.by);
    if (!log.has_times()) return;
    if (parts.over) {
      periods.emplace(*parts.over, log_periods(log, mode, *parts.over), log.case_count());
    }
    if (parts.week_hours) week.emplace(TimeZone(log.timezone), is_interval(mode, log));
  }

  void add(std::uint32_t number, const std::vector<Instance>& instances, const ActivityMap& map,
           const CaseWalk& walk) {
    if (periods) periods->add(CaseId(number), instances, map, walk.timings());
    if (segments) segments->add(CaseId(number), instances, map, walk.timings());
    if (week) week->add(instances, walk.timings());
  }

  void finish(Profile& profile) {
    if (periods) profile.over = periods->result(profile.steps);
    if (segments) profile.segments = segments->result(profile.steps);
    if (week) profile.week_hours = week->result();
  }
};

void count_fitting(const Conformance& conformance, LogSplit& split) {
  for (const CaseId id : conformance.fitting) {
    const std::uint32_t group = split.group_of_case[id.index()];
    if (group != no_group) ++split.groups[group].fitting_cases;
  }
}

/// Walks every case; fills in what concerns cases as a whole.
void walk_cases(const EventLog& log, LifecycleMode mode, const ActivityMap& map, CaseWalk& walk,
                AmountJudge& amounts, DataDeviations* data, Collectors& collectors,
                Profile& profile) {
  std::vector<Micros> durations;
  std::optional<std::pair<Micros, Micros>> span;
  for_each_case(log, mode, [&](std::uint32_t number, const std::vector<Instance>& instances) {
    ++profile.cases;
    walk.add(number, instances);
    amounts.add(CaseId(number), instances, map, walk.exits());
    if (data != nullptr) data->add(CaseId(number), instances, walk);
    collectors.add(number, instances, map, walk);
    const auto own = extent(instances);
    if (!own) return;
    durations.push_back(own->second - own->first);
    if (!span) span = own;
    span = {std::min(span->first, own->first), std::max(span->second, own->second)};
  });
  if (span) {
    profile.span_seconds =
        static_cast<double>(span->second - span->first) / static_cast<double>(micros_per_second);
  }
  profile.case_duration = summarise(durations);
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

void measure_groups(const Process& process, const EventLog& log, LifecycleMode mode,
                    Profile& profile) {
  const auto measure = [&](LogSplit& split) {
    auto kpis = measure_kpis(process, log, mode, split.group_of_case, split.groups.size());
    for (std::size_t i = 0; i < split.groups.size(); ++i) split.groups[i].kpis = std::move(kpis[i]);
  };
  if (profile.over) measure(profile.over->split);
  if (profile.segments && profile.segments->by_case) measure(profile.segments->split);
}

Profile replay(const Process& process, const EventLog& log, LifecycleMode mode,
               const ReplayParts& parts) {
  mode = resolve(mode, log);
  const ActivityMap map = map_activities(process, log);
  ActivityCounts counts(log.activities.size());
  for_each_case(log, mode, [&](std::uint32_t number, const std::vector<Instance>& instances) {
    for (const Instance& each : instances) counts.add(number, each.activity);
  });
  const std::vector<bool> shown = shown_steps(process, map, counts.events);
  Profile profile;
  profile.lifecycle = to_string(mode);
  profile.shared = map.shared;
  profile.interval = is_interval(mode, log);
  const bool causes = parts.causes && profile.interval;
  CaseWalk walk(process, map, shown, {profile.interval, causes, parts.calendar});
  if (causes) walk.work().reserve(log.size());
  AmountJudge amounts(process, log);
  const FlowGraph graph(process);
  std::optional<DataDeviations> data;
  const std::vector<bool> visible = visible_steps(process, shown);
  if (parts.conformance) data.emplace(process, graph, log, map, visible);
  Collectors collectors(process, log, mode, parts);
  walk_cases(log, mode, map, walk, amounts, data ? &*data : nullptr, collectors, profile);
  profile.judged = std::move(amounts.judged());
  summarise_steps(process, walk, shown, parts.calendar, profile);
  collectors.finish(profile);
  summarise_edges(walk, profile);
  set_flow_shares(graph, walk.flow_passes(), profile);
  list_unknown(process, log, map, counts, profile);
  if (causes) {
    WaitingProfile waiting = waiting_causes(process, std::move(walk.work()));
    profile.waiting_causes = std::move(waiting.steps);
    profile.waiting_edges = std::move(waiting.edges);
  }
  if (parts.conformance)
    profile.conformance = check_conformance(process, log, mode, *parts.conformance, data->take());
  if (profile.conformance) profile.conformance->not_judged = data->not_judged();
  if (profile.conformance && profile.over) count_fitting(*profile.conformance, profile.over->split);
  if (profile.conformance && profile.segments)
    count_fitting(*profile.conformance, profile.segments->split);
  return profile;
}

}  // namespace gemba
