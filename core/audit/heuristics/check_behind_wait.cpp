#include <fmt/format.h>

#include <algorithm>

#include "core/audit/check_basis.h"
#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/rhythm.h"
#include "core/audit/side_branch.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// A choice that finds faults, and where its cases have waited before.
struct BehindWait {
  StepId check;
  FlowId exit;  ///< of the cases with a fault
  std::vector<StepId> tasks;
  std::vector<StepId> waits;
};

double wait_seconds(const AuditInput& input, StepId id) {
  return input.expected.visits.steps[id.index()] * input.expected.steps[id.index()].waiting;
}

double wait_seconds(const AuditInput& input, const std::vector<StepId>& steps) {
  double seconds = 0;
  for (const StepId step : steps) seconds += wait_seconds(input, step);
  return seconds;
}

/// The exit of a check by which cases with a fault leave, when it is not back to the check.
std::optional<FlowId> fault_exit(const AuditInput& input, FlowFacts& facts, StepId id,
                                 double least) {
  const Step& step = input.process[id];
  if (step.kind != StepKind::decision && step.kind != StepKind::task) return std::nullopt;
  constexpr double most = 0.5;
  if (input.process.is_external(step) || input.expected.visits.steps[id.index()] < most)
    return std::nullopt;
  const auto usual = usual_exit(input, id);
  if (!usual || input.graph.out[id.index()].size() != 2) return std::nullopt;
  for (const FlowId exit : input.graph.out[id.index()]) {
    const StepId to = input.graph.to(exit);
    if (exit == *usual || input.expected.visits.shares[exit.index()] < least - 1e-9) continue;
    if (says_wrong(input, exit) && to != id && !facts.comes_to(to, id)) return exit;
  }
  return std::nullopt;
}

/// Whether the case only stands still there, as far as the check is concerned: a wait of our own,
/// an approval, or the queue before the work of others. What the same people do may be its own
/// work, though nobody says what it yields.
bool holds_only(const AuditInput& input, StepId id, StepId check) {
  const Step& step = input.process[id];
  if (input.process.is_external(step)) return false;
  if (step.kind == StepKind::approval) return true;
  if (!is_own_wait(input, id)) {
    const std::optional<RoleId>& role = input.process[check].role;
    return step.kind == StepKind::task && is_own_work(input.process, id) && role &&
           role != step.role;
  }
  const WaitsFor what = waits_for(input.process, step);
  // The check may need the place that is waited for.
  return what != WaitsFor::others && what != WaitsFor::place;
}

std::vector<StepId> waits_before(const AuditInput& input, FlowFacts& facts, StepId check,
                                 double least) {
  CheckBasis basis(input, facts, check);
  std::vector<StepId> waits;
  if (!basis.is_known()) return waits;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    if (id == check || wait_seconds(input, id) < least || !holds_only(input, id, check)) continue;
    if (!facts.always_passed(id, check) || facts.comes_to(check, id)) continue;
    if (!basis.rests_on(id) && basis.complete_before(id)) waits.push_back(id);
  }
  return waits;
}

/// What the faults that are known before the wait spare: the wait itself where cases are over then,
/// else the time in which they are mended.
Edit change_of(const AuditInput& input, const BehindWait& found) {
  Edit edit;
  edit.kept = {found.check};
  for (const SideBranch& branch : side_branches(input)) {
    if (branch.exit != found.exit) continue;
    if (wait_seconds(input, branch.steps) <= wait_seconds(input, found.waits))
      edit.aside = branch.steps;
    return edit;
  }
  const double share = input.expected.visits.shares[found.exit.index()];
  for (const StepId wait : found.waits) edit.fewer.emplace_back(wait, 1 - share);
  return edit;
}

