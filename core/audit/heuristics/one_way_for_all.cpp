#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/audit/handover_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/main_way.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array classes = {"类型"sv, "类别"sv,  "等级"sv,     "级别"sv, "分级"sv, "金额"sv,
                                "规模"sv, "风险"sv,  "class"sv,    "type"sv, "tier"sv, "amount"sv,
                                "size"sv, "grade"sv, "category"sv, "risk"sv, "level"sv};

constexpr std::array judging = {"审"sv,     "核"sv,      "评"sv,       "定"sv,      "批"sv,
                                "查"sv,     "check"sv,   "evaluate"sv, "assess"sv,  "determine"sv,
                                "set"sv,    "rate"sv,    "price"sv,    "pricing"sv, "underwrite"sv,
                                "review"sv, "examine"sv, "analyse"sv,  "analyze"sv, "calculate"sv};

/// The heavy part of a way that all cases go.
struct HeavyWay {
  std::vector<StepId> steps;
  double waiting = 0;          ///< seconds per case
  std::optional<DataId> mark;  ///< what tells light cases from heavy ones, known before
};

double waiting_at(const AuditInput& input, const std::vector<StepId>& steps) {
  double waiting = 0;
  for (const StepId step : steps) {
    waiting +=
        input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].waiting;
  }
  return waiting;
}

std::size_t role_count(const Process& process, const std::vector<StepId>& steps) {
  std::set<RoleId> roles;
  for (const StepId step : steps) {
    if (process[step].role) roles.insert(*process[step].role);
  }
  return roles.size();
}

/// Approvals of one amount, each of most cases: the amount is known before the first of them.
HeavyWay by_amount(const AuditInput& input, double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (step.kind != StepKind::approval || !step.amount || !is_own_work(process, StepId(i)))
      continue;
    if (step.automation == Automation::automatic) continue;
    if (input.expected.visits.steps[i] < least_cases) continue;
    if (way.mark && way.mark != step.amount->data) continue;
    way.mark = step.amount->data;
    way.steps.push_back(StepId(i));
  }
  if (role_count(process, way.steps) < 2) return {};
  way.waiting = waiting_at(input, way.steps);
  return way;
}

/// What classes a case, brought at the start or made by the first piece of our work.
std::optional<DataId> class_at_start(const Process& process, const std::vector<StepId>& way) {
  for (std::size_t i = 0; i < process.definitions.data.size(); ++i) {
    const Data& data = process.definitions.data[i];
    if (!says_any(data.name, classes)) continue;
    if (!data.from.empty() || (!way.empty() && makes(process[way.front()], DataId(i))))
      return DataId(i);
  }
  return std::nullopt;
}

/// Whether the case is met in person on the way: then it is a service, not a file.
bool serves_between(const Process& process, const HandoverChain& chain) {
  return std::any_of(chain.way.begin(), chain.way.end() - 1,
                     [&](StepId step) { return process[step].value == Value::customer; });
}

/// Whether the chain comes to a judgement, which easy cases may not need.
bool judges(const Process& process, const HandoverChain& chain) {
  const auto judgements = std::count_if(chain.way.begin(), chain.way.end(), [&](StepId step) {
    return says_any(process[step].name, judging);
  });
  return judgements + (chain.has_approval ? 1 : 0) >= 2;
}

/// Specialists that each add something, one after the other, in most cases.
HeavyWay by_specialists(const AuditInput& input, const HandoverChain& chain, double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  double cases = 0;
  std::set<RoleId> roles;
  for (const StepId step : chain.way) {
    const bool alike = process[step].role == process[chain.way.front()].role;
    if (process[step].kind != StepKind::task || process[step].makes.empty() || alike) continue;
    roles.insert(*process[step].role);
    way.steps.push_back(step);
  }
  // Behind a choice of branches each step has a part of the cases, and the last has them all.
  if (!way.steps.empty()) cases = input.expected.visits.steps[way.steps.back().index()];
  if (roles.size() < 3 || cases < least_cases) return {};
  way.waiting = waiting_at(input, chain.taken);
  way.mark = class_at_start(process, chain.way);
  return way;
}

/// Work of two other roles or more, for which cases wait, though a class is known at the start by
/// which nobody decides before.
HeavyWay by_class(const AuditInput& input, double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  std::vector<StepId> first;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!is_own_work(process, StepId(i)) || step.automation == Automation::automatic) continue;
    if (first.empty()) first = {StepId(i)};
    if (step.role == process[first.front()].role || step.value == Value::customer) continue;
    if (input.expected.visits.steps[i] < least_cases) continue;
    if (input.expected.steps[i].waiting > 0) way.steps.push_back(StepId(i));
  }
  way.mark = class_at_start(process, first);
  if (!way.mark || role_count(process, way.steps) < 2) return {};
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!decides_by(process, input.graph, StepId(i), *way.mark)) continue;
    const std::vector<bool> later = reachable_after(input.graph, StepId(i));
    if (std::any_of(way.steps.begin(), way.steps.end(),
                    [&](StepId step) { return later[step.index()]; }))
      return {};
  }
  way.waiting = waiting_at(input, way.steps);
  return way;
}

