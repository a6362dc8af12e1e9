#include "core/replay/cases/case_shape.h"

#include <algorithm>

namespace gemba::inline replay {
namespace {

constexpr std::uint32_t none = CaseShape::none;

/// Positions of all shapes that are kept, together: some megabytes. A log of more has so many
/// different cases that keeping theirs gains little.
constexpr std::size_t most_places = std::size_t{1} << 18U;

}  // namespace

CaseShapes::CaseShapes(const Process& process, const ActivityMap& map,
                       const std::vector<bool>& shown)
    : map_(map),
      paths_(find_paths(process, FlowGraph(process), shown)),
      times_done_(process.steps.size()),
      last_at_(process.steps.size()),
      last_ended_at_(process.steps.size()) {
  for (const Flow& flow : process.flows) flow_from_.push_back(flow.from);
}

const CaseShape& CaseShapes::of(const std::vector<Instance>& instances) {
  key_.clear();
  for (const Instance& each : instances)
    key_.push_back((each.activity.value << 1U) | (each.open ? 1U : 0U));
  const auto known = kept_.find(key_);
  if (known != kept_.end()) return known->second;
  find_shape(instances);
  if (kept_places_ + instances.size() > most_places) return shape_;
  kept_places_ += instances.size();
  CaseShape& kept = kept_.emplace(key_, shape_).first->second;
  kept.number = static_cast<std::uint32_t>(kept_.size() - 1);
  return kept;
}

void CaseShapes::find_shape(const std::vector<Instance>& instances) {
  std::fill(times_done_.begin(), times_done_.end(), 0);
  std::fill(last_at_.begin(), last_at_.end(), none);
  std::fill(last_ended_at_.begin(), last_ended_at_.end(), none);
  enabled_by_.assign(instances.size(), none);
  shape_.places.assign(instances.size(), {});
  shape_.steps.clear();
  for (std::size_t at = 0; at < instances.size(); ++at) {
    shape_.steps.push_back(map_.step_of[instances[at].activity.index()]);
    take_place(at, instances[at].open);
  }
  link_places();
  find_passes();
}

/// The last of the step's predecessors in the model, among their `positions`, that has occurred
/// since the step itself last did.
std::uint32_t CaseShapes::find_enabling(StepId step,
                                        const std::vector<std::uint32_t>& positions) const {
  const std::uint32_t own_last = last_at_[step.index()];
  std::uint32_t best = none;
  for (const StepId predecessor : paths_.predecessors[step.index()]) {
    const std::uint32_t candidate = positions[predecessor.index()];
    if (candidate == none || (own_last != none && candidate < own_last)) continue;
    if (best == none || candidate > best) best = candidate;
  }
  return best;
}

void CaseShapes::take_place(std::size_t at, bool open) {
  const auto position = static_cast<std::uint32_t>(at);
  CaseShape::Place& place = shape_.places[at];
  if (at > 0) place.before = position - 1;
  if (!shape_.steps[at]) return;
  const StepId step = *shape_.steps[at];
  place.occurrence = times_done_[step.index()]++;
  const std::uint32_t ended = find_enabling(step, last_ended_at_);
  if (ended != none) place.before = ended;
  // A predecessor that is still open led here as well, but it has no end to count from.
  enabled_by_[at] = ended != none ? ended : find_enabling(step, last_at_);
  if (at > 0 && shape_.steps[at - 1]) place.edge = edge_number(*shape_.steps[at - 1], step);
  last_at_[step.index()] = position;
  if (!open) last_ended_at_[step.index()] = position;
}

/// Lists what each instance led to.
void CaseShapes::link_places() {
  std::vector<CaseShape::Place>& places = shape_.places;
  for (const std::uint32_t by : enabled_by_) {
    if (by != none) ++places[by].enables_end;
  }
  std::uint32_t begin = 0;
  for (CaseShape::Place& place : places) {
    place.enables_begin = begin;
    begin += place.enables_end;
    place.enables_end = place.enables_begin;
  }
  shape_.enables.resize(begin);
  for (std::size_t at = 0; at < places.size(); ++at) {
    if (enabled_by_[at] == none) continue;
    shape_.enables[places[enabled_by_[at]].enables_end++] = static_cast<std::uint32_t>(at);
  }
}

std::uint32_t CaseShapes::edge_number(StepId from, StepId to) {
  const auto [place, added] = edge_numbers_.emplace((std::uint64_t{from.value} << 32U) | to.value,
                                                    static_cast<std::uint32_t>(edges_.size()));
  if (added) edges_.push_back({from, to});
  return place->second;
}

/// A flow counts once per instance that it led away from, even where a fork behind it led to
/// several steps.
void CaseShapes::find_passes() {
  shape_.passes.clear();
  for (std::size_t at = 0; at < shape_.places.size(); ++at) {
    CaseShape::Place& place = shape_.places[at];
    if (!shape_.steps[at]) continue;
    for (const FlowId flow : flows_taken(at)) {
      shape_.passes.push_back(flow);
      if (!place.exit && flow_from_[flow.index()] == *shape_.steps[at]) place.exit = flow;
    }
  }
}

/// In order, each once.
std::span<const FlowId> CaseShapes::flows_taken(std::size_t at) {
  const StepId from = *shape_.steps[at];
  const auto& way_to_end = paths_.way_to_end[from.index()];
  if (at + 1 == shape_.places.size() && way_to_end) {
    taken_ = *way_to_end;
  } else {
    taken_.clear();
    for (const std::uint32_t next : shape_.enabled_from(at)) {
      const FlowPaths::Way* way = paths_.find_way(from, *shape_.steps[next]);
      if (way != nullptr) taken_.insert(taken_.end(), way->flows.begin(), way->flows.end());
    }
  }
  std::sort(taken_.begin(), taken_.end());
  taken_.erase(std::unique(taken_.begin(), taken_.end()), taken_.end());
  return taken_;
}

}  // namespace gemba::inline replay
