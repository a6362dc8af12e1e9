#include "core/replay/cases/activity_map.h"

#include <map>

#include "core/base/suggest.h"

namespace gemba::inline replay {
namespace {

using Claims = std::map<std::string_view, std::vector<StepId>>;

void claim(Claims& claims, std::string_view name, StepId step) {
  std::vector<StepId>& steps = claims[name];
  if (steps.empty() || steps.back() != step) steps.push_back(step);
}

}  // namespace

ActivityMap map_activities(const Process& process, const EventLog& log) {
  // In order of precedence: what a step says about logs outweighs a likeness of names.
  Claims by_log, by_id, by_name;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    for (const std::string& name : step.log) claim(by_log, name, StepId(i));
    claim(by_id, step.id, StepId(i));
    claim(by_name, step.name, StepId(i));
  }
  ActivityMap map;
  map.step_of.resize(log.activities.size());
  for (std::size_t i = 0; i < log.activities.size(); ++i) {
    const std::string_view activity = log.name(ActivityId(i));
    for (const Claims* claims : {&by_log, &by_id, &by_name}) {
      const auto found = claims->find(activity);
      if (found == claims->end()) continue;
      map.step_of[i] = found->second.front();
      if (found->second.size() > 1) {
        map.shared.push_back({std::string(activity), found->second[0], found->second[1]});
      }
      break;
    }
  }
  return map;
}

std::vector<std::size_t> instances_by_step(const Process& process, const ActivityMap& map,
                                           const EventLog& log, LifecycleMode mode) {
  const std::vector<std::size_t> by_activity = most_instances(log, mode);
  std::vector<std::size_t> by_step(process.steps.size(), 0);
  for (std::size_t i = 0; i < map.step_of.size(); ++i) {
    if (map.step_of[i]) by_step[map.step_of[i]->index()] += by_activity[i];
  }
  return by_step;
}

bool shows_in_logs(const Step& step) { return !is_routing(step.kind) || !step.log.empty(); }

std::vector<bool> visible_steps(const Process& process, const std::vector<bool>& shown) {
  std::vector<bool> visible = shown;
  for (std::size_t i = 0; i < process.steps.size(); ++i)
    visible[i] = visible[i] || shows_in_logs(process.steps[i]);
  return visible;
}

std::string nearest_claim(const Process& process, std::string_view activity) {
  std::vector<std::string_view> names;
  for (const Step& step : process.steps) {
    names.insert(names.end(), step.log.begin(), step.log.end());
    names.push_back(step.name);
    names.push_back(step.id);
  }
  return nearest(activity, names).value_or("");
}

}  // namespace gemba::inline replay
