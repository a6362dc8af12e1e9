#include "core/estimate/expected.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/estimate/handovers.h"

namespace gemba::inline estimate {
namespace {

template <class T>
bool contains(const std::vector<T>& items, T wanted) {
  return std::find(items.begin(), items.end(), wanted) != items.end();
}

/// The product of the parts that are said of the step.
double part_of(const std::vector<std::pair<StepId, double>>& parts, StepId id) {
  double part = 1;
  for (const auto& [step, each] : parts) {
    if (step == id) part *= each;
  }
  return part;
}

StepFigures scaled(const StepFigures& figures, double part) {
  StepFigures result = figures;
  result.work *= part;
  result.processing *= part;
  result.waiting *= part;
  return result;
}

/// Times of a visit before it is asked whose they are.
struct Times {
  double busy = 0;
  double waiting = 0;
  Origin busy_origin = Origin::assumed;
  Origin waiting_origin = Origin::assumed;
};

Times declared_times(const Step& step) {
  const StatedTimes stated = stated_times(step);
  return {.busy = stated.work.value_or(0),
          .waiting = stated.waiting.value_or(0),
          .busy_origin = stated.work ? Origin::declared : Origin::assumed,
          .waiting_origin = stated.waiting ? Origin::declared : Origin::assumed};
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

/// Whether a case that passes the removed step comes to the same role next, which it waits for
/// there as it did here.
bool queue_stays(const Process& process, const FlowGraph& graph, const Profile* profile,
                 const Edit& edit, StepId removed) {
  const std::optional<RoleId> role = process[removed].role;
  if (!role) return false;
  std::vector<bool> seen(process.steps.size(), false);
  std::vector<StepId> stack{removed};
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    for (const FlowId flow : graph.out[step.index()]) {
      const StepId next = graph.to(flow);
      if (contains(edit.closed, flow) || seen[next.index()]) continue;
      seen[next.index()] = true;
      if (contains(edit.removed, next) || is_gateway(process[next].kind)) {
        stack.push_back(next);
      } else if (is_work(process[next].kind) && role_of(process, edit, next) == role &&
                 figures_of(process, next, profile).waiting <= 0) {
        return true;
      }
    }
  }
  return false;
}

template <class T>
void add_all(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Changes of our role. Cases for which a step is not done pass it by; steps that are done for the
/// same part of the cases are taken to be done for the same cases. Of many different parts the mean
/// counts.
double handovers_after(const Process& process, const FlowGraph& graph, const Visits& visits,
                       const Edit& edit) {
  constexpr std::size_t most_parts = 8;
  const Hands hands = role_hands(process, edit);
  const double all = expected_changes(graph, visits, hands);
  std::map<double, std::vector<StepId>> by_part;
  double sum = 0;
  for (const auto& [step, part] : edit.fewer) {
    if (!hands[step.index()] || part >= 1) continue;
    by_part[part].push_back(step);
    sum += part;
  }
  if (by_part.size() > most_parts) {
    std::vector<StepId> together;
    for (const auto& [part, steps] : by_part) add_all(together, steps);
    const double mean = sum / static_cast<double>(together.size());
    by_part = {{mean, std::move(together)}};
  }
  double spared = 0;
  for (const auto& [part, steps] : by_part) {
    Hands without = hands;
    for (const StepId step : steps) without[step.index()].reset();
    spared += (1 - part) * (all - expected_changes(graph, visits, without));
  }
  return std::max(0.0, all - spared);
}

void add_cost(const Process& process, double visits, const StepFigures& figures,
              std::optional<RoleId> role, Expected& result) {
  if (!role || !process.definitions[*role].cost_per_hour) return;
  const double rate = *process.definitions[*role].cost_per_hour;
  result.cost = result.cost.value_or(0) + visits * figures.work / 3600 * rate;
}

/// What the visits of a step take besides time.
void add_expense(const Step& step, double visits, Expected& result) {
  result.trips += visits * step.trips;
  if (step.fee <= 0) return;
  result.fees += visits * step.fee;
  result.cost = result.cost.value_or(0) + visits * step.fee;
}

/// Every role of ours that needs a paper from outside asks for a piece of its own.
double papers_of(const Process& process, const Edit& edit, const Visits& visits) {
  std::map<std::pair<DataId, RoleId>, double> pieces;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const std::optional<RoleId> role = role_of(process, edit, id);
    if (!role || process.definitions[*role].external || contains(edit.removed, id)) continue;
    for (const DataUse& use : process[id].needs) {
      const Data& data = process.definitions[use.data];
      if (!data.paper || data.from.empty() || use.optional) continue;
      double& most = pieces[{use.data, *role}];
      most = std::max(most, std::min(1.0, visits.steps[i] * part_of(edit.fewer, id)));
    }
  }
  double sum = 0;
  for (const auto& [what, piece] : pieces) sum += piece;
  return sum;
}

std::optional<double> cases_per_month(const Process& process, const Profile* profile) {
  if (process.volume && process.volume->cases_per_month() > 0) {
    return process.volume->cases_per_month();
  }
  if (profile == nullptr || profile->span_seconds <= 0) return std::nullopt;
  return static_cast<double>(profile->cases) * seconds_per_month / profile->span_seconds;
}

}  // namespace

void Edit::append(const Edit& other) {
  add_all(removed, other.removed);
  add_all(closed, other.closed);
  add_all(kept, other.kept);
  add_all(unwaited, other.unwaited);
  add_all(aside, other.aside);
  add_all(fewer, other.fewer);
  add_all(sooner, other.sooner);
  add_all(moved, other.moved);
}

Visits visits_after(const Process& process, const FlowGraph& graph, const Profile* profile,
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

Expected expected(const Process& process, const FlowGraph& graph, const Profile* profile,
                  const Edit& edit, const Expected* before) {
  Expected result;
  result.visits = before != nullptr && edit.closed.empty()
                      ? before->visits
                      : visits_after(process, graph, profile, edit);
  result.steps.resize(process.steps.size());
  std::vector<double> seconds(process.steps.size(), 0);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    StepFigures& figures = result.steps[i];
    result.abandoned += result.visits.steps[i] * process.steps[i].abandon;
    if (contains(edit.removed, id)) {
      if (!queue_stays(process, graph, profile, edit, id)) continue;
      figures.waiting = figures_of(process, id, profile).waiting;
      result.waiting_seconds += result.visits.steps[i] * figures.waiting;
      seconds[i] = figures.waiting;
      continue;
    }
    figures = figures_of(process, id, profile);
    if (contains(edit.unwaited, id)) figures.waiting = 0;
    figures.waiting *= part_of(edit.sooner, id);
    const double part = part_of(edit.fewer, id);
    if (part < 1) figures = scaled(figures, part);
    const double visits = result.visits.steps[i];
    const double staying = result.visits.staying[i];
    figures.work *= staying;
    figures.processing *= staying;
    add_expense(process[id], visits * staying * part, result);
    if (!contains(edit.aside, id)) seconds[i] = figures.work + figures.processing + figures.waiting;
    result.work_seconds += visits * figures.work;
    result.processing_seconds += visits * figures.processing;
    result.waiting_seconds += visits * figures.waiting;
    if (process[id].kind == StepKind::approval) result.approvals += visits * part;
    add_cost(process, visits, figures, role_of(process, edit, id), result);
  }
  result.papers = papers_of(process, edit, result.visits);
  result.abandoned = std::min(1.0, result.abandoned);
  result.cycle_seconds = cycle_seconds(process, graph, result.visits, seconds);
  if (result.cycle_seconds > 0) {
    const double touched = result.work_seconds + result.processing_seconds;
    result.flow_efficiency = std::min(1.0, touched / result.cycle_seconds);
  }
  result.handovers = handovers_after(process, graph, result.visits, edit);
  result.system_switches = expected_changes(graph, result.visits, system_hands(process, edit)) +
                           switches_within(process, edit, result.visits);
  result.cases_per_month = cases_per_month(process, profile);
  return result;
}

}  // namespace gemba::inline estimate
