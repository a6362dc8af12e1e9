#include <fmt/format.h>

#include <algorithm>

#include "core/audit/check_basis.h"
#include "core/audit/heuristic.h"
#include "core/audit/loops.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// A way back, the check that decides it, and what is done again because the check comes late.
struct LateLoop {
  StepId check;
  double repeats = 0;
  std::vector<StepId> tasks;  ///< that make what the check looks at
  std::vector<StepId> vain;   ///< steps before it that it does not rest on
  bool measured = false;
};

double seconds_at(const AuditInput& input, StepId id) {
  const StepFigures& figures = input.expected.steps[id.index()];
  return figures.work + figures.waiting;
}

double work_of(const AuditInput& input, const std::vector<StepId>& steps) {
  double seconds = 0;
  for (const StepId step : steps) seconds += input.expected.steps[step.index()].work;
  return seconds;
}

double waiting_of(const AuditInput& input, const std::vector<StepId>& steps) {
  double seconds = 0;
  for (const StepId step : steps) seconds += input.expected.steps[step.index()].waiting;
  return seconds;
}

/// Steps that somebody does on every round before the check, and on which it does not rest.
std::vector<StepId> in_vain(const AuditInput& input, FlowFacts& facts,
                            const std::vector<bool>& round, StepId check) {
  CheckBasis basis(input, facts, check);
  std::vector<StepId> vain;
  if (!basis.is_known()) return vain;
  const std::vector<StepId> tasks = basis.own_tasks();
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    const bool does = step.kind == StepKind::task || step.kind == StepKind::approval;
    const bool costs = is_own_work(input.process, id) || is_other_party(input, step);
    if (!does || !costs || id == check || seconds_at(input, id) <= 0) continue;
    if (!round[i] || !facts.always_passed(id, check)) continue;
    if (basis.rests_on(id) || std::find(tasks.begin(), tasks.end(), id) != tasks.end()) continue;
    if (basis.complete_before(id)) vain.push_back(id);
  }
  return vain;
}

/// Whether the task is done by who decides at the check, as far as that is said.
bool is_by(const Process& process, StepId task, StepId check) {
  return !process[check].role || process[task].role == process[check].role;
}

/// The tasks on the round in which people find out what the check asks: they make what it decides
/// by, of something that is mended elsewhere on the round. A task that makes what is judged, and is
/// told to do it again, is the repaired work itself.
std::vector<StepId> examinations(const AuditInput& input, const std::vector<StepId>& tasks,
                                 const std::vector<bool>& round, StepId start, StepId check) {
  const Process& process = input.process;
  std::vector<StepId> found;
  for (const StepId task : tasks) {
    const bool is_verdict = std::all_of(
        process[task].makes.begin(), process[task].makes.end(),
        [&](const DataUse& use) { return decides_by(process, input.graph, check, use.data); });
    if (!is_verdict || task == start || !is_by(process, task, check)) continue;
    if (round[task.index()] || task == check) found.push_back(task);
  }
  return found;
}

/// Whether the same people get something ready for the task: they have had a look before.
bool looks_ahead(const Step& early, const Step& task) {
  return early.kind == StepKind::task && early.role == task.role &&
         std::any_of(early.makes.begin(), early.makes.end(),
                     [&](const DataUse& made) { return uses(task, made.data); });
}

/// Whether cases have been looked at before the check came to them: there is an early check.
bool is_vetted_before(const AuditInput& input, FlowFacts& facts, StepId first, StepId check) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    const bool chooses = (step.kind == StepKind::decision || step.kind == StepKind::approval) &&
                         input.graph.out[i].size() > 1;
    const bool looks = chooses || looks_ahead(step, input.process[first]);
    if (looks && id != check && id != first && facts.always_passed(id, first)) return true;
  }
  return false;
}

std::string effort_text(const AuditInput& input, const std::vector<StepId>& steps) {
  const double work = work_of(input, steps);
  const double waiting = waiting_of(input, steps);
  std::string text = work > 0.5 ? humane_seconds(work) + " of work" : "";
  if (waiting > 0.5)
    text += (text.empty() ? "" : " and ") + humane_seconds(waiting) + " of waiting";
  return text;
}

