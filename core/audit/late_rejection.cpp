#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// A check that turns cases away.
struct KnockOut {
  StepId check;
  double refused = 0;  ///< of the cases at the check
  bool measured = false;
  std::vector<bool> after_refusal;  ///< by StepId: where refused cases come to
};

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
    const bool goes_on = !is_routing(kind) && kind != StepKind::notify;
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

/// What is asked of the flow again and again, looked up once.
class FlowFacts {
 public:
  explicit FlowFacts(const AuditInput& input)
      : input_(input),
        makers_(makers_of_data(input.process)),
        missing_(makers_.size()),
        users_(makers_.size()),
        without_(input.process.steps.size()) {}

  const std::vector<StepId>& makers(DataId data) const { return makers_[data.index()]; }

  /// Whether a case can come to the step while nobody has made the datum or brought it.
  bool is_missing(DataId data, StepId step) {
    if (!input_.process.definitions[data].from.empty()) return false;
    auto& missing = missing_[data.index()];
    if (!missing) missing = missing_data(input_.process, input_.graph, makers(data)).before;
    return (*missing)[step.index()];
  }

  /// The steps that use the datum or decide by it.
  const std::vector<StepId>& users(DataId data) {
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

  /// Whether every case at `later` has passed `first`.
  bool always_passed(StepId first, StepId later) {
    auto& without = without_[first.index()];
    if (!without) without = reached_without(input_.process, input_.graph, first);
    return !(*without)[later.index()];
  }

 private:
  const AuditInput& input_;
  std::vector<std::vector<StepId>> makers_;                ///< by DataId
  std::vector<std::optional<std::vector<bool>>> missing_;  ///< by DataId, then StepId
  std::vector<std::optional<std::vector<StepId>>> users_;  ///< by DataId
  std::vector<std::optional<std::vector<bool>>> without_;  ///< by StepId, then StepId
};

/// What the check rests on, directly or over those who make it: data by DataId.
class CheckBasis {
 public:
  CheckBasis(const AuditInput& input, FlowFacts& facts, StepId check)
      : input_(input), facts_(facts), needed_(input.process.definitions.data.size(), false) {
    const Process& process = input.process;
    for (std::size_t i = 0; i < needed_.size(); ++i) {
      const DataId data(i);
      if (uses(process[check], data) || decides_by(process, input.graph, check, data)) need(data);
    }
  }

  bool is_known() const { return std::find(needed_.begin(), needed_.end(), true) != needed_.end(); }

  bool rests_on(StepId step) const {
    const std::vector<DataUse>& made = input_.process[step].makes;
    return std::any_of(made.begin(), made.end(),
                       [&](const DataUse& use) { return needed_[use.data.index()]; });
  }

  /// Whether everything it rests on is there before `step`.
  bool complete_before(StepId step) const {
    for (std::size_t i = 0; i < needed_.size(); ++i) {
      if (needed_[i] && facts_.is_missing(DataId(i), step)) return false;
    }
    return true;
  }

 private:
  void need(DataId data) {
    if (needed_[data.index()]) return;
    needed_[data.index()] = true;
    for (const StepId maker : facts_.makers(data)) {
      for (const DataUse& use : input_.process[maker].needs) need(use.data);
    }
  }

  const AuditInput& input_;
  FlowFacts& facts_;
  std::vector<bool> needed_;
};

/// Whether cases that are refused need what the step makes.
bool serves_refused(FlowFacts& facts, const KnockOut& found, const Step& step) {
  return std::any_of(step.makes.begin(), step.makes.end(), [&](const DataUse& made) {
    const std::vector<StepId>& users = facts.users(made.data);
    return std::any_of(users.begin(), users.end(),
                       [&](StepId user) { return found.after_refusal[user.index()]; });
  });
}

/// Work of ours that every case at the check has had, that neither the check nor a refusal rests
/// on, and before which the check could have been made.
std::vector<StepId> wasted_steps(const AuditInput& input, FlowFacts& facts, const KnockOut& found) {
  const StepId check = found.check;
  const CheckBasis basis(input, facts, check);
  std::vector<StepId> wasted;
  if (!basis.is_known()) return wasted;
  const std::vector<bool> after = reachable_after(input.graph, check);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    if (step.kind != StepKind::task || !is_own_work(input.process, id) || step.makes.empty())
      continue;
    if (step.value == Value::customer || input.expected.steps[i].work <= 0) continue;
    if (input.expected.visits.steps[i] <= 0) continue;
    if (after[i] || basis.rests_on(id) || !facts.always_passed(id, check)) continue;
    if (!basis.complete_before(id) || serves_refused(facts, found, step)) continue;
    wasted.push_back(id);
  }
  return wasted;
}

