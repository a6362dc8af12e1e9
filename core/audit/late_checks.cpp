#include "core/audit/late_checks.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/audit/check_basis.h"
#include "core/audit/own_work.h"
#include "core/estimate/outcome.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// Steps that a case can come to over some flows.
std::vector<bool> reached_over(const FlowGraph& graph, const std::vector<FlowId>& flows) {
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> stack;
  for (const FlowId flow : flows) stack.push_back(graph.to(flow));
  while (!stack.empty()) {
    const StepId step = stack.back();
    stack.pop_back();
    if (seen[step.index()]) continue;
    seen[step.index()] = true;
    for (const FlowId flow : graph.out[step.index()]) stack.push_back(graph.to(flow));
  }
  return seen;
}

/// Whether cases that are refused are over: nothing is done for them that is also done for those
/// that pass, except that both are told.
bool turns_away(const AuditInput& input, const Outcome& outcome, const std::vector<bool>& refused) {
  const std::vector<bool> passed = reached_over(input.graph, outcome.pass);
  for (std::size_t i = 0; i < refused.size(); ++i) {
    const StepKind kind = input.process.steps[i].kind;
    const bool only_told =
        kind == StepKind::notify && input.process.steps[i].value != Value::customer;
    const bool goes_on = !is_routing(kind) && !only_told;
    if (refused[i] && passed[i] && goes_on) return false;
  }
  return true;
}

std::optional<KnockOut> knock_out(const AuditInput& input, StepId id, double least) {
  const Step& step = input.process[id];
  if (step.kind != StepKind::approval && step.kind != StepKind::decision) return std::nullopt;
  const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
  if (!outcome.told || outcome.pass.empty() || !outcome.pass_share) return std::nullopt;
  if (1 - *outcome.pass_share < least - 1e-9) return std::nullopt;
  std::vector<bool> refused = reached_over(input.graph, outcome.refuse);
  if (!turns_away(input, outcome, refused)) return std::nullopt;
  return KnockOut{id, 1 - *outcome.pass_share, outcome.measured, std::move(refused)};
}

/// Whether cases that are refused need what the step makes.
bool serves_refused(FlowFacts& facts, const KnockOut& found, const Step& step) {
  return std::any_of(step.makes.begin(), step.makes.end(), [&](const DataUse& made) {
    const std::vector<StepId>& users = facts.users(made.data);
    return std::any_of(users.begin(), users.end(),
                       [&](StepId user) { return found.after_refusal[user.index()]; });
  });
}

/// Whether the check is only reached by some of the cases that a choice parts by what the
/// step has made: without the step nobody would know whom to check.
bool says_who_is_checked(const AuditInput& input, FlowFacts& facts, StepId step, StepId check) {
  for (const DataUse& made : input.process[step].makes) {
    for (const StepId user : facts.users(made.data)) {
      if (user == check || !facts.comes_to(user, check)) continue;
      if (!decides_by(input.process, input.graph, user, made.data)) continue;
      const auto& out = input.graph.out[user.index()];
      const bool parts = std::any_of(out.begin(), out.end(), [&](FlowId flow) {
        const StepId to = input.graph.to(flow);
        return to != check && !facts.comes_to(to, check);
      });
      if (parts) return true;
    }
  }
  return false;
}

/// Cases turned away per hour of work: the order of checks (van der Aalst 2001). None without work.
std::optional<double> rank(const Late& late) {
  if (late.work <= 0) return std::nullopt;
  return late.found.refused / late.work;
}

/// Whether the step may be work in vain: a task of ours, or what somebody outside does.
bool takes_effort(const AuditInput& input, StepId id) {
  const Step& step = input.process[id];
  const bool does = step.kind == StepKind::task &&
                    (is_own_work(input.process, id) || is_other_party(input, step));
  const StepFigures& figures = input.expected.steps[id.index()];
  return does && !step.makes.empty() && step.value != Value::customer &&
         figures.work + figures.waiting > 0 && input.expected.visits.steps[id.index()] > 0;
}