void report_check(const AuditInput& input, const BehindWait& found, AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> moved = found.tasks;
  moved.push_back(found.check);
  const std::string what = listed(quoted_names(process, moved), 3);
  const std::string waits = listed(quoted_names(process, found.waits), 3);
  const double share = input.expected.visits.shares[found.exit.index()];
  Finding& finding = report.add(
      found.check, fmt::format("{} of 100 cases have a fault that {} finds only after {} in {}",
                               decimal(share * 100), quoted(process[found.check]),
                               humane_seconds(wait_seconds(input, found.waits)), waits));
  only_ask(finding);
  for (const StepId step : moved) {
    if (step != found.check) finding.steps.push_back(step);
  }
  finding.steps.insert(finding.steps.end(), found.waits.begin(), found.waits.end());
  finding.evidence.push_back({fmt::format("all that {} looks at is known before {}, or can be",
                                          quoted(process[found.check]), waits),
                              Basis::structure});
  const bool measured = input.expected.visits.origins[found.exit.index()] == ShareOrigin::measured;
  finding.evidence.push_back({fmt::format("{} of its cases have a fault", percent(share)),
                              measured ? Basis::log : Basis::declared});
  add_pain_evidence(input, found.check, finding);
  finding.against =
      "What the data here do not show may tie the order down: ask whether anything changes while "
      "the case waits.";
  finding.change.summary = fmt::format(
      "Ask whether {} can come before {}: faults are then known while whoever brings the case is "
      "there, and are mended while it waits.",
      what, waits);
  finding.change.edit = change_of(input, found);
}

void check(const AuditInput& input, AuditReport& report) {
  FlowFacts facts(input);
  const double least = std::max(report.parameter("minutes") * 60,
                                report.parameter("part") * input.expected.cycle_seconds);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const auto exit = fault_exit(input, facts, id, report.parameter("faults"));
    if (!exit) continue;
    std::vector<StepId> tasks = CheckBasis(input, facts, id).own_tasks();
    const std::vector<StepId> waits = waits_before(input, facts, id, least);
    if (waits.empty()) continue;
    std::erase_if(tasks, [&](StepId task) {
      return task == id || !facts.always_passed(waits.front(), task);
    });
    // More than one task that moves with it is another order of the whole work.
    if (tasks.size() <= 1) report_check(input, {id, *exit, tasks, waits}, report);
  }
}

constexpr Parameter parameters[] = {
    {"faults", 0.05, "least share of cases in which the check finds a fault, 0 to 1"},
    {"part", 0.1, "least part of the time of a case that is waited before, 0 to 1"},
    {"minutes", 10, "least waiting before"},
};

}  // namespace

constinit const Heuristic heuristics::check_behind_wait{
    .about = {.code = "A407",
              .name = "check-behind-wait",
              .level = Level::info,
              .summary = "a check stands behind a wait, though all it looks at is known before",
              .what = "A choice with two exits, of which the words tell of something wrong (缺, "
                      "有误, 无效; missing, rejected, problem) and which at least 5 % of the cases "
                      "leave by the rarer one, not back to it; and a wait of our own, an approval "
                      "or a task of others of ours that every case has had before, with waiting "
                      "for a tenth of its time and ten minutes or more. The check does not rest on "
                      "what is made there, and all that it looks "
                      "at is there before, or is made by tasks of its own that could come before, "
                      "too.",
              .why = "A fault that is known at once can be mended while the case waits and while "
                     "whoever knows the answer is there (resequencing, Reijers and Liman Mansar "
                     "2005).",
              .example = R"([map]
[roles.customer]
external = true
[roles.desk]
[data.form]
from = "customer"
[[step]]
id = "come"
kind = "start"
role = "customer"
next = "slot"
[[step]]
id = "slot"
name = "等次日开窗"
kind = "wait"
role = "desk"
wait = "1d"
next = "valid"
[[step]]
id = "valid"
name = "单据有误?"
kind = "decision"
role = "desk"
needs = ["form"]
next = [
  { to = "pay", when = "无误", share = 0.8 },
  { to = "call", when = "有误", share = 0.2 },
]
[[step]]
id = "call"
name = "联系顾客"
role = "desk"
time = "10m"
next = "pay"
[[step]]
id = "pay"
name = "办结"
role = "desk"
needs = ["form"]
time = "5m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.customer]
external = true
[roles.desk]
[data.form]
from = "customer"
[[step]]
id = "come"
kind = "start"
role = "customer"
next = "valid"
[[step]]
id = "valid"
name = "单据有误?"
kind = "decision"
role = "desk"
needs = ["form"]
next = [
  { to = "slot", when = "无误", share = 0.8 },
  { to = "call", when = "有误", share = 0.2 },
]
[[step]]
id = "call"
name = "当面问顾客"
role = "desk"
time = "10m"
next = "slot"
[[step]]
id = "slot"
name = "等次日开窗"
kind = "wait"
role = "desk"
wait = "1d"
next = "pay"
[[step]]
id = "pay"
name = "办结"
role = "desk"
needs = ["form"]
time = "5m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::resequence}},
    .check = check};

}  // namespace gemba::inline audit
