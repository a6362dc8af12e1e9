#include <fmt/format.h>

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/following_work.h"
#include "core/audit/heuristic.h"
#include "core/audit/rule_checks.h"
#include "core/audit/template_papers.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// The data that decide between the exits, when expressions over data decide all of them; empty
/// otherwise. One exit may take what the others leave.
std::vector<DataId> deciding_data(const AuditInput& input, StepId id) {
  const Process& process = input.process;
  std::vector<DataId> data;
  std::size_t open = 0;
  for (const FlowId exit : input.graph.out[id.index()]) {
    const std::optional<Condition>& when = process[exit].when;
    if (!when && ++open <= 1) continue;
    if (!when || !when->expr) return {};
    for (const std::string_view name : names_in(*when->expr)) {
      const auto& all = process.definitions.data;
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const Data& each) { return each.id == name; });
      if (found == all.end()) return {};
      data.emplace_back(static_cast<std::size_t>(found - all.begin()));
    }
  }
  std::sort(data.begin(), data.end());
  data.erase(std::unique(data.begin(), data.end()), data.end());
  return data;
}

void report_step(const AuditInput& input, StepId id, const std::vector<DataId>& data,
                 const std::vector<SystemId>& systems, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  std::vector<std::string> known;
  for (std::size_t i = 0; i < data.size(); ++i) {
    known.push_back(fmt::format("'{}' ('{}')", process.definitions[data[i]].name,
                                process.definitions[systems[i]].name));
  }
  Finding& finding =
      report.add(id, fmt::format("a system could decide {}: the rule is written down", name));
  finding.evidence.push_back(
      {fmt::format("all exits are decided by data that systems hold: {}", listed(known, 4)),
       Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} times per 100 cases, by hand",
                   decimal(input.expected.visits.steps[id.index()] * 100, 0)),
       input.profile == nullptr ? Basis::declared : Basis::log});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "People see what no field holds. Let the system decide for a week while they go on, and "
      "compare; keep a way to overrule it.";
  finding.change.summary = fmt::format(
      "Let the system apply the conditions of {}, and send only exceptions to people.", name);
  finding.change.edit.removed = {id};
}

/// Whether a decision, or a task with several exits, is made by hand in a good part of the cases.
bool decides_by_hand(const AuditInput& input, StepId id, double visits) {
  const Step& step = input.process[id];
  const bool decides = step.kind == StepKind::decision || step.kind == StepKind::task;
  if (!decides || input.graph.out[id.index()].size() < 2 || input.process.is_external(step))
    return false;
  // Whoever talks to the customer does more than decide.
  if (step.value == Value::customer || !step.script.empty()) return false;
  if (step.automation != Automation::manual || !step.makes.empty()) return false;
  return input.expected.visits.steps[id.index()] >= visits - 1e-9;
}

/// Decisions that follow from data in systems, by StepId; those that take time are reported.
std::vector<bool> check_decisions(const AuditInput& input, const Makers& makers,
                                  AuditReport& report) {
  const Process& process = input.process;
  std::vector<bool> ruled(process.steps.size(), false);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (!decides_by_hand(input, id, report.parameter("visits"))) continue;
    const std::vector<DataId> data = deciding_data(input, id);
    std::vector<SystemId> systems;
    for (const DataId each : data) {
      const auto system = system_of(process, makers[each.index()]);
      if (system) systems.push_back(*system);
    }
    if (data.empty() || systems.size() != data.size()) continue;
    ruled[i] = true;
    const StepFigures& figures = input.expected.steps[i];
    if (figures.work + figures.waiting > 0) report_step(input, id, data, systems, report);
  }
  return ruled;
}

/// Where the inputs of a stretch that it does not make itself stand.
void add_inputs(const Process& process, const Makers& makers, const std::vector<StepId>& stretch,
                Finding& finding) {
  std::vector<std::string> held, loose;
  for (const StepId id : stretch) {
    for (const DataUse& use : process[id].needs) {
      const std::vector<StepId>& own = makers[use.data.index()];
      const auto system = system_of(process, own);
      const std::string name = "'" + process.definitions[use.data].name + "'";
      std::vector<std::string>& to = own.empty() || !system ? loose : held;
      if (&to == &loose && is_reference(process.definitions[use.data])) continue;
      if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
    }
  }
  if (!held.empty()) {
    finding.evidence.push_back({fmt::format("systems hold {}", listed(held, 6)), Basis::structure});
  }
  if (!loose.empty()) {
    finding.evidence.push_back(
        {fmt::format("no system is said to hold {}: to be captured first", listed(loose, 6)),
         Basis::structure});
  }
}