std::vector<std::string> names_of(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  return names;
}

/// What one round costs and how many there are.
void add_effort(const AuditInput& input, const LateLoop& loop, const std::vector<StepId>& steps,
                Finding& finding) {
  finding.evidence.push_back(
      {fmt::format("{} sends cases back {} times per 100 cases, each time after {}",
                   quoted(input.process[loop.check]), decimal(loop.repeats * 100),
                   effort_text(input, steps)),
       loop.measured ? Basis::log : Basis::declared});
  for (const StepId step : steps) add_time_evidence(input, step, finding);
  add_pain_evidence(input, loop.check, finding);
  for (const StepId step : steps) {
    const double visits = input.expected.visits.steps[step.index()];
    finding.change.edit.fewer.emplace_back(step, std::max(0.0, visits - loop.repeats) / visits);
  }
}

void report_order(const AuditInput& input, const LateLoop& loop, AuditReport& report) {
  const Process& process = input.process;
  const std::vector<std::string> names = names_of(process, loop.vain);
  std::vector<StepId> checks = loop.tasks;
  checks.push_back(loop.check);
  const std::string check = listed(names_of(process, checks), 3);
  Finding& finding =
      report.add(loop.check, fmt::format("{} {} done in vain for what {} sends back afterwards",
                                         listed(names, 4), names.size() == 1 ? "is" : "are",
                                         quoted(process[loop.check])));
  finding.steps.insert(finding.steps.end(), loop.tasks.begin(), loop.tasks.end());
  finding.steps.insert(finding.steps.end(), loop.vain.begin(), loop.vain.end());
  const bool certain = std::all_of(loop.vain.begin(), loop.vain.end(), [&](StepId id) {
    return process[id].kind == StepKind::task && !process[id].makes.empty();
  });
  if (!certain) finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {fmt::format("what is looked at in {} is known before {}, or can be", check, names.front()),
       Basis::structure});
  add_effort(input, loop, loop.vain, finding);
  finding.against = fmt::format(
      "What the data here do not show may tie the order down: see whether anything that is found "
      "at {} comes to light only through {}.",
      quoted(process[loop.check]), listed(names, 4));
  finding.change.summary = fmt::format("{} {} before {}.", certain ? "Do" : "Ask whether to do",
                                       check, listed(names, 4));
  finding.change.edit.kept = {loop.check};
}

void report_vetting(const AuditInput& input, const LateLoop& loop, AuditReport& report) {
  const Process& process = input.process;
  const std::string names = listed(names_of(process, loop.tasks), 3);
  Finding& finding = report.add(
      loop.check, fmt::format("what makes cases come back is seen only after all of {}", names));
  finding.level = std::min(finding.level, Level::info);
  finding.steps.insert(finding.steps.end(), loop.tasks.begin(), loop.tasks.end());
  finding.evidence.push_back(
      {fmt::format("nobody looks at a case before {}", names), Basis::structure});
  add_effort(input, loop, loop.tasks, finding);
  finding.against =
      "Some faults show only in the full check. The figures are those of an early check that finds "
      "all of them and takes no time.";
  finding.change.summary = fmt::format(
      "Ask those who do {} which points make most cases come back and could be seen in some "
      "minutes; check these first, and begin {} only with what passes.",
      names, names);
  finding.change.edit.kept = {loop.check};
}

/// Where the check sends cases that are to come back.
StepId round_start(const FlowGraph& graph, const Loop& loop, StepId check) {
  const auto own = std::find_if(loop.deciding.begin(), loop.deciding.end(),
                                [&](FlowId exit) { return graph.from(exit) == check; });
  return graph.to(*own);
}