std::vector<StepId> starts_and(const AuditInput& input, const HeavyWay& way) {
  std::vector<StepId> steps = way.steps;
  for (std::size_t i = 0; way.mark && i < input.process.steps.size(); ++i) {
    if (makes(input.process.steps[i], *way.mark)) steps.push_back(StepId(i));
  }
  steps.insert(steps.end(), input.graph.starts.begin(), input.graph.starts.end());
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

void report_way(const AuditInput& input, const HeavyWay& way, AuditReport& report) {
  const Process& process = input.process;
  Finding& finding =
      report.add(way.steps.front(), fmt::format("easy cases go the same long way as hard ones: {}",
                                                listed(quoted_names(process, way.steps), 4)));
  finding.steps = starts_and(input, way);
  finding.evidence.push_back(
      {"no decision before them lets a case take a shorter way", Basis::structure});
  finding.evidence.push_back(
      {fmt::format("a case waits {} for them, of {} in all", humane_seconds(way.waiting),
                   humane_seconds(input.expected.cycle_seconds)),
       input.profile == nullptr ? Basis::declared : Basis::log});
  if (way.mark) {
    finding.evidence.push_back(
        {fmt::format("'{}' is known before", process.definitions[*way.mark].name),
         Basis::structure});
  }
  for (const StepId step : way.steps) add_pain_evidence(input, step, finding);
  finding.against =
      "Nobody knows yet how many cases are easy, and by what one sees it at the start: a class "
      "that "
      "is wrong sends a hard case the short way. Look through the last hundred cases first.";
  finding.change.summary = fmt::format(
      "Ask which cases need all of this, and sort them at the start{}: easy ones take a short way, "
      "with rules or limits, the others go to the specialists.",
      way.mark ? fmt::format(" by '{}'", process.definitions[*way.mark].name) : std::string());
  finding.change.edit.kept = way.steps;
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_cases = report.parameter("cases");
  const double least = report.parameter("waiting") * input.expected.cycle_seconds;
  const auto is_heavy = [&](const HeavyWay& way) {
    return !way.steps.empty() && way.waiting > 0 && way.waiting >= least;
  };
  const HeavyWay approvals = by_amount(input, least_cases);
  if (is_heavy(approvals)) return report_way(input, approvals, report);
  for (const HandoverChain& chain : handover_chains(input)) {
    if (!is_passed_along(input, chain, least_waiting_share)) continue;
    if (serves_between(input.process, chain) || !judges(input.process, chain)) continue;
    const HeavyWay way = by_specialists(input, chain, least_cases);
    if (is_heavy(way)) return report_way(input, way, report);
  }
  const HeavyWay classed = by_class(input, least_cases);
  // Without a chain or an amount, only most of the time is enough to ask.
  if (is_heavy(classed) && classed.waiting >= input.expected.cycle_seconds / 2)
    report_way(input, classed, report);
}

constexpr Parameter parameters[] = {
    {"cases", 0.8, "least part of the cases that go all of the way"},
    {"waiting", 0.25, "least part of the cycle time that is waiting for it"},
};

}  // namespace

constinit const Heuristic heuristics::one_way_for_all{
    .about = {.code = "A307",
              .name = "one-way-for-all",
              .level = Level::info,
              .summary = "easy cases go the same long way as hard ones",
              .what =
                  "A heavy way that 80% of the cases or more go, for which they wait a quarter of "
                  "the cycle time or more: approvals of one amount by two roles or more; or, where "
                  "a case is passed along (A305), the work of three specialists or more with two "
                  "judgements in it; or, for half of the cycle time, the work of two roles or more "
                  "when a class (a type, tier, amount, risk …) is known at the start by which "
                  "nobody decides before. Left out are ways on which somebody is served in person, "
                  "and those that a decision lets part of the cases leave.",
              .why = "Most cases need none of the expertise that the hardest one needs. Triage and "
                     "order types (Reijers and Liman Mansar 2005).",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "主管"
[roles.finance]
name = "财务"
[data.amount]
name = "赔付金额"
[[authority]]
role = "lead"
action = "pay"
[[authority]]
role = "finance"
action = "pay"
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算赔付"
role = "agent"
makes = ["amount"]
time = "5m"
next = "lead"
[[step]]
id = "lead"
name = "主管审批"
kind = "approval"
role = "lead"
approves = "pay"
amount = "amount"
time = "2m"
wait = "8h"
next = [
  { to = "finance", when = "同意", share = 0.9 },
  { to = "done", when = "驳回", share = 0.1 },
]
[[step]]
id = "finance"
name = "财务审批"
kind = "approval"
role = "finance"
approves = "pay"
amount = "amount"
time = "2m"
wait = "1d"
next = [
  { to = "pay", when = "同意", share = 0.9 },
  { to = "done", when = "驳回", share = 0.1 },
]
[[step]]
id = "pay"
name = "打款"
role = "agent"
time = "2m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "主管"
[roles.finance]
name = "财务"
[data.amount]
name = "赔付金额"
[[authority]]
role = "lead"
action = "pay"
[[authority]]
role = "finance"
action = "pay"
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算赔付"
role = "agent"
makes = ["amount"]
time = "5m"
next = "which"
[[step]]
id = "which"
name = "200 元以内?"
kind = "decision"
role = "agent"
needs = ["amount"]
next = [
  { to = "pay", when = "amount <= 200", share = 0.8 },
  { to = "lead", when = "amount > 200", share = 0.2 },
]
[[step]]
id = "lead"
name = "主管审批"
kind = "approval"
role = "lead"
approves = "pay"
amount = "amount"
time = "2m"
wait = "8h"
next = [
  { to = "finance", when = "同意", share = 0.9 },
  { to = "done", when = "驳回", share = 0.1 },
]
[[step]]
id = "finance"
name = "财务审批"
kind = "approval"
role = "finance"
approves = "pay"
amount = "amount"
time = "2m"
wait = "1d"
next = [
  { to = "pay", when = "同意", share = 0.9 },
  { to = "done", when = "驳回", share = 0.1 },
]
[[step]]
id = "pay"
name = "打款"
role = "agent"
time = "2m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::triage}},
    .check = check};

}  // namespace gemba::inline audit