void report_stretch(const AuditInput& input, const Makers& makers,
                    const std::vector<StepId>& stretch, AuditReport& report) {
  const Process& process = input.process;
  std::vector<std::string> names;
  for (const StepId id : stretch) names.push_back(quoted(process[id]));
  Finding& finding = report.add(
      stretch.front(), fmt::format("{} {} done by hand, from nothing but what is known by then",
                                   listed(names, 6), names.size() == 1 ? "is" : "are"));
  finding.level = std::min(finding.level, Level::info);
  finding.steps = stretch;
  add_inputs(process, makers, stretch, finding);
  finding.evidence.push_back(
      {fmt::format("{} cases a month", decimal(*input.expected.cases_per_month, 0)),
       process.volume ? Basis::declared : Basis::log});
  for (const StepId id : stretch) add_time_evidence(input, id, finding);
  for (const StepId id : stretch) add_pain_evidence(input, id, finding);
  const double touchless = report.parameter("touchless");
  finding.against = fmt::format(
      "The names say what is done, not which exceptions there are: the figures take {} of the "
      "cases to go through untouched. Count for a week how many would have, and keep a way to stop "
      "one.",
      percent(touchless));
  finding.change.summary = fmt::format(
      "Ask which rule or template {} {}; where there is one, let the system do it at once, and "
      "send only exceptions to people.",
      listed(names, 6), names.size() == 1 ? "follows" : "follow");
  for (const StepId id : stretch) finding.change.edit.fewer.emplace_back(id, 1 - touchless);
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const Makers makers = makers_of_data(process);
  const std::vector<bool> ruled = check_decisions(input, makers, report);
  // How an SOP has it was somebody's decision; a map shows what nobody has asked about yet.
  if (process.kind != Process::Kind::map) return;
  if (input.expected.cases_per_month.value_or(0) < report.parameter("cases")) return;
  const std::vector<bool> going = going_anyway(input);
  std::vector<bool> candidate(process.steps.size(), false);
  for (std::size_t i = 0; i < candidate.size(); ++i) {
    candidate[i] = !going[i] && follows_from_inputs(input, makers, StepId(i)) &&
                   input.expected.visits.steps[i] >= report.parameter("visits") - 1e-9 &&
                   input.expected.steps[i].work + input.expected.steps[i].waiting > 0;
  }
  std::vector<bool> passed = ruled;
  for (std::size_t i = 0; i < going.size(); ++i) passed[i] = passed[i] || going[i];
  for (const auto& stretch : stretches_of(input, candidate, passed))
    report_stretch(input, makers, stretch, report);
  report_rule_checks(input, report.parameter("visits"), report);
  report_template_papers(input, report.parameter("visits"), report);
}

constexpr Parameter parameters[] = {
    {"visits", 0.5, "least visits per case that make it worth while"},
    {"cases", 20, "least cases a month that make it worth while to automate a task"},
    {"touchless", 0.8, "share of the cases, 0 to 1, that the figures take to need nobody"},
};

}  // namespace

constinit const Heuristic heuristics::automation_candidate{
    .about =
        {.code = "A503",
         .name = "automation-candidate",
         .level = Level::warning,
         .summary = "people do by hand what follows from data that systems hold",
         .what =
             "A decision (or task with several exits) of ours that is done by hand, "
             "takes work or waiting, is passed by at least every second case, and whose "
             "exits are all decided by expressions over data that steps make in "
             "systems. Steps that meet the customer (value = \"customer\", or a script) "
             "are left out. As a question (info), where 20 cases a month or more are "
             "known: tasks and notices done by hand that say what they need and whose "
             "names say that the rest follows from it (查询, 核算, 匹配, 打印, 打款; "
             "look up, price, match, print, pay; entering what systems hold by half or "
             "more; passing on and assigning what they hold; checks of what they hold, or "
             "by hand). Those that follow each other are one finding. So are checks by people of "
             "credit, eligibility, a price, a budget … that 85 % pass or more and whose needs "
             "are all written down; and papers (letters, reports, decisions …) that people "
             "write for a quarter of an hour or more, of what is known: a template may do. Talk, "
             "judgement, "
             "meetings, other approvals, steps with a script, things and originals that are handed "
             "over, and steps that are to go (A203, A206) are left out.",
         .why = "A rule that is written as an expression needs nobody to apply it, and a "
                "system does so at once, at night as well (task automation, Reijers and "
                "Liman Mansar 2005).",
         .example = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
system = "oms"
makes = ["amount"]
time = "3m"
next = "route"
[[step]]
id = "route"
name = "人工分流"
kind = "decision"
role = "agent"
time = "2m"
wait = "20m"
next = [{ to = "pay", when = "amount <= 50" }, { to = "escalate", when = "amount > 50" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "escalate"
name = "升级处理"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
system = "oms"
makes = ["amount"]
time = "3m"
next = "route"
[[step]]
id = "route"
name = "系统分流"
kind = "decision"
automation = "automatic"
next = [{ to = "pay", when = "amount <= 50" }, { to = "escalate", when = "amount > 50" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "escalate"
name = "升级处理"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .parameters = parameters,
         .improvements = {Improvement::automate, Improvement::standard_form}},
    .check = check};

}  // namespace gemba::inline audit
