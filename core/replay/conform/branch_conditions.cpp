#include "core/replay/conform/branch_conditions.h"

#include <algorithm>

namespace gemba::inline replay {

BranchConditions::BranchConditions(const Process& process, const FlowGraph& graph,
                                   const EventLog& log, CaseData& data,
                                   const std::vector<bool>& visible)
    : process_(process), graph_(graph), data_(data), visible_(visible) {
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
      if (column && !seen) {
        names_.push_back({std::string(name), *column});
        data.read_numbers(*column);
      }
      if (!column && std::find(missing_.begin(), missing_.end(), name) == missing_.end())
        missing_.emplace_back(name);
    }
    if (any_known) conditions_.push_back({FlowId(i), &*when->expr});
  }
}

std::uint32_t BranchConditions::look_at(CaseId id, std::uint32_t event) {
  next_numbers_.clear();
  for (const Named& each : names_) next_numbers_.push_back(data_.number_at(each.column, id, event));
  if (verdict_ != nullptr && next_numbers_ == numbers_) return verdict_->number;
  numbers_.swap(next_numbers_);
  // A log whose every event has data of its own would fill the memory.
  constexpr std::size_t most_known = 65'536;
  if (by_numbers_.size() >= most_known) by_numbers_.clear();
  const auto [known, added] = by_numbers_.emplace(numbers_, nullptr);
  if (added) known->second = &verdict_of_numbers();
  verdict_ = known->second;
  return verdict_->number;
}

bool BranchConditions::is_constant(CaseId id) const {
  return std::all_of(names_.begin(), names_.end(),
                     [&](const Named& each) { return data_.is_constant(each.column, id); });
}

bool BranchConditions::compares_with_number(std::size_t column) const {
  return std::any_of(names_.begin(), names_.end(), [&](const Named& named) {
    return named.column == column &&
           std::any_of(conditions_.begin(), conditions_.end(), [&](const Judged& each) {
             return conditions::compares_with_number(*each.condition, named.name);
           });
  });
}

BranchConditions::Verdict& BranchConditions::verdict_of_numbers() {
  const auto lookup = [&](std::string_view name) -> ExprValue {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i].name == name) return data_.value_of(names_[i].column, numbers_[i]);
    }
    return std::monostate();
  };
  Verdict verdict;
  verdict.contradicted.assign(process_.flows.size(), false);
  for (const Judged& each : conditions_) {
    const bool contradicted = evaluate(*each.condition, lookup) == false;
    verdict.contradicted[each.flow.index()] = contradicted;
    verdict.any = verdict.any || contradicted;
  }
  verdict.number = static_cast<std::uint32_t>(verdicts_.size());
  return verdicts_.emplace(verdict.contradicted, verdict).first->second;
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
  if (!verdict_->any) return std::nullopt;
  constexpr std::uint32_t none = 0xFFFF'FFFF;
  const std::uint64_t key =
      (std::uint64_t{from ? from->value : none} << 32U) | (to ? to->value : none);
  const auto [known, added] = verdict_->known.emplace(key, std::nullopt);
  if (added) known->second = find_contradiction(from, to);
  return known->second;
}

std::optional<FlowId> BranchConditions::find_contradiction(std::optional<StepId> from,
                                                           std::optional<StepId> to) {
  const std::vector<bool>& contradicted = verdict_->contradicted;
  if (search(from, to, [&](FlowId flow) { return !contradicted[flow.index()]; }))
    return std::nullopt;
  const std::optional<StepId> target = search(from, to, [](FlowId) { return true; });
  if (!target) return std::nullopt;
  std::optional<FlowId> first;
  const std::vector<StepId> begins = sources(from);
  StepId at = *target;
  do {
    const FlowId flow = *came_by_[at.index()];
    if (contradicted[flow.index()]) first = flow;
    at = graph_.from(flow);
  } while (std::find(begins.begin(), begins.end(), at) == begins.end());
  return first;
}

}  // namespace gemba::inline replay