/// The checks that a task belongs to, by StepId: positions among `checks`.
std::vector<std::vector<std::size_t>> checks_of_tasks(const AuditInput& input,
                                                      const std::vector<Late>& checks) {
  std::vector<std::vector<std::size_t>> owners(input.process.steps.size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    for (const StepId task : checks[i].tasks) owners[task.index()].push_back(i);
  }
  return owners;
}

/// Whether another check, that the step belongs to, rightly comes first, or may.
bool comes_first(const Late& other, const Late& late) {
  if (other.found.check == late.found.check) return false;
  constexpr double clearly = 1.2;
  const auto first = rank(other);
  const auto second = rank(late);
  return !first || !second || *second < *first * clearly;
}

/// What every case at the check has had, that neither the check nor a refusal rests on, and before
/// which the check could have been made.
std::vector<StepId> wasted_steps(const AuditInput& input, FlowFacts& facts,
                                 const std::vector<Late>& checks,
                                 const std::vector<std::vector<std::size_t>>& owners,
                                 const Late& late) {
  const StepId check = late.found.check;
  CheckBasis basis(input, facts, check);
  std::vector<StepId> wasted;
  if (!basis.is_known()) return wasted;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    if (!takes_effort(input, id) || facts.comes_to(check, id) || basis.rests_on(id)) continue;
    if (!facts.always_passed(id, check) || !basis.complete_before(id)) continue;
    if (serves_refused(facts, late.found, input.process[id])) continue;
    if (says_who_is_checked(input, facts, id, check)) continue;
    const bool in_order = std::any_of(owners[i].begin(), owners[i].end(), [&](std::size_t owner) {
      return comes_first(checks[owner], late);
    });
    if (!in_order) wasted.push_back(id);
  }
  return wasted;
}

/// Which part of the cases at a step the check turns away later on: not all need come to it.
double refused_part(const AuditInput& input, const KnockOut& found, StepId step) {
  const std::vector<double>& visits = input.expected.visits.steps;
  const double come = visits[found.check.index()] / visits[step.index()];
  return found.refused * std::min(1.0, come);
}

/// What doing the check first spares of the step. A check that it overtakes spares it less work.
double spared_part(const AuditInput& input, const std::vector<Late>& checks,
                   const std::vector<std::size_t>& owners, const Late& late, StepId step) {
  double spared = refused_part(input, late.found, step);
  for (const std::size_t owner : owners) {
    const Late& other = checks[owner];
    if (other.found.check != late.found.check)
      spared -= other.found.refused * late.work / other.work;
  }
  return std::max(0.0, spared);
}

}  // namespace

std::vector<Late> late_checks(const AuditInput& input, double least) {
  FlowFacts facts(input);
  std::vector<Late> checks;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    auto found = knock_out(input, StepId(i), least);
    if (!found) continue;
    Late late{*std::move(found), CheckBasis(input, facts, StepId(i)).own_tasks(), {}, {}, {}, 0};
    late.work = input.expected.steps[i].work;
    for (const StepId task : late.tasks) late.work += input.expected.steps[task.index()].work;
    checks.push_back(std::move(late));
  }
  const auto owners = checks_of_tasks(input, checks);
  for (Late& late : checks) {
    late.wasted = wasted_steps(input, facts, checks, owners, late);
    for (const StepId step : late.wasted)
      late.spared.push_back(spared_part(input, checks, owners[step.index()], late, step));
    std::copy_if(late.tasks.begin(), late.tasks.end(), std::back_inserter(late.moved),
                 [&](StepId task) {
                   return std::any_of(late.wasted.begin(), late.wasted.end(),
                                      [&](StepId step) { return facts.always_passed(step, task); });
                 });
  }
  std::erase_if(checks, [](const Late& late) { return late.wasted.empty(); });
  return checks;
}

}  // namespace gemba::inline audit
