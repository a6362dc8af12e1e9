#include "core/audit/check_basis.h"

#include <algorithm>

#include "core/audit/own_work.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {

bool is_other_party(const AuditInput& input, const Step& step) {
  return input.process.is_external(step) &&
         std::none_of(input.graph.starts.begin(), input.graph.starts.end(),
                      [&](StepId start) { return input.process[start].role == step.role; });
}

FlowFacts::FlowFacts(const AuditInput& input)
    : input_(input),
      makers_(makers_of_data(input.process)),
      missing_(makers_.size()),
      users_(makers_.size()),
      without_(input.process.steps.size()),
      after_(input.process.steps.size()) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    const bool happens = step.kind == StepKind::wait || step.kind == StepKind::call ||
                         (is_work(step.kind) && input.process.is_external(step));
    if (happens && step.makes.empty()) silent_.push_back(StepId(i));
  }
}

bool FlowFacts::is_missing(DataId data, StepId step) {
  if (!input_.process.definitions[data].from.empty()) return false;
  auto& missing = missing_[data.index()];
  if (!missing) missing = missing_data(input_.process, input_.graph, makers(data)).before;
  return (*missing)[step.index()];
}

const std::vector<StepId>& FlowFacts::users(DataId data) {
  auto& users = users_[data.index()];
  if (users) return *users;
  users.emplace();
  for (std::size_t i = 0; i < input_.process.steps.size(); ++i) {
    const bool used = uses(input_.process.steps[i], data) ||
                      decides_by(input_.process, input_.graph, StepId(i), data);
    if (used) users->push_back(StepId(i));
  }
  return *users;
}

bool FlowFacts::always_passed(StepId first, StepId later) {
  auto& without = without_[first.index()];
  if (!without) without = reached_without(input_.process, input_.graph, first);
  return !(*without)[later.index()];
}

bool FlowFacts::comes_to(StepId first, StepId later) {
  auto& after = after_[first.index()];
  if (!after) after = reachable_after(input_.graph, first);
  return (*after)[later.index()];
}

bool FlowFacts::has_silent_event(StepId first, StepId later) {
  return std::any_of(silent_.begin(), silent_.end(), [&](StepId event) {
    return comes_to(first, event) && comes_to(event, later) && !comes_to(later, event);
  });
}

CheckBasis::CheckBasis(const AuditInput& input, FlowFacts& facts, StepId check)
    : input_(input),
      facts_(facts),
      check_(check),
      is_needed_(input.process.definitions.data.size(), false) {
  const Process& process = input.process;
  for (std::size_t i = 0; i < is_needed_.size(); ++i) {
    const DataId data(i);
    if (uses(process[check], data) || decides_by(process, input.graph, check, data)) need(data);
  }
  direct_ = needed_.size();
  for (std::size_t at = 0; at < needed_.size(); ++at) {
    for (const StepId maker : facts.makers(needed_[at])) {
      for (const DataUse& use : process[maker].needs) need(use.data);
    }
  }
}

void CheckBasis::need(DataId data) {
  if (is_needed_[data.index()]) return;
  is_needed_[data.index()] = true;
  needed_.push_back(data);
}

bool CheckBasis::is_known() const { return !needed_.empty(); }

bool CheckBasis::rests_on(StepId step) const {
  const std::vector<DataUse>& made = input_.process[step].makes;
  return std::any_of(made.begin(), made.end(),
                     [&](const DataUse& use) { return is_needed_[use.data.index()]; });
}

bool CheckBasis::complete_before(StepId step) {
  for (std::size_t i = 0; i < needed_.size(); ++i) {
    if (!facts_.is_missing(needed_[i], step)) continue;
    // Only the task that belongs to the check moves with it.
    if (i >= direct_ || !can_be_made_before(needed_[i], step)) return false;
  }
  return true;
}

bool CheckBasis::can_be_made_before(DataId data, StepId step) {
  const std::vector<StepId>& makers = facts_.makers(data);
  if (makers.empty() || facts_.has_silent_event(step, check_)) return false;
  return std::all_of(makers.begin(), makers.end(), [&](StepId maker) {
    const Step& made = input_.process[maker];
    const bool own = made.kind == StepKind::task && is_own_work(input_.process, maker);
    // Whoever talks to the customer has had a reason to do so only then.
    const bool talks = !made.script.empty() || made.value == Value::customer;
    return own && maker != step && !made.needs.empty() && !talks &&
           facts_.always_passed(maker, check_);
  });
}

std::vector<StepId> CheckBasis::own_tasks() const {
  const Process& process = input_.process;
  std::vector<StepId> tasks;
  for (std::size_t i = 0; i < direct_; ++i) {
    for (const StepId maker : facts_.makers(needed_[i])) {
      const bool own = process[maker].kind == StepKind::task && is_own_work(process, maker);
      if (own && facts_.always_passed(maker, check_)) tasks.push_back(maker);
    }
  }
  std::sort(tasks.begin(), tasks.end());
  tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
  return tasks;
}

}  // namespace gemba::inline audit
