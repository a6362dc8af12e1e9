#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/heuristic.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/side_branch.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array mending = {
    "补正"sv,    "补齐"sv,      "补充"sv,    "补录"sv,   "补件"sv,    "补资料"sv,    "补材料"sv,
    "更正"sv,    "改正"sv,      "修正"sv,    "修改"sv,   "纠正"sv,    "重做"sv,      "返工"sv,
    "异常"sv,    "差异"sv,      "澄清"sv,    "核实"sv,   "查明"sv,    "联系"sv,      "追问"sv,
    "correct"sv, "fix"sv,       "resolve"sv, "settle"sv, "clarify"sv, "sort"sv,      "rework"sv,
    "amend"sv,   "chase"sv,     "query"sv,   "ask"sv,    "call"sv,    "contact"sv,   "complete"sv,
    "repair"sv,  "exception"sv, "problem"sv, "mend"sv,   "adjust"sv,  "straighten"sv};

/// Whether work of ours on the branch mends what is wrong with a case: no other kind of case, and
/// no service.
bool is_mending(const AuditInput& input, const SideBranch& branch) {
  const Process& process = input.process;
  bool works = false;
  bool says = false;
  for (const StepId step : branch.steps) {
    if (process[step].kind == StepKind::approval || process[step].value == Value::customer)
      return false;
    works = works || is_own_work(process, step);
    says = says || says_any(process[step].name, mending);
  }
  return works && says && says_wrong(input, branch.exit);
}

/// The steps of ours that make what the choice looks at: where it could have been seen.
std::vector<StepId> sources_of(const AuditInput& input, StepId choice) {
  const Process& process = input.process;
  std::vector<StepId> sources;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const bool makes_it =
        std::any_of(process[id].makes.begin(), process[id].makes.end(), [&](const DataUse& made) {
          return uses(process[choice], made.data) ||
                 decides_by(process, input.graph, choice, made.data);
        });
    if (makes_it && id != choice && is_own_work(process, id)) sources.push_back(id);
  }
  return sources;
}

/// Where a fault could have been seen first.
std::string source_text(const AuditInput& input, const std::vector<StepId>& sources) {
  if (sources.empty()) return "at the start, while whoever brings the case is there";
  return "at " + quoted(input.process[sources.front()]) + " or before";
}

void report_branch(const AuditInput& input, const SideBranch& branch, const Expected& without,
                   AuditReport& report) {
  const Process& process = input.process;
  const std::vector<std::string> names = quoted_names(process, branch.steps);
  const double cases = input.expected.visits.flows[branch.exit.index()];
  Finding& finding = report.add(
      branch.choice, fmt::format("{} {} what is wrong with {} of 100 cases, which {} finds",
                                 listed(names, 3), names.size() == 1 ? "mends" : "mend",
                                 decimal(cases * 100), quoted(process[branch.choice])));
  only_ask(finding);
  finding.steps.insert(finding.steps.end(), branch.steps.begin(), branch.steps.end());
  const std::vector<StepId> sources = sources_of(input, branch.choice);
  for (const StepId source : sources) {
    if (std::find(finding.steps.begin(), finding.steps.end(), source) == finding.steps.end())
      finding.steps.push_back(source);
  }
  const double cycle = input.expected.cycle_seconds - without.cycle_seconds;
  const double work = input.expected.work_seconds - without.work_seconds;
  finding.evidence.push_back(
      {fmt::format("each of them costs {} of work, and takes {} longer",
                   humane_seconds(work / cases), humane_seconds(cycle / cases)),
       branch.measured ? Basis::log : Basis::declared});
  for (const StepId step : branch.steps) add_pain_evidence(input, step, finding);
  add_pain_evidence(input, branch.choice, finding);
  finding.against =
      "Some of it nobody can know earlier. Nobody reaches zero; the figures are those of no such "
      "case at all.";
  finding.change.summary = fmt::format(
      "Note for a week what {} {}, and have the most frequent cause asked or checked {}.",
      listed(names, 3), names.size() == 1 ? "mends" : "mend", source_text(input, sources));
  finding.change.edit.closed = {branch.exit};
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("share");
  const double part = report.parameter("part");
  for (const SideBranch& branch : side_branches(input)) {
    if (input.expected.visits.flows[branch.exit.index()] < least - 1e-9) continue;
    if (!is_mending(input, branch)) continue;
    Edit edit;
    edit.closed = {branch.exit};
    const Expected without =
        expected(input.process, input.graph, input.profile, edit, &input.expected);
    const bool dear = without.work_seconds <= (1 - part) * input.expected.work_seconds ||
                      without.cycle_seconds <= (1 - part) * input.expected.cycle_seconds;
    if (dear) report_branch(input, branch, without, report);
  }
}

constexpr Parameter parameters[] = {
    {"share", 0.03, "least part of the cases that are mended, 0 to 1"},
    {"part", 0.02, "least part of the work or the time of a case that it takes, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::repair_branch{
    .about = {.code = "A406",
              .name = "repair-branch",
              .level = Level::info,
              .summary = "what is wrong with some cases is mended on the way, not at its source",
              .what =
                  "Up to six steps beside the usual way that a choice sends at least 3 % of "
                  "the cases over, and that lead on to the usual way (what leads back is for "
                  "A401). The words of the exit or the choice tell of something wrong (有误, "
                  "缺, 异常; problem, missing, rejected), the steps are no approval and no "
                  "service, and the name of one of them says that something is mended or asked "
                  "(补正, 更正, 核实; correct, settle, call, ask). All of it takes at least 2 % "
                  "of the work or of the time of a case.",
              .why = "What is mended late was done wrongly, or not asked, early, when whoever "
                     "knows it was there. Only its cause can be taken away (control relocation, "
                     "Reijers and Liman Mansar 2005).",
              .example = R"([map]
[roles.customer]
external = true
[roles.desk]
[roles.back]
[data.form]
[data.missing]
[[step]]
id = "come"
kind = "start"
role = "customer"
next = "take"
[[step]]
id = "take"
name = "收件"
role = "desk"
makes = ["form"]
time = "5m"
next = "check"
[[step]]
id = "check"
name = "查资料"
role = "back"
needs = ["form"]
makes = ["missing"]
time = "5m"
wait = "1d"
next = [
  { to = "pay", when = "not missing", share = 0.8 },
  { to = "call", when = "missing", share = 0.2 },
]
[[step]]
id = "call"
name = "电话联系顾客补充"
role = "back"
time = "10m"
wait = "1d"
next = "pay"
[[step]]
id = "pay"
name = "办结"
role = "back"
needs = ["form"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.customer]
external = true
[roles.desk]
[roles.back]
[data.form]
[data.missing]
[[step]]
id = "come"
kind = "start"
role = "customer"
next = "take"
[[step]]
id = "take"
name = "收件,当场查资料"
role = "desk"
makes = ["form"]
time = "10m"
next = "pay"
[[step]]
id = "pay"
name = "办结"
role = "back"
needs = ["form"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::rework_at_source}},
    .check = check};

}  // namespace gemba::inline audit
