#include "core/replay/case_walk.h"

namespace gemba::inline replay {

CaseWalk::CaseWalk(const Process& process, const ActivityMap& map, const std::vector<bool>& shown,
                   Options options)
    : shapes_(process, map, shown),
      sla_(process, options.calendar, options.most_breaches),
      options_(options),
      steps_(process.steps.size()),
      clocks_(process.definitions.calendars.size()),
      flow_passes_(process.flows.size(), 0) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const auto calendar = calendar_of(process, process.steps[i], options.calendar);
    if (!calendar) continue;
    std::optional<WorkingClock>& clock = clocks_[calendar->index()];
    if (!clock) clock.emplace(process.definitions[*calendar]);
    steps_[i].clock = &*clock;
  }
}

void CaseWalk::reserve(StepId step, std::size_t instances) {
  StepSamples& samples = steps_[step.index()];
  samples.sojourn.reserve(instances);
  if (samples.clock != nullptr) samples.business_sojourn.reserve(instances);
  if (!options_.interval) return;
  samples.service.reserve(instances);
  samples.waiting.reserve(instances);
  if (samples.clock == nullptr) return;
  samples.business_service.reserve(instances);
  samples.business_waiting.reserve(instances);
}

void CaseWalk::add(CaseId id, const std::vector<Instance>& instances) {
  shape_ = &shapes_.of(instances);
  edges_.resize(shapes_.edges().size());
  timings_.assign(instances.size(), {});
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const Place& place = shape_->places[at];
    if (const std::optional<StepId> step = shape_->steps[at]) {
      count_instance(place, instances[at], steps_[step->index()]);
      time_instance(id, *step, at, instances);
    }
    if (place.edge != CaseShape::none) add_edge(id, place.edge, instances[at - 1], instances[at]);
    if (options_.collects_work) add_work(at, instances);
  }
  for (const FlowId flow : shape_->passes) ++flow_passes_[flow.index()];
}

void CaseWalk::count_instance(const Place& place, const Instance& instance, StepSamples& samples) {
  ++samples.instances;
  if (place.occurrence == 0) ++samples.cases;
  if (place.occurrence == 1) ++samples.repeated_cases;
  if (place.occurrence == 0) return;
  ++samples.repeats;
  samples.repeat_service += instance.service().value_or(0);
}

void CaseWalk::time_instance(CaseId id, StepId step, std::size_t at,
                             const std::vector<Instance>& instances) {
  const std::uint32_t before = shape_->places[at].before;
  StepSamples& samples = steps_[step.index()];
  const Instance& instance = instances[at];
  const auto moment = [&](Micros time) {
    const bool counts = samples.clock != nullptr && time != no_time;
    return ClockedMoment{time, counts ? samples.clock->open_until(time) : 0};
  };
  const ClockedMoment enabled = moment(before != CaseShape::none ? instances[before].end : no_time);
  const ClockedMoment start = moment(instance.start);
  const ClockedMoment end = moment(instance.end);
  const auto take = [&](const ClockedMoment& from, const ClockedMoment& to, Micros suspended,
                        DurationList& elapsed, DurationList& business) {
    if (from.time == no_time || to.time == no_time) return false;
    elapsed.push_back(to.time - from.time - suspended);
    if (samples.clock != nullptr) business.push_back(open_between(from, to) - suspended);
    return true;
  };
  take(start, end, instance.suspended, samples.service, samples.business_service);
  take(enabled, start, 0, samples.waiting, samples.business_waiting);
  timings_[at].enabled = enabled.time;
  if (take(enabled, end, 0, samples.sojourn, samples.business_sojourn))
    timings_[at].sla_met = sla_.judge(step, id, enabled, end, samples.clock);
}

void CaseWalk::add_work(std::size_t at, const std::vector<Instance>& instances) {
  const Instance& instance = instances[at];
  if (instance.start == no_time) return;
  const std::uint32_t before = shape_->places[at].before;
  WorkItem item;
  item.step = shape_->steps[at].value_or(no_step);
  item.resource = instance.resource;
  item.number = instance.event;
  item.start = instance.start;
  item.end = instance.end;
  if (before != CaseShape::none) {
    item.from = shape_->steps[before].value_or(no_step);
    item.enabled = instances[before].end;
  }
  if (has_wait(item) || item.resource != no_resource) work_.push_back(item);
}

void CaseWalk::add_edge(CaseId id, std::uint32_t edge, const Instance& before,
                        const Instance& after) {
  const Micros begin = options_.interval && after.start != no_time ? after.start : after.end;
  EdgeSamples& samples = edges_[edge];
  if (before.end != no_time && begin != no_time) samples.times.push_back(begin - before.end);
  ++samples.count;
  if (samples.last_case != id.value) ++samples.cases;
  samples.last_case = id.value;
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
  for (std::size_t i = 0; i < flow_passes_.size(); ++i) flow_passes_[i] += later.flow_passes_[i];
  work_.insert(work_.end(), later.work_.begin(), later.work_.end());
  sla_.join(later.sla_);
}

}  // namespace gemba::inline replay
