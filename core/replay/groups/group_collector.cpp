#include "core/replay/groups/group_collector.h"

#include <utility>

namespace gemba::inline replay {

void GroupCollector::add_case(std::size_t group, CaseId id, std::optional<Micros> duration) {
  group_of_case_[id.index()] = static_cast<std::uint32_t>(group);
  ++bins_[group].cases;
  if (duration) bins_[group].durations.push_back(*duration);
}

void GroupCollector::touch(std::size_t group, CaseId id) {
  if (bins_[group].last_case == id.value) return;
  bins_[group].last_case = id.value;
  ++bins_[group].cases;
}

void GroupCollector::add_instance(std::size_t group, CaseId id, StepId step,
                                  const Instance& instance, const InstanceTiming& timing) {
  Samples& samples = bins_[group].steps[step.value];
  ++samples.instances;
  if (samples.last_case != id.value) ++samples.cases;
  samples.last_case = id.value;
  if (const auto service = instance.service()) samples.service.push_back(*service);
  if (timing.sla_met) ++(*timing.sla_met ? samples.met : samples.breached);
  if (timing.enabled == no_time) return;
  if (instance.end != no_time) samples.sojourn.push_back(instance.end - timing.enabled);
  if (instance.start != no_time) samples.waiting.push_back(instance.start - timing.enabled);
}

GroupProfile GroupCollector::summarise_bin(Bin& bin, const std::vector<StepProfile>& totals) {
  GroupProfile profile;
  profile.cases = bin.cases;
  profile.ended = bin.ended;
  profile.case_duration = summarise(bin.durations);
  for (auto& [number, samples] : bin.steps) {
    StepProfile figures{.cases = samples.cases,
                        .instances = samples.instances,
                        .service = summarise(samples.service),
                        .waiting = summarise(samples.waiting),
                        .sojourn = summarise(samples.sojourn)};
    if (const std::optional<SlaAttainment>& total = totals[number].sla) {
      figures.sla =
          SlaAttainment{total->limit_seconds, total->business, samples.met, samples.breached};
    }
    profile.instances += samples.instances;
    profile.steps.push_back({StepId(number), std::move(figures)});
  }
  return profile;
}

LogSplit GroupCollector::result(const std::vector<StepProfile>& totals) {
  LogSplit split;
  for (Bin& bin : bins_) {
    split.groups.push_back(summarise_bin(bin, totals));
    bin = {};
  }
  split.group_of_case = std::move(group_of_case_);
  return split;
}

}  // namespace gemba::inline replay
