#include "core/replay/case_walk.h"

#include <algorithm>

namespace gemba {
namespace {

/// Position of an instance that does not exist.
constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

}  // namespace

CaseWalk::CaseWalk(const Process& process, const ActivityMap& map, const std::vector<bool>& shown,
                   Options options)
    : map_(map),
      paths_(find_paths(process, FlowGraph(process), shown)),
      sla_(process, options.calendar),
      options_(options),
      steps_(process.steps.size()),
      flow_passes_(process.flows.size(), 0),
      times_done_(process.steps.size(), 0),
      last_at_(process.steps.size(), nowhere),
      last_ended_at_(process.steps.size(), nowhere) {
  for (const Flow& flow : process.flows) flow_from_.push_back(flow.from);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const auto calendar = calendar_of(process, process.steps[i], options.calendar);
    if (calendar) steps_[i].clock.emplace(process.definitions[*calendar]);
  }
}

void CaseWalk::reserve(StepId step, std::size_t instances) {
  StepSamples& samples = steps_[step.index()];
  samples.sojourn.reserve(instances);
  if (samples.clock) samples.business_sojourn.reserve(instances);
  if (!options_.interval) return;
  samples.service.reserve(instances);
  samples.waiting.reserve(instances);
  if (!samples.clock) return;
  samples.business_service.reserve(instances);
  samples.business_waiting.reserve(instances);
}

void CaseWalk::add(CaseId id, const std::vector<Instance>& instances) {
  std::fill(times_done_.begin(), times_done_.end(), 0);
  std::fill(last_at_.begin(), last_at_.end(), nowhere);
  std::fill(last_ended_at_.begin(), last_ended_at_.end(), nowhere);
  enabled_by_.assign(instances.size(), nowhere);
  timings_.assign(instances.size(), {});
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const auto step = step_of(instances[at]);
    if (!step) {
      if (options_.collects_work) add_work(at, at == 0 ? nowhere : at - 1, instances);
      continue;
    }
    const std::size_t before = add_instance(id, *step, at, instances);
    if (options_.collects_work) add_work(at, before, instances);
    if (at > 0) add_edge(id, instances[at - 1], instances[at]);
    last_at_[step->index()] = at;
    if (!instances[at].open) last_ended_at_[step->index()] = at;
  }
  count_flows(instances);
}

/// The last of the step's predecessors in the model, among their `positions`, that has occurred
/// since the step itself last did.
std::size_t CaseWalk::find_enabling(StepId step, const std::vector<std::size_t>& positions) const {
  const std::size_t own_last = last_at_[step.index()];
  std::size_t best = nowhere;
  for (const StepId predecessor : paths_.predecessors[step.index()]) {
    const std::size_t candidate = positions[predecessor.index()];
    if (candidate == nowhere || (own_last != nowhere && candidate < own_last)) continue;
    if (best == nowhere || candidate > best) best = candidate;
  }
  return best;
}

void CaseWalk::count_instance(StepId step, const Instance& instance) {
  StepSamples& samples = steps_[step.index()];
  const std::uint32_t before = times_done_[step.index()]++;
  ++samples.instances;
  if (before == 0) ++samples.cases;
  if (before == 1) ++samples.repeated_cases;
  if (before > 0) ++samples.repeats;
  const auto service = instance.service();
  if (!service) return;
  samples.service.push_back(*service);
  if (before > 0) samples.repeat_service += *service;
  if (samples.clock) {
    samples.business_service.push_back(samples.clock->between(instance.start, instance.end).micros -
                                       instance.suspended);
  }
}

/// Returns the position of the instance whose end enabled it.
std::size_t CaseWalk::add_instance(CaseId id, StepId step, std::size_t at,
                                   const std::vector<Instance>& instances) {
  StepSamples& samples = steps_[step.index()];
  const Instance& instance = instances[at];
  count_instance(step, instance);
  const std::size_t ended = find_enabling(step, last_ended_at_);
  // A predecessor that is still open led here as well, but it has no end to count from.
  enabled_by_[at] = ended != nowhere ? ended : find_enabling(step, last_at_);
  if (ended == nowhere && at == 0) return nowhere;
  const std::size_t before = ended != nowhere ? ended : at - 1;
  const Micros enabled = instances[before].end;
  if (enabled == no_time) return before;
  timings_[at].enabled = enabled;
  if (instance.end != no_time) {
    samples.sojourn.push_back(instance.end - enabled);
    timings_[at].sla_met = sla_.judge(step, id, enabled, instance.end);
  }
  if (instance.start != no_time) samples.waiting.push_back(instance.start - enabled);
  if (!samples.clock) return before;
  const auto add_open = [&](Micros end, std::vector<Micros>& times) {
    if (end != no_time) times.push_back(samples.clock->between(enabled, end).micros);
  };
  add_open(instance.end, samples.business_sojourn);
  add_open(instance.start, samples.business_waiting);
  return before;
}

