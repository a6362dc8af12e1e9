#include "core/audit/repeated_visit.h"

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

class Search {
 public:
  Search(const AuditInput& input, std::span<const RepeatedEntry> known)
      : input_(input),
        process_(input.process),
        back_(back_flows(input.graph)),
        cyclic_(on_cycles(input.graph)),
        taken_(input.process.steps.size(), false) {
    for (const RepeatedEntry& entry : known) {
      taken_[entry.first.index()] = true;
      for (const StepId step : entry.later) taken_[step.index()] = true;
    }
  }

  std::vector<RepeatedEntry> all() {
    find_offices();
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& step = process_.steps[i];
      if (step.kind != StepKind::task || !process_.is_external(step) || cyclic_[i]) continue;
      if (says(step, Saying::visit)) {
        look_at_visit(StepId(i));
      } else if (says(step, Saying::again) && says(step, Saying::telling)) {
        find_listeners(StepId(i));
      }
    }
    return std::move(found_);
  }

 private:
  void find_offices() {
    std::vector<std::vector<StepId>> users(process_.definitions.data.size());
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& step = process_.steps[i];
      if (step.kind != StepKind::task || !is_own_work(process_, StepId(i))) continue;
      if (step.automation == Automation::automatic) continue;
      for (const DataId data : facts_needed(process_, step))
        users[data.index()].push_back(StepId(i));
    }
    for (std::size_t i = 0; i < users.size(); ++i) {
      if (users[i].size() > 1 && bringer(process_, DataId(i))) look_at_offices(DataId(i), users[i]);
    }
  }

  /// Offices that share a system, or that have somebody who takes it in, need not ask for it again.
  void look_at_offices(DataId data, const std::vector<StepId>& users) {
    std::vector<std::optional<RoleId>> roles;
    std::vector<SystemId> systems;
    std::size_t certain = 0;
    for (const StepId user : users) {
      const Step& step = process_[user];
      if (taken_[user.index()] || says(step, Saying::intake)) return;
      roles.push_back(step.role);
      if (step.system) systems.push_back(*step.system);
      const bool each_case = input_.expected.visits.steps[user.index()] > 1 - 1e-9;
      if (each_case) ++certain;
    }
    std::sort(roles.begin(), roles.end());
    std::sort(systems.begin(), systems.end());
    if (std::adjacent_find(systems.begin(), systems.end()) != systems.end()) return;
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    // Two will do where somebody outside is seen to come to each.
    const std::size_t fewest = comes_to_each(users) ? 2 : 3;
    if (roles.size() < fewest || certain < fewest) return;
    for (const StepId user : users) taken_[user.index()] = true;
    found_.push_back({Repeat::many_offices,
                      users.front(),
                      std::vector(users.begin() + 1, users.end()),
                      {data},
                      false});
  }

  bool comes_to_each(const std::vector<StepId>& users) const {
    return std::all_of(users.begin(), users.end(), [&](StepId user) {
      const std::vector<StepId> before = steps_before(process_, input_.graph, user);
      return std::any_of(before.begin(), before.end(), [&](StepId step) {
        return process_.is_external(process_[step]) && !cyclic_[step.index()];
      });
    });
  }

  void look_at_visit(StepId outside) {
    const std::vector<StepId> next = steps_after(process_, input_.graph, outside);
    for (const StepId step : next) {
      if (!is_own_work(process_, step) || taken_[step.index()]) continue;
      if (const auto before = seen_before(outside, step)) {
        taken_[step.index()] = true;
        found_.push_back({Repeat::second_visit,
                          *before,
                          {outside, step},
                          common(facts_needed(process_, process_[*before]),
                                 facts_needed(process_, process_[step])),
                          false});
        return;
      }
    }
  }

  /// The step of ours that looked at the same papers before somebody left and came again.
  std::optional<StepId> seen_before(StepId outside, StepId again) const {
    if (!process_[outside].makes.empty()) return std::nullopt;
    const Step& step = process_[again];
    const std::vector<DataId> wanted = facts_needed(process_, step);
    if (wanted.empty()) return std::nullopt;
    const std::vector<bool> leads = leading_to(outside);
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& before = process_.steps[i];
      if (StepId(i) == again || !is_own_work(process_, StepId(i))) continue;
      const bool same_place =
          before.role == step.role || (step.system && before.system == step.system);
      if (!leads[i] || !same_place) continue;
      if (!common(facts_needed(process_, before), wanted).empty()) return StepId(i);
    }
    return std::nullopt;
  }

  /// By StepId: whether a case that has been there can come to the step without going back.
  std::vector<bool> leading_to(StepId step) const {
    std::vector<bool> seen(input_.graph.step_count(), false);
    std::vector<StepId> stack{step};
    while (!stack.empty()) {
      const StepId at = stack.back();
      stack.pop_back();
      for (const FlowId flow : input_.graph.in[at.index()]) {
        const StepId before = input_.graph.from(flow);
        if (back_[flow.index()] || seen[before.index()]) continue;
        seen[before.index()] = true;
        stack.push_back(before);
      }
    }
    return seen;
  }

  void find_listeners(StepId outside) {
    std::vector<DataId> told;
    for (const DataUse& use : process_[outside].makes) told.push_back(use.data);
    for (const StepId step : steps_after(process_, input_.graph, outside)) {
      const bool listens = is_own_work(process_, step) &&
                           std::any_of(told.begin(), told.end(),
                                       [&](DataId data) { return uses(process_[step], data); });
      if (!listens) continue;
      found_.push_back({Repeat::told_again, outside, {step}, told, false});
      return;
    }
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> back_, cyclic_, taken_;
  std::vector<RepeatedEntry> found_;
};

}  // namespace

std::vector<RepeatedEntry> repeated_visits(const AuditInput& input,
                                           std::span<const RepeatedEntry> known) {
  return Search(input, known).all();
}

}  // namespace gemba::inline audit
