#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/audit/customer_way.h"
#include "core/audit/heuristic.h"
#include "core/audit/self_service.h"
#include "core/audit/trip_findings.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// Starts at which somebody outside comes to us.
void add_outside_starts(const AuditInput& input, std::vector<StepId>& steps) {
  for (const StepId start : input.graph.starts) {
    if (input.process.is_external(input.process[start])) steps.push_back(start);
  }
  std::sort(steps.begin(), steps.end());
}

void report_windows(const AuditInput& input, const Windows& windows, AuditReport& report) {
  const Process& process = input.process;
  std::vector<std::string> papers;
  for (const DataId each : windows.data)
    papers.push_back("'" + process.definitions[each].name + "'");
  const std::string data = listed(papers, 4);
  const std::vector<std::string> roles = role_names(process, windows.steps);
  Finding& finding = report.add(windows.steps.front(),
                                fmt::format("{} {} taken in by {} roles, one after the other", data,
                                            papers.size() == 1 ? "is" : "are", roles.size()));
  finding.steps = windows.steps;
  add_outside_starts(input, finding.steps);
  finding.evidence.push_back(
      {fmt::format("{} each take {} in at {}", listed(roles, 5), papers.size() == 1 ? "it" : "them",
                   listed(quoted_names(process, windows.steps), 5)),
       Basis::structure});
  add_evidence_of(input, windows.steps, finding);
  finding.against =
      "Each role may want the papers in a form of its own, and a law may name who takes them in: "
      "compare the lists of papers first.";
  finding.change.summary = fmt::format(
      "Take {} in once, at one window or page, check {} there for all, and let every role work on "
      "that one file (一窗受理).",
      data, papers.size() == 1 ? "it" : "them");
  finding.change.edit.kept = windows.steps;
  if (!windows.named) only_ask(finding);
}

/// What one role outside comes for in person, at one desk or several.
void report_desks(const AuditInput& input, const std::vector<Desk>& desks, AuditReport& report) {
  const Process& process = input.process;
  const std::string who = quoted_role(process, process[desks.front().outside]);
  std::vector<StepId> steps;
  for (const Desk& desk : desks) steps.insert(steps.end(), desk.steps.begin(), desk.steps.end());
  const std::string what = listed(quoted_names(process, steps), 4);
  Finding& finding =
      report.add(steps.front(),
                 fmt::format("{} comes in person for what may be done from afar: {}", who, what));
  finding.improvement = Improvement::self_service;
  finding.steps = steps;
  for (std::size_t i = 0; i < std::min(most_times, desks.size()); ++i) {
    finding.evidence.push_back(
        {fmt::format("{} follows {} directly, and works on papers or facts, not on things",
                     quoted(process[desks[i].steps.front()]), quoted(process[desks[i].outside])),
         Basis::structure});
  }
  add_evidence_of(input, steps, finding);
  finding.against =
      "Not everybody can or wants to do it alone: keep the desk for those, and for originals that "
      "have to be seen.";
  finding.change.summary = fmt::format(
      "Ask whether {} can do it alone, online or at a machine: a form that takes only what is "
      "complete, with the data that we have already filled in.",
      who);
  finding.change.edit.kept = steps;
  only_ask(finding);
}

void check(const AuditInput& input, AuditReport& report) {
  for (const Windows& windows : windows_of(input)) report_windows(input, windows, report);
  std::map<RoleId, std::vector<Desk>> met;
  std::set<StepId> at_desks;
  for (const Desk& desk : desks(input)) {
    if (!desk.comes) continue;
    at_desks.insert(desk.outside);
    at_desks.insert(desk.steps.begin(), desk.steps.end());
    met[*input.process[desk.outside].role].push_back(desk);
  }
  for (const auto& [role, all] : met) report_desks(input, all, report);
  report_trips(input, at_desks, report);
}

}  // namespace

constinit const Heuristic heuristics::many_windows{
    .about = {.code = "A308",
              .name = "many-windows",
              .level = Level::warning,
              .summary = "somebody outside goes from window to window, queues, comes again, or "
                         "comes for what could be done from afar",
              .what =
                  "Five things on the way of an external role. (1) What it brings is needed by "
                  "tasks of two roles of ours or more, one after the other, whose names say that "
                  "papers are taken in there, or (info) of three that each give it a result, issue "
                  "or enter something; or "
                  "(info) it queues for several roles. (2) Its step says that it goes somewhere or "
                  "queues (info unless it is a queue or a window with a known waiting time), or it "
                  "says so of a step. (3) Its step says that it comes once more, or it complains "
                  "of several trips. (4) As a question (info): it comes in person, and right "
                  "behind that a desk of ours takes in, enters, books or settles what it has "
                  "brought. (5) As a question (info): it comes for a paper that is ready, or with "
                  "one. Approvals, automatic steps, windows of which a case comes to one only, "
                  "desks that talk to people (a script, value = \"customer\"), work on things "
                  "and what is done by telephone or online are left out.",
              .why = "People outside pay with their time for a border between our departments. "
                     "Contact reduction, control relocation and customer teams (Reijers and Liman "
                     "Mansar 2005).",
              .example = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.entry]
name = "入驻窗口"
[roles.deposit]
name = "保证金窗口"
[data.papers]
name = "资质材料"
from = "shop"
[data.entry]
name = "入驻档案"
[data.receipt]
name = "保证金收据"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "entry"
[[step]]
id = "entry"
name = "受理入驻材料"
role = "entry"
needs = ["papers"]
makes = ["entry"]
time = "20m"
wait = "1d"
next = "deposit"
[[step]]
id = "deposit"
name = "受理保证金材料"
role = "deposit"
needs = ["papers", "entry"]
makes = ["receipt"]
time = "20m"
wait = "1d"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["receipt"]
)",
              .instead = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.window]
name = "综合窗口"
[roles.deposit]
name = "结算"
[data.papers]
name = "资质材料"
from = "shop"
[data.file]
name = "入驻档案"
[data.receipt]
name = "保证金收据"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "take"
[[step]]
id = "take"
name = "一次受理全部材料"
role = "window"
needs = ["papers"]
makes = ["file"]
time = "25m"
wait = "1d"
next = "deposit"
[[step]]
id = "deposit"
name = "开保证金收据"
role = "deposit"
needs = ["file"]
makes = ["receipt"]
time = "10m"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["receipt"]
)",
              .improvements = {Improvement::single_window, Improvement::self_service,
                               Improvement::decentralise, Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
