#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/patch.h"
#include "core/audit/unused_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

void report_step(const AuditInput& input, StepId id, Use how, AuditReport& report) {
  const Process& process = input.process;
  const Step& step = process[id];
  const std::string name = quoted(step);
  Finding& finding = report.add(
      id,
      fmt::format("nobody {} what {} does", how == Use::none ? "uses" : "is said to use", name));
  std::vector<std::string> made;
  for (const DataUse& use : step.makes) {
    made.push_back("'" + process.definitions[use.data].name + "'");
  }
  finding.evidence.push_back(
      {made.empty() ? std::string("it makes nothing, decides nothing and tells nobody")
                    : fmt::format("no step, condition or KPI needs {}", listed(made)),
       Basis::structure});
  if (step.value == Value::none) {
    finding.evidence.push_back({"the document says that it adds no value", Basis::declared});
  }
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "Somebody outside this document may need it: an auditor, the law, another team. Ask who "
      "would miss it; if it acts on the world, say so with value = \"customer\" or "
      "\"business\".";
  if (!step.note.empty()) {
    finding.against += fmt::format(" The document notes: {}", step.note);
  }
  Change& change = finding.change;
  if (how == Use::perhaps) {
    finding.level = std::min(finding.level, Level::info);
    change.summary = fmt::format(
        "Ask who reads what {} makes: write it into their needs, or take the step out.", name);
    return;
  }
  change.summary = fmt::format("Take out {}.", name);
  change.edit.removed = {id};
  change.patch = bypass_patch(process, change.edit.removed, {});
}

void report_feeder(const AuditInput& input, StepId id, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  Finding& finding =
      report.add(id, fmt::format("what {} makes is only used by steps that nobody uses", name));
  std::vector<std::string> made;
  for (const DataUse& use : process[id].makes)
    made.push_back("'" + process.definitions[use.data].name + "'");
  finding.evidence.push_back(
      {fmt::format("nothing else needs {}", listed(made)), Basis::structure});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "It stays as long as one of the steps that it feeds does: settle those first, and ask who "
      "else looks at what it makes.";
  finding.change.summary = fmt::format("Take out {} together with what it feeds.", name);
  finding.change.edit.removed = {id};
}

void check(const AuditInput& input, AuditReport& report) {
  const UnusedWork unused = unused_work(input);
  for (std::size_t i = 0; i < unused.uses.size(); ++i) {
    if (unused.uses[i] != Use::used) report_step(input, StepId(i), unused.uses[i], report);
  }
  for (const StepId step : unused.feeders) report_feeder(input, step, report);
}

}  // namespace

constinit const Heuristic heuristics::unused_step{
    .about =
        {.code = "A203",
         .name = "unused-step",
         .level = Level::warning,
         .summary = "a step makes nothing that anyone needs, decides nothing and tells nobody",
         .what =
             "A task of ours whose data no other step, condition or KPI uses; or one "
             "that makes nothing and is marked value = \"none\"; and tasks that only "
             "such tasks use. As info, since the document may just not say it: where "
             "most steps do not say what they need, where others work in the same "
             "system, and a task that keeps a record, prints or files right before a "
             "notice, a wait or the end. Not reported: tasks "
             "with a script, an SLA or a stated value, tasks beside a step of an "
             "external role, or that take in first what others need of its papers, tasks whose "
             "names say that somebody gets what they make (issue, set up, 发放, 开通 …) or is "
             "registered, tasks that "
             "prepare a decision whose conditions are plain "
             "words, other tasks right before these, an approval or a call, unless marked value = "
             "\"none\", and what is entered a second time (A206).",
         .why = "Lists that nobody reads and prints that nobody files cost time in every "
                "case. They often are what is left of a system that is long gone.",
         .example = R"([map]
[data.row]
name = "台账记录"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "fill_sheet"
[[step]]
id = "fill_sheet"
name = "填写退款台账"
makes = ["row"]
time = "3m"
value = "none"
next = "pay"
[[step]]
id = "pay"
name = "退款"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([map]
[data.row]
name = "台账记录"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "fill_sheet"
[[step]]
id = "fill_sheet"
name = "填写退款台账"
makes = ["row"]
time = "3m"
next = "pay"
[[step]]
id = "pay"
name = "按台账退款"
needs = ["row"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .improvements = {Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
