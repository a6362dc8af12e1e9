#include "core/replay/case_walk.h"

namespace gemba {

CaseWalk::CaseWalk(const Process& process, const ActivityMap& map, const std::vector<bool>& shown,
                   Options options)
    : shapes_(process, map, shown),
      sla_(process, options.calendar),
      options_(options),
      steps_(process.steps.size()),
      flow_passes_(process.flows.size(), 0) {
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
  shape_ = &shapes_.of(instances);
  edges_.resize(shapes_.edges().size());
  timings_.assign(instances.size(), {});
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const Place& place = shape_->places[at];
    if (place.step) {
      count_instance(place, instances[at]);
      time_instance(id, at, instances);
    }
    if (place.edge != CaseShape::none) add_edge(id, place.edge, instances[at - 1], instances[at]);
    if (options_.collects_work) add_work(at, instances);
  }
  for (const FlowId flow : shape_->passes) ++flow_passes_[flow.index()];
}

void CaseWalk::count_instance(const Place& place, const Instance& instance) {
  StepSamples& samples = steps_[place.step->index()];
  ++samples.instances;
  if (place.occurrence == 0) ++samples.cases;
  if (place.occurrence == 1) ++samples.repeated_cases;
  if (place.occurrence == 0) return;
  ++samples.repeats;
  samples.repeat_service += instance.service().value_or(0);
}

void CaseWalk::time_instance(CaseId id, std::size_t at, const std::vector<Instance>& instances) {
  const Place& place = shape_->places[at];
  StepSamples& samples = steps_[place.step->index()];
  const Instance& instance = instances[at];
  const Micros enabled = place.before != CaseShape::none ? instances[place.before].end : no_time;
  InstanceTiming& timing = timings_[at];
  timing.enabled = enabled;
  if (const auto service = instance.service()) samples.service.push_back(*service);
  if (enabled != no_time && instance.end != no_time) {
    samples.sojourn.push_back(instance.end - enabled);
    timing.sla_met = sla_.judge(*place.step, id, enabled, instance.end);
  }
  if (enabled != no_time && instance.start != no_time)
    samples.waiting.push_back(instance.start - enabled);
  if (samples.clock) time_in_hours(samples, enabled, instance);
}

void CaseWalk::time_in_hours(StepSamples& samples, Micros enabled, const Instance& instance) {
  // Each moment is looked up once, though it bounds two of the times.
  struct Moment {
    Micros time, open = 0;
  };
  const auto moment = [&](Micros time) {
    return Moment{time, time != no_time ? samples.clock->open_until(time) : 0};
  };
  const Moment enabling = moment(enabled), start = moment(instance.start),
               end = moment(instance.end);
  const auto take = [](const Moment& from, const Moment& to, Micros suspended, DurationList& into) {
    if (from.time == no_time || to.time == no_time) return;
    into.push_back((from.time < to.time ? to.open - from.open : 0) - suspended);
  };
  take(start, end, instance.suspended, samples.business_service);
  take(enabling, start, 0, samples.business_waiting);
  take(enabling, end, 0, samples.business_sojourn);
}

void CaseWalk::add_work(std::size_t at, const std::vector<Instance>& instances) {
  const Instance& instance = instances[at];
  if (instance.start == no_time) return;
  const Place& place = shape_->places[at];
  WorkItem item;
  item.step = place.step.value_or(no_step);
  item.resource = instance.resource;
  item.number = instance.event;
  item.start = instance.start;
  item.end = instance.end;
  if (place.before != CaseShape::none) {
    item.from = shape_->places[place.before].step.value_or(no_step);
    item.enabled = instances[place.before].end;
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

}  // namespace gemba
