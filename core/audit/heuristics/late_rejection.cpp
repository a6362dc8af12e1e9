#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/audit/heuristic.h"
#include "core/audit/late_checks.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// The check with the tasks that have to come first with it.
std::string check_name(const Process& process, const Late& late) {
  std::vector<std::string> names;
  for (const StepId task : late.moved) names.push_back(quoted(process[task]));
  names.push_back(quoted(process[late.found.check]));
  return listed(names, 4);
}

void add_check_evidence(const AuditInput& input, const Late& late, Finding& finding) {
  const Process& process = input.process;
  double work = 0, waiting = 0;
  for (const StepId step : late.wasted) {
    work += input.expected.steps[step.index()].work;
    waiting += input.expected.steps[step.index()].waiting;
  }
  const std::string name = quoted(process[late.found.check]);
  finding.evidence.push_back(
      {fmt::format("what is looked at in {} is known before {}, or can be",
                   check_name(process, late), quoted(process[late.wasted.front()])),
       Basis::structure});
  std::string effort = work > 0.5 ? humane_seconds(work) + " of work" : "";
  if (waiting > 0.5)
    effort += (effort.empty() ? "" : " and ") + humane_seconds(waiting) + " of waiting";
  finding.evidence.push_back(
      {fmt::format("{} turns away {} of 100 cases, each after {} that it does not need", name,
                   decimal(late.found.refused * 100), effort),
       late.found.measured ? Basis::log : Basis::declared});
  double own = input.expected.steps[late.found.check.index()].work;
  for (const StepId task : late.moved) own += input.expected.steps[task.index()].work;
  if (own > 0) {
    finding.evidence.push_back(
        {fmt::format("{}: {} of work", check_name(process, late), humane_seconds(own)),
         Basis::declared});
  }
  add_pain_evidence(input, late.found.check, finding);
}

/// One finding about checks that share what is done in vain; the one to come first stands first.
void report_checks(const AuditInput& input, const std::vector<Late>& checks, AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> wasted;
  std::vector<std::string> names, whole, shares;
  Edit edit;
  for (const Late& late : checks) {
    names.push_back(quoted(process[late.found.check]));
    whole.push_back(check_name(process, late));
    shares.push_back(decimal(late.found.refused * 100));
    edit.kept.push_back(late.found.check);
    for (std::size_t i = 0; i < late.wasted.size(); ++i) {
      wasted.push_back(late.wasted[i]);
      edit.fewer.emplace_back(late.wasted[i], 1 - late.spared[i]);
    }
  }
  std::sort(wasted.begin(), wasted.end());
  wasted.erase(std::unique(wasted.begin(), wasted.end()), wasted.end());
  std::vector<std::string> done;
  for (const StepId step : wasted) done.push_back(quoted(process[step]));
  Finding& finding =
      report.add(checks.front().found.check,
                 fmt::format("{} of 100 cases are turned away at {} after {} {} done for them",
                             listed(shares, 4), listed(names, 4), listed(done, 4),
                             done.size() == 1 ? "was" : "were"));
  for (const Late& late : checks) {
    if (late.found.check != checks.front().found.check) finding.steps.push_back(late.found.check);
    add_check_evidence(input, late, finding);
  }
  finding.steps.insert(finding.steps.end(), wasted.begin(), wasted.end());
  finding.against = fmt::format(
      "Something that the data here do not show may tie the order down. See whether {} can be done "
      "before {} with what is known then.",
      whole.front(), done.front());
  finding.change.summary = fmt::format(
      "Do {} before {}{}.", listed(whole, 4), listed(done),
      checks.size() > 1 ? ", in this order: what turns away most for its effort first" : "");
  finding.change.edit = std::move(edit);
}

/// Checks that share what is done in vain, or of which one's work is in vain for another, in one
/// group each; the one to come first stands first.
std::vector<std::vector<Late>> groups_of(const AuditInput& input, std::vector<Late> checks) {
  std::vector<std::size_t> group(checks.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  std::vector<std::optional<std::size_t>> wasted_by(input.process.steps.size());
  const auto join = [&](std::size_t check, StepId step) {
    const std::size_t other = group[wasted_by[step.index()].value_or(check)];
    const std::size_t from = group[check];
    if (other != from) std::replace(group.begin(), group.end(), from, other);
  };
  for (std::size_t i = 0; i < checks.size(); ++i) {
    for (const StepId step : checks[i].wasted) {
      join(i, step);
      wasted_by[step.index()] = i;
    }
  }
  for (std::size_t i = 0; i < checks.size(); ++i) {
    for (const StepId task : checks[i].tasks) join(i, task);
  }
  std::map<std::size_t, std::vector<Late>> found;
  for (std::size_t i = 0; i < checks.size(); ++i) found[group[i]].push_back(std::move(checks[i]));
  std::vector<std::vector<Late>> groups;
  for (auto& [first, members] : found) {
    std::stable_sort(members.begin(), members.end(), [](const Late& a, const Late& b) {
      return a.found.refused * b.work > b.found.refused * a.work;
    });
    groups.push_back(std::move(members));
  }
  return groups;
}

void check(const AuditInput& input, AuditReport& report) {
  for (const auto& group : groups_of(input, late_checks(input, report.parameter("refused"))))
    report_checks(input, group, report);
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
              .what =
                  "An approval or decision whose words tell which exit refuses (rejected, "
                  "驳回, 不通过 …), which refuses at least 5 % of its cases for good (no task "
                  "is done for them that is done for the others), and before which every case "
                  "has had a task of ours, or of somebody outside other than the customer, "
                  "that it does not rest on: "
                  "the task makes no datum that the check, or what is done for refused cases, "
                  "looks at, directly or over others, and all that the check looks at was "
                  "there before the task, or is made by the check's own task that could come "
                  "before it, too (not when somebody outside does something in between that says "
                  "nothing of what it yields). A task of another check counts only if that "
                  "one turns away clearly less for its effort; checks in a wrong order are "
                  "one finding.",
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
