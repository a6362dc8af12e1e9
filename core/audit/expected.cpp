#include "core/audit/expected.h"

#include <algorithm>

namespace gemba {
namespace {

template <class T>
bool contains(const std::vector<T>& items, T wanted) {
  return std::find(items.begin(), items.end(), wanted) != items.end();
}

/// Times of a visit before it is asked whose they are.
struct Times {
  double busy = 0;
  double waiting = 0;
  Origin busy_origin = Origin::assumed;
  Origin waiting_origin = Origin::assumed;
};

Times declared_times(const Step& step) {
  Times times;
  if (step.time) {
    times.busy = step.time->mean_seconds();
    times.busy_origin = Origin::declared;
  }
  if (step.wait) {
    times.waiting = working_seconds(step.wait->value);
    times.waiting_origin = Origin::declared;
  }
  return times;
}

void measure(const StepProfile& seen, Times& times) {
  if (seen.service.count > 0) {
    times.busy = std::max(0.0, seen.service.mean);
    times.busy_origin = Origin::measured;
  }
  if (seen.waiting.count > 0) {
    times.waiting = std::max(0.0, seen.waiting.mean);
    times.waiting_origin = Origin::measured;
  } else if (seen.sojourn.count > 0) {
    times.waiting = std::max(0.0, seen.sojourn.mean - times.busy);
    times.waiting_origin = Origin::measured;
  }
}

StepFigures figures_of(const Process& process, StepId id, const Profile* profile) {
  const Step& step = process[id];
  Times times = declared_times(step);
  if (profile != nullptr && id.index() < profile->steps.size()) {
    measure(profile->steps[id.index()], times);
  }
  StepFigures figures{0, 0, times.waiting, times.busy_origin, times.waiting_origin};
  if (step.kind == StepKind::wait || process.is_external(step)) {
    figures.waiting += times.busy;
    if (times.waiting_origin == Origin::assumed) figures.waiting_origin = times.busy_origin;
  } else if (step.automation == Automation::automatic) {
    figures.processing = times.busy;
  } else {
    figures.work = times.busy;
  }
  return figures;
}

/// Who has the case at each step: our roles, or the systems worked in.
std::vector<std::optional<std::uint32_t>> hands(const Process& process, const Edit& edit,
                                                bool systems) {
  std::vector<std::optional<std::uint32_t>> result(process.steps.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const Step& step = process.steps[i];
    if (contains(edit.removed, StepId(i))) continue;
    if (step.kind == StepKind::start || step.kind == StepKind::end) continue;
    if (systems && step.system) result[i] = step.system->value;
    if (!systems && step.role && !process.is_external(step)) result[i] = step.role->value;
  }
  return result;
}

Visits visits_of(const Process& process, const FlowGraph& graph, const Profile* profile,
                 const Edit& edit) {
  ShareInput known;
  known.closed = edit.closed;
  std::vector<double> starts;
  if (profile != nullptr) {
    known.flows = profile->flow_shares;
    for (const StepId start : graph.starts) {
      const bool seen = start.index() < profile->steps.size();
      starts.push_back(seen ? static_cast<double>(profile->steps[start.index()].cases) : 0);
    }
    known.starts = starts;
  }
  return expected_visits(process, graph, known);
}

void add_cost(const Process& process, double visits, const StepFigures& figures, const Step& step,
              Expected& result) {
  if (!step.role || !process.definitions[*step.role].cost_per_hour) return;
  const double rate = *process.definitions[*step.role].cost_per_hour;
  result.cost = result.cost.value_or(0) + visits * figures.work / 3600 * rate;
}

std::optional<double> cases_per_month(const Process& process, const Profile* profile) {
  if (process.volume && process.volume->cases_per_month() > 0) {
    return process.volume->cases_per_month();
  }
  if (profile == nullptr || profile->span_seconds <= 0) return std::nullopt;
  return static_cast<double>(profile->cases) * seconds_per_month / profile->span_seconds;
}

}  // namespace

Expected expected(const Process& process, const FlowGraph& graph, const Profile* profile,
                  const Edit& edit, const Expected* before) {
  Expected result;
  result.visits = before != nullptr && edit.closed.empty()
                      ? before->visits
                      : visits_of(process, graph, profile, edit);
  result.steps.resize(process.steps.size());
  std::vector<double> seconds(process.steps.size(), 0);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (contains(edit.removed, id)) continue;
    StepFigures& figures = result.steps[i];
    figures = figures_of(process, id, profile);
    if (contains(edit.unwaited, id)) figures.waiting = 0;
    const double visits = result.visits.steps[i];
    seconds[i] = figures.work + figures.processing + figures.waiting;
    result.work_seconds += visits * figures.work;
    result.processing_seconds += visits * figures.processing;
    result.waiting_seconds += visits * figures.waiting;
    if (process[id].kind == StepKind::approval) result.approvals += visits;
    add_cost(process, visits, figures, process[id], result);
  }
  result.cycle_seconds = cycle_seconds(process, graph, result.visits, seconds);
  if (result.cycle_seconds > 0) {
    const double touched = result.work_seconds + result.processing_seconds;
    result.flow_efficiency = std::min(1.0, touched / result.cycle_seconds);
  }
  result.handovers = expected_changes(graph, result.visits, hands(process, edit, false));
  result.system_switches = expected_changes(graph, result.visits, hands(process, edit, true));
  result.cases_per_month = cases_per_month(process, profile);
  return result;
}

}  // namespace gemba