void CaseWalk::add_work(std::size_t at, std::size_t before,
                        const std::vector<Instance>& instances) {
  const Instance& instance = instances[at];
  if (instance.start == no_time) return;
  WorkItem item;
  item.step = step_of(instance).value_or(no_step);
  item.resource = instance.resource;
  item.number = instance.event;
  item.start = instance.start;
  item.end = instance.end;
  if (before != nowhere) {
    item.from = step_of(instances[before]).value_or(no_step);
    item.enabled = instances[before].end;
  }
  if (has_wait(item) || item.resource != no_resource) work_.push_back(item);
}

void CaseWalk::add_edge(CaseId id, const Instance& before, const Instance& after) {
  const auto from = step_of(before);
  const auto to = step_of(after);
  if (!from || !to) return;
  const Micros begin = options_.interval && after.start != no_time ? after.start : after.end;
  EdgeSamples& samples = edges_[(std::uint64_t{from->value} << 32U) | to->value];
  if (before.end != no_time && begin != no_time) samples.times.push_back(begin - before.end);
  ++samples.count;
  if (samples.last_case != id.value) ++samples.cases;
  samples.last_case = id.value;
}

/// Counts a flow once per instance that it led away from, even where a fork behind it led to
/// several steps.
void CaseWalk::count_flows(const std::vector<Instance>& instances) {
  if (leads_to_.size() < instances.size()) leads_to_.resize(instances.size());
  for (std::size_t at = 0; at < instances.size(); ++at) leads_to_[at].clear();
  for (std::size_t at = 0; at < instances.size(); ++at) {
    if (enabled_by_[at] != nowhere) leads_to_[enabled_by_[at]].push_back(at);
  }
  exits_.assign(instances.size(), std::nullopt);
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const auto from = step_of(instances[at]);
    if (!from) continue;
    for (const FlowId flow : flows_taken(at, *from, instances)) {
      ++flow_passes_[flow.index()];
      if (!exits_[at] && flow_from_[flow.index()] == *from) exits_[at] = flow;
    }
  }
}

/// In order, each once.
std::span<const FlowId> CaseWalk::flows_taken(std::size_t at, StepId from,
                                              const std::vector<Instance>& instances) {
  const auto& way_to_end = paths_.way_to_end[from.index()];
  if (at + 1 == instances.size() && way_to_end) {
    taken_ = *way_to_end;
  } else {
    taken_.clear();
    for (const std::size_t next : leads_to_[at]) {
      const FlowPaths::Way* way = paths_.find_way(from, *step_of(instances[next]));
      if (way == nullptr) continue;
      // Mostly there is a single way, along a single flow.
      if (leads_to_[at].size() == 1 && way->flows.size() == 1) return way->flows;
      taken_.insert(taken_.end(), way->flows.begin(), way->flows.end());
    }
  }
  std::sort(taken_.begin(), taken_.end());
  taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
  return taken_;
}

void CaseWalk::join(const CaseWalk& later) {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    StepSamples& samples = steps_[i];
    const StepSamples& more = later.steps_[i];
    samples.cases += more.cases;
    samples.instances += more.instances;
    samples.repeats += more.repeats;
    samples.repeated_cases += more.repeated_cases;
    samples.repeat_service += more.repeat_service;
  }
  for (const auto& [key, more] : later.edges_) {
    EdgeSamples& samples = edges_[key];
    samples.count += more.count;
    samples.cases += more.cases;
  }
  for (std::size_t i = 0; i < flow_passes_.size(); ++i) flow_passes_[i] += later.flow_passes_[i];
  work_.insert(work_.end(), later.work_.begin(), later.work_.end());
  sla_.join(later.sla_);
}

}  // namespace gemba
