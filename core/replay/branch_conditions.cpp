#include "core/replay/branch_conditions.h"

#include <algorithm>

namespace gemba {

BranchConditions::BranchConditions(const Process& process, const FlowGraph& graph,
                                   const EventLog& log, const CaseData& data,
                                   const std::vector<bool>& visible)
    : process_(process),
      graph_(graph),
      data_(data),
      visible_(visible),
      contradicted_(process.flows.size(), false) {
  if (log.size() == 0) return;
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const std::optional<Condition>& when = process.flows[i].when;
    if (!when || !when->expr) continue;
    bool any_known = false;
    for (const std::string_view name : names_in(*when->expr)) {
      const auto is_it = [&](const auto& each) { return each.name == name; };
      const bool seen = std::any_of(names_.begin(), names_.end(), is_it);
      const std::optional<std::size_t> column = data_.find_column(name);
      any_known = any_known || column;
      if (column && !seen) names_.push_back({std::string(name), *column, StringPool::none});
      if (!column && std::find(missing_.begin(), missing_.end(), name) == missing_.end())
        missing_.emplace_back(name);
    }
    if (any_known) conditions_.push_back({FlowId(i), &*when->expr});
  }
}

// Neighbouring events mostly have the same values: conditions are evaluated where one changes.
void BranchConditions::look_at(CaseId id, std::uint32_t event) {
  bool same = judged_;
  for (Named& each : names_) {
    const std::uint32_t number = data_.number_at(each.column, id, event);
    same = same && number == each.number;
    each.number = number;
  }
  if (!same) judge_all();
}

void BranchConditions::judge_all() {
  const auto lookup = [&](std::string_view name) -> ExprValue {
    for (const Named& each : names_) {
      if (each.name == name) return data_.value_of(each.column, each.number);
    }
    return std::monostate();
  };
  judged_ = true;
  any_contradicted_ = false;
  for (const Judged& each : conditions_) {
    const bool contradicted = evaluate(*each.condition, lookup) == false;
    contradicted_[each.flow.index()] = contradicted;
    any_contradicted_ = any_contradicted_ || contradicted;
  }
}

std::vector<StepId> BranchConditions::sources(std::optional<StepId> from) const {
  if (from) return {*from};
  std::vector<StepId> hidden;
  for (const StepId start : graph_.starts) {
    if (!visible_[start.index()]) hidden.push_back(start);
  }
  return hidden;
}

bool BranchConditions::is_target(StepId step, std::optional<StepId> to) const {
  return to ? step == *to : process_[step].kind == StepKind::end && !visible_[step.index()];
}

/// Breadth first through hidden steps along flows that are open; the target, if it is reached.
template <class Open>
std::optional<StepId> BranchConditions::search(std::optional<StepId> from, std::optional<StepId> to,
                                               Open open) {
  came_by_.assign(graph_.step_count(), std::nullopt);
  queue_ = sources(from);
  for (std::size_t at = 0; at < queue_.size(); ++at) {
    for (const FlowId flow : graph_.out[queue_[at].index()]) {
      const StepId next = graph_.to(flow);
      if (came_by_[next.index()] || !open(flow)) continue;
      came_by_[next.index()] = flow;
      if (is_target(next, to)) return next;
      if (!visible_[next.index()]) queue_.push_back(next);
    }
  }
  return std::nullopt;
}

std::optional<FlowId> BranchConditions::contradiction(std::optional<StepId> from,
                                                      std::optional<StepId> to) {
  if (!any_contradicted_) return std::nullopt;
  if (search(from, to, [&](FlowId flow) { return !contradicted_[flow.index()]; }))
    return std::nullopt;
  const std::optional<StepId> target = search(from, to, [](FlowId) { return true; });
  if (!target) return std::nullopt;
  std::optional<FlowId> first;
  const std::vector<StepId> begins = sources(from);
  StepId at = *target;
  do {
    const FlowId flow = *came_by_[at.index()];
    if (contradicted_[flow.index()]) first = flow;
    at = graph_.from(flow);
  } while (std::find(begins.begin(), begins.end(), at) == begins.end());
  return first;
}

}  // namespace gemba
