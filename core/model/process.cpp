#include "core/model/process.h"

namespace gemba::inline model {

double WorkTime::mean_seconds() const {
  if (fixed) return working_seconds(*fixed);
  if (mean) return working_seconds(*mean);
  double sum = 0;
  int parts = 0;
  for (const auto& part : {min, mode, max}) {
    if (part) {
      sum += working_seconds(*part);
      ++parts;
    }
  }
  return parts == 0 ? 0 : sum / parts;
}

StatedTimes stated_times(const Step& step) {
  StatedTimes times;
  if (step.wait)
    times.waiting = working_seconds(step.wait->value);
  else if (step.every)
    times.waiting = working_seconds(step.every->value) / 2;
  if (step.time) times.work = step.time->mean_seconds();
  return times;
}

std::vector<SystemId> systems_of(const Step& step) {
  std::vector<SystemId> systems;
  if (step.system) systems.push_back(*step.system);
  systems.insert(systems.end(), step.other_systems.begin(), step.other_systems.end());
  return systems;
}

double Volume::cases_per_month() const {
  return per_seconds > 0 ? cases * seconds_per_month / per_seconds : 0;
}

std::optional<StepId> Process::find_step(std::string_view step_id) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].id == step_id) return StepId(i);
  }
  return std::nullopt;
}

}  // namespace gemba::inline model