void check(const AuditInput& input, AuditReport& report) {
  FlowFacts facts(input);
  const double work = report.parameter("work_minutes") * 60;
  const double waiting = report.parameter("wait_hours") * 3600;
  const auto is_costly = [&](const std::vector<StepId>& steps) {
    return !steps.empty() && (work_of(input, steps) >= work || waiting_of(input, steps) >= waiting);
  };
  std::vector<bool> reported(input.process.steps.size(), false);
  for (const Loop& each : rework_loops(input, report.parameter("repeats"))) {
    LateLoop loop{senders(input, each).front(), repeats_of(input, each), {}, {}, false};
    if (reported[loop.check.index()]) continue;
    loop.measured = std::any_of(each.deciding.begin(), each.deciding.end(), [&](FlowId flow) {
      return input.expected.visits.origins[flow.index()] == ShareOrigin::measured;
    });
    const StepId start = round_start(input.graph, each, loop.check);
    const std::vector<bool> round = on_every_round(input.graph, start, loop.check);
    loop.tasks = CheckBasis(input, facts, loop.check).own_tasks();
    loop.vain = in_vain(input, facts, round, loop.check);
    if (is_costly(loop.vain)) {
      // Only tasks that come after what is in vain move with the check.
      std::erase_if(loop.tasks, [&](StepId task) {
        return task == loop.check || !facts.always_passed(loop.vain.front(), task);
      });
      report_order(input, loop, report);
      reported[loop.check.index()] = true;
      continue;
    }
    loop.tasks = examinations(input, loop.tasks, round, start, loop.check);
    if (work_of(input, loop.tasks) < work ||
        is_vetted_before(input, facts, loop.tasks.front(), loop.check))
      continue;
    report_vetting(input, loop, report);
    reported[loop.check.index()] = true;
  }
}

constexpr Parameter parameters[] = {
    {"repeats", 0.1, "least number of times per case that the way back is taken"},
    {"work_minutes", 60, "least work per round that an earlier check would spare"},
    {"wait_hours", 24, "or least waiting per round"},
};

}  // namespace

constinit const Heuristic heuristics::late_loop{
    .about = {.code = "A405",
              .name = "late-loop",
              .level = Level::warning,
              .summary = "what is sent back has had long work or waiting that an earlier check "
                         "would spare",
              .what = "A way back that a choice leads to, taken at least 10 times per 100 cases "
                      "(none with a limit, and none to the next thing), on whose every round "
                      "there are an hour of work or a day of waiting before the check that it "
                      "does not rest on: what the check looks at is there before them, or could "
                      "be made before them. As a question (info) where approvals and tasks that "
                      "say nothing of what they make are among them; and where people take an hour "
                      "or more on the round to find out what the check asks, of something that is "
                      "mended elsewhere, and nothing before has looked at the case. Work that is "
                      "itself sent back to be done again is not meant.",
              .why = "Each round pays for everything before the check. What can be seen early "
                     "belongs in front: cheap checks before dear work (resequencing, Reijers "
                     "and Liman Mansar 2005).",
              .example = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.invoice]
name = "发票"
from = "customer"
[data.plan]
name = "赔付方案"
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
role = "customer"
next = "plan"
[[step]]
id = "plan"
name = "拟定赔付方案"
role = "agent"
needs = ["invoice"]
makes = ["plan"]
time = "90m"
next = "valid"
[[step]]
id = "valid"
name = "发票有效?"
kind = "decision"
role = "finance"
needs = ["invoice"]
next = [
  { to = "pay", when = "有效", share = 0.85 },
  { to = "again", when = "无效", share = 0.15 },
]
[[step]]
id = "again"
name = "重开发票"
role = "customer"
makes = ["invoice"]
wait = "1d"
next = "plan"
[[step]]
id = "pay"
name = "赔付"
role = "finance"
needs = ["plan"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.invoice]
name = "发票"
from = "customer"
[data.plan]
name = "赔付方案"
[[step]]
id = "apply"
name = "申请赔付"
kind = "start"
role = "customer"
next = "valid"
[[step]]
id = "valid"
name = "发票有效?"
kind = "decision"
role = "finance"
needs = ["invoice"]
next = [
  { to = "plan", when = "有效", share = 0.85 },
  { to = "again", when = "无效", share = 0.15 },
]
[[step]]
id = "again"
name = "重开发票"
role = "customer"
makes = ["invoice"]
wait = "1d"
next = "valid"
[[step]]
id = "plan"
name = "拟定赔付方案"
role = "agent"
needs = ["invoice"]
makes = ["plan"]
time = "90m"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "finance"
needs = ["plan"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::resequence, Improvement::rework_at_source}},
    .check = check};

}  // namespace gemba::inline audit
