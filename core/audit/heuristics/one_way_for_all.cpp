#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heavy_way.h"
#include "core/audit/heuristic.h"
#include "core/audit/long_way.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

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
    const std::string mark = "'" + process.definitions[*way.mark].name + "'";
    finding.evidence.push_back(
        {way.marker ? fmt::format("{} finds out {} before", quoted(process[*way.marker]), mark)
                    : fmt::format("{} is known before", mark),
         Basis::structure});
  }
  for (const StepId step : way.steps) add_pain_evidence(input, step, finding);
  finding.against =
      "Nobody knows yet how many cases are easy, and by what one sees it at the start: a class "
      "that "
      "is wrong sends a hard case the short way. Look through the last hundred cases first.";
  const std::string mark =
      way.mark ? " by '" + process.definitions[*way.mark].name + "'" : std::string();
  finding.change.summary =
      way.marker
          ? fmt::format(
                "Ask whether cases could be sorted{} as soon as {} knows it, or at the start: "
                "count which of them need all that follows, and give the others a short way.",
                mark, quoted(process[*way.marker]))
          : fmt::format(
                "Ask which cases need all of this, and sort them at the start{}: easy ones take a "
                "short way, with rules or limits, the others go to the specialists.",
                mark);
  finding.change.edit.kept = way.steps;
}

/// Nothing says which cases are light: only that all of them go a long way.
void report_long_way(const AuditInput& input, const LongWay& way, AuditReport& report) {
  const Process& process = input.process;
  const std::string heavy = listed(quoted_names(process, way.heavy), 4);
  Finding& finding =
      report.add(way.intake, fmt::format("all cases go through the same {} steps of {} roles, "
                                         "whether they are simple, urgent or large",
                                         way.steps, way.roles));
  finding.steps.push_back(way.start);
  finding.steps.insert(finding.steps.end(), way.heavy.begin(), way.heavy.end());
  std::sort(finding.steps.begin(), finding.steps.end());
  finding.steps.erase(std::unique(finding.steps.begin(), finding.steps.end()), finding.steps.end());
  finding.evidence.push_back(
      {fmt::format("no choice behind {} leads cases past any of them", quoted(process[way.intake])),
       Basis::structure});
  for (const StepId step : way.heavy) add_time_evidence(input, step, finding);
  for (const StepId step : finding.steps) add_pain_evidence(input, step, finding);
  finding.against =
      "The document names no class of cases: there may be none. Look through the last hundred "
      "cases first.";
  finding.change.summary = fmt::format(
      "Ask at {} by what one could see which cases are simple, urgent or large, and count how many "
      "would have needed {}. Give the others a way of their own: a short one for what is simple, "
      "one that overtakes for what is urgent.",
      quoted(process[way.intake]), heavy);
  finding.change.edit.kept = way.heavy;
  only_ask(finding);
}

void check(const AuditInput& input, AuditReport& report) {
  const double cases = report.parameter("cases");
  if (const auto way = heavy_way(input, cases, report.parameter("waiting"))) {
    report_way(input, *way, report);
  } else if (const auto all = long_way(input, cases)) {
    report_long_way(input, *all, report);
  }
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
                  "judgements in it, or of five; or, for a third of the cycle time, the work of "
                  "two roles or more behind a class (a type, tier, amount, risk, acuity …) that is "
                  "known at the start, or found out by a step of ours, and by which nobody "
                  "decides. Left out are ways of three and four specialists on which somebody is "
                  "served in person, payments, and ways that a decision lets part of the cases "
                  "leave. Where there is none of these, on a map: eight pieces of work or more of "
                  "three roles of "
                  "ours or more that 80% of the cases or more take, and no choice in the first "
                  "third of the way leads cases past any of them.",
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