/// Which part of the cases at a step the check turns away later on: not all need come to it.
double refused_part(const AuditInput& input, const KnockOut& found, StepId step) {
  const std::vector<double>& visits = input.expected.visits.steps;
  const double come = visits[found.check.index()] / visits[step.index()];
  return found.refused * std::min(1.0, come);
}

void report_check(const AuditInput& input, const KnockOut& found, const std::vector<StepId>& wasted,
                  AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[found.check]);
  const std::string refused = decimal(found.refused * 100);
  std::vector<std::string> names;
  double seconds = 0;
  for (const StepId step : wasted) {
    names.push_back(quoted(process[step]));
    seconds += input.expected.steps[step.index()].work;
  }
  Finding& finding =
      report.add(found.check,
                 fmt::format("{} of 100 cases are turned away at {} after {} {} done for them",
                             refused, name, listed(names, 4), names.size() == 1 ? "was" : "were"));
  finding.steps.insert(finding.steps.end(), wasted.begin(), wasted.end());
  finding.evidence.push_back(
      {fmt::format("what {} looks at is known before {}", name, names.front()), Basis::structure});
  finding.evidence.push_back(
      {fmt::format("it turns away {} of 100 cases, each after {} of work that it does not need",
                   refused, humane_seconds(seconds)),
       found.measured ? Basis::log : Basis::declared});
  add_pain_evidence(input, found.check, finding);
  finding.against = fmt::format(
      "Something that the data here do not show may tie the order down. See whether {} can be done "
      "before {} with what is known then.",
      name, names.front());
  Change& change = finding.change;
  change.summary = fmt::format("Do {} before {}.", name, listed(names));
  for (const StepId step : wasted)
    change.edit.fewer.emplace_back(step, 1 - refused_part(input, found, step));
  change.edit.kept = {found.check};
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("refused");
  FlowFacts facts(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const auto found = knock_out(input, StepId(i), least);
    if (!found) continue;
    const std::vector<StepId> wasted = wasted_steps(input, facts, *found);
    if (!wasted.empty()) report_check(input, *found, wasted, report);
  }
}

constexpr Parameter parameters[] = {
    {"refused", 0.05, "least share of cases that the check turns away, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::late_rejection{
    .about = {.code = "A402",
              .name = "late-rejection",
              .level = Level::warning,
              .summary = "work is done on cases that a later check turns away, though it could "
                         "have come first",
              .what = "An approval or decision whose words tell which exit refuses (rejected, "
                      "驳回, 不通过 …), which refuses at least 5 % of its cases for good (no task "
                      "is done for them that is "
                      "done for the others), and before which "
                      "every case has had a task of ours that it does not rest on: the task makes "
                      "no datum that the check, or what is done for refused cases, looks at, "
                      "directly or over others, and all that the check looks at was there before "
                      "the task.",
              .why = "Work on a case that will be refused is lost. Checks belong in the order of "
                     "the share they turn away over the effort they take: cheap and often "
                     "negative first (van der Aalst 2001, knock-out processes).",
              .example = R"([map]
[roles.agent]
name = "客服"
[data.order_no]
name = "订单号"
from = "顾客"
[data.plan]
name = "赔付方案"
[[step]]
id = "apply"
kind = "start"
next = "plan"
[[step]]
id = "plan"
name = "拟定赔付方案"
role = "agent"
makes = ["plan"]
time = "15m"
next = "in_time"
[[step]]
id = "in_time"
name = "在售后期内?"
kind = "decision"
role = "agent"
needs = ["order_no"]
next = [
  { to = "pay", when = "受理", share = 0.8 },
  { to = "done", when = "不受理", share = 0.2 },
]
[[step]]
id = "pay"
name = "赔付"
role = "agent"
needs = ["plan"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[data.order_no]
name = "订单号"
from = "顾客"
[data.plan]
name = "赔付方案"
[[step]]
id = "apply"
kind = "start"
next = "in_time"
[[step]]
id = "in_time"
name = "在售后期内?"
kind = "decision"
role = "agent"
needs = ["order_no"]
next = [
  { to = "plan", when = "受理", share = 0.8 },
  { to = "done", when = "不受理", share = 0.2 },
]
[[step]]
id = "plan"
name = "拟定赔付方案"
role = "agent"
makes = ["plan"]
time = "15m"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "agent"
needs = ["plan"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::resequence}},
    .check = check};

}  // namespace gemba::inline audit
