#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/audit/approval_chains.h"
#include "core/audit/case_owner.h"
#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/patch.h"
#include "core/audit/pre_approvals.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// Whether the log has seen enough of the step to speak for it.
bool speaks(const AuditInput& input, StepId step, double cases) {
  return static_cast<double>(input.profile->steps[step.index()].cases) >= cases;
}

Evidence pass_evidence(const AuditInput& input, StepId step, const Outcome& outcome) {
  const std::string refused = decimal((1 - *outcome.pass_share) * 100);
  if (!outcome.measured) {
    return {fmt::format("it refuses {} of 100 cases", refused), Basis::declared};
  }
  const std::int64_t cases = input.profile->steps[step.index()].cases;
  return {
      fmt::format("it refuses {} of 100 cases ({} cases in the log; {} with 95% confidence)",
                  refused, cases, confidence(1 - *outcome.pass_share, static_cast<double>(cases))),
      Basis::log};
}

std::string against(const AuditInput& input, StepId id, double pass_share) {
  const Step& step = input.process[id];
  std::string text;
  if (pass_share < 1) {
    text = fmt::format(
        "{} of 100 cases are refused today and would go through. Look at what those were, and "
        "catch them where the facts are checked.",
        decimal((1 - pass_share) * 100));
  } else {
    text = "It may keep people careful although it refuses nothing.";
  }
  if (step.approves) {
    text +=
        fmt::format(" Whoever decides '{}' then needs the authority for it.", step.approves->text);
  }
  text += " Check a sample of cases afterwards.";
  if (!step.note.empty()) text += fmt::format(" The document notes: {}", step.note);
  return text;
}

/// An approval that might be reported, and what is known of its exits.
struct Candidate {
  StepId step;
  Outcome outcome;
};

/// A task of another role of ours that every case at the approval has passed, and that checks what
/// the approval looks at: who does it could decide as well.
std::optional<StepId> checker_before(const AuditInput& input, StepId approval) {
  const Step& step = input.process[approval];
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& earlier = input.process.steps[i];
    if (earlier.kind != StepKind::task || !is_own_work(input.process, StepId(i))) continue;
    if (!says_check(earlier) || earlier.role == step.role) continue;
    const bool common = std::any_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
      return uses(earlier, use.data) || makes(earlier, use.data);
    });
    if (common && !reached_without(input.process, input.graph, StepId(i))[approval.index()])
      return StepId(i);
  }
  return std::nullopt;
}

/// Whether two approvals judge the same: one action, where both name one, else one amount or datum.
bool judge_the_same(const Step& a, const Step& b) {
  if (a.approves && b.approves) return a.approves->text == b.approves->text;
  if (a.amount && b.amount) return a.amount->data == b.amount->data;
  return std::any_of(a.needs.begin(), a.needs.end(),
                     [&](const DataUse& use) { return uses(b, use.data); });
}

/// An approval of another role of ours that judges the same, and that every case at the approval
/// has passed or is going to pass.
std::optional<StepId> other_judge(const AuditInput& input, StepId approval) {
  const Process& process = input.process;
  const Step& step = process[approval];
  const Outcome outcome = approval_outcome(process, input.graph, input.expected.visits, approval);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const Step& other = process[id];
    if (other.kind != StepKind::approval || !is_own_work(process, id) || id == approval) continue;
    if (other.role == step.role || input.graph.out[i].size() < 2) continue;
    if (!judge_the_same(step, other)) continue;
    if (!reached_without(process, input.graph, id)[approval.index()]) return id;
    const std::vector<bool> escapes = completed_without(process, input.graph, id);
    const bool comes = reachable_after(input.graph, approval)[i] &&
                       std::none_of(outcome.pass.begin(), outcome.pass.end(), [&](FlowId flow) {
                         return escapes[input.graph.to(flow).index()];
                       });
    if (comes) return id;
  }
  return std::nullopt;
}

/// Those of the approvals that lead to a payment, when nobody else approves before it: one of them
/// has to stay.
std::vector<StepId> alone_before_payment(const AuditInput& input,
                                         const std::vector<Candidate>& candidates) {
  const Process& process = input.process;
  const auto leads_to_payment = [&](StepId approval) {
    const std::vector<bool> after = reachable_after(input.graph, approval);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (after[i] && is_own_work(process, StepId(i)) && pays(process.steps[i])) return true;
    }
    return false;
  };
  std::vector<StepId> alone;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (process[id].kind != StepKind::approval || !leads_to_payment(id)) continue;
    if (std::none_of(candidates.begin(), candidates.end(),
                     [&](const Candidate& each) { return each.step == id; }))
      return {};
    alone.push_back(id);
  }
  return alone;
}

/// Leaves one of the approvals before a payment in place.
void keep_one(const AuditInput& input, const std::vector<StepId>& alone, Finding& finding) {
  const StepId id = finding.steps.front();
  if (std::find(alone.begin(), alone.end(), id) == alone.end() || alone.size() < 2) return;
  std::vector<StepId> kept;
  std::copy_if(alone.begin(), alone.end(), std::back_inserter(kept),
               [&](StepId other) { return other != id; });
  finding.change.edit.kept = kept;
  finding.against += fmt::format(
      " Then {}: nobody else looks at a case before money is paid.",
      kept.size() == 1 ? quoted(input.process[kept.front()]) + " has to stay"
                       : listed(quoted_names(input.process, kept), 3) + " cannot all go as well");
}

void report_approval(const AuditInput& input, const Candidate& candidate, bool after_refusals,
                     const std::vector<StepId>& alone, AuditReport& report) {
  const auto& [id, outcome] = candidate;
  const Step& step = input.process[id];
  const double share = *outcome.pass_share;
  Finding& finding = report.add(id, fmt::format("every case {}waits for {}, and {} of them pass",
                                                after_refusals ? "that is not refused before " : "",
                                                quoted(step), percent(share)));
  finding.evidence.push_back({after_refusals ? "only cases refused before are completed without it"
                                             : "no case is completed without it",
                              Basis::structure});
  finding.evidence.push_back(pass_evidence(input, id, outcome));
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against = against(input, id, share);
  Change& change = finding.change;
  change.edit.removed = {id};
  change.edit.closed = outcome.refuse;
  std::string advice = fmt::format(
      "ake out {}: cases go on as if approved. Keep it, if at all, for the cases that are risky.",
      quoted(step));
  if (const auto checker = checker_before(input, id)) {
    finding.improvement = Improvement::delegate_approval;
    finding.evidence.push_back({fmt::format("{} has checked the same before",
                                            quoted_role(input.process, input.process[*checker])),
                                Basis::structure});
    advice = fmt::format("ake out {}, and let {} decide at {}.", quoted(step),
                         quoted_role(input.process, input.process[*checker]),
                         quoted(input.process[*checker]));
  }
  change.patch = bypass_patch(input.process, change.edit.removed, change.edit.closed);
  keep_one(input, alone, finding);
  if (const auto judge = other_judge(input, id)) {
    finding.evidence.push_back({fmt::format("{} judges the same, of every case at {}",
                                            quoted(input.process[*judge]), quoted(step)),
                                Basis::structure});
    change.edit.kept.push_back(*judge);
    change.summary = "T" + advice;
    return;
  }
  only_ask(finding);
  finding.evidence.push_back({"no other approval judges the same", Basis::structure});
  change.summary = fmt::format(
      "Ask what {} has refused of late, and what a sample looked at afterwards would have found as "
      "well. If it is little, t{}",
      quoted(step), advice);
}

/// Whether cases wait for the approval for long enough to ask.
bool takes_long(const AuditInput& input, StepId id) {
  constexpr double least_part = 0.05;
  return input.expected.visits.steps[id.index()] * input.expected.steps[id.index()].waiting >=
         least_part * input.expected.cycle_seconds;
}

/// The role of ours that works a case up right before the approval, when it is one.
std::optional<RoleId> preparer_of(const AuditInput& input, StepId approval) {
  std::optional<RoleId> role;
  for (const StepId step : steps_before(input.process, input.graph, approval)) {
    if (!is_own_work(input.process, step) || input.process[step].kind != StepKind::task)
      return std::nullopt;
    if (role && role != input.process[step].role) return std::nullopt;
    role = input.process[step].role;
  }
  return role != input.process[approval].role ? role : std::nullopt;
}

/// An approval that refuses too much to be taken out, and little enough to ask who could decide the
/// clear cases.
void report_mostly_passed(const AuditInput& input, const Candidate& candidate,
                          AuditReport& report) {
  const auto& [id, outcome] = candidate;
  const Step& step = input.process[id];
  const auto preparer = preparer_of(input, id);
  Finding& finding = report.add(id, fmt::format("every case waits for {}, and {} of them pass",
                                                quoted(step), percent(*outcome.pass_share)));
  finding.level = std::min(finding.level, Level::info);
  finding.improvement = Improvement::delegate_approval;
  finding.evidence.push_back(pass_evidence(input, id, outcome));
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "What is refused has to be seen by somebody: the clear cases must be told from the others by "
      "facts that are known before.";
  finding.change.summary = fmt::format(
      "Note for a month by which facts {} refuses. Let {} decide what has none of them, by written "
      "rules and with a sample checked afterwards.",
      quoted(step),
      preparer ? "'" + input.process.definitions[*preparer].name + "'"
               : std::string("those who prepare the cases"));
  finding.change.edit.kept = {id};
}

void check(const AuditInput& input, AuditReport& report) {
  const double certain = report.parameter("pass_share");
  const double least_share = std::min(certain, report.parameter("ask_share"));
  const double least_cases = report.parameter("cases");
  const std::vector<bool> in_chain = in_approval_chains(input);
  std::vector<Candidate> candidates;
  std::vector<FlowId> refusals;
  const std::vector<StepId> early = pre_approvals(input);
  report_pre_approvals(input, early, report);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId step(i);
    if (input.process[step].kind != StepKind::approval) continue;
    if (input.process.is_external(input.process[step])) continue;
    Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, step);
    refusals.insert(refusals.end(), outcome.refuse.begin(), outcome.refuse.end());
    if (outcome.pass.empty() || !outcome.pass_share) continue;
    if (*outcome.pass_share < least_share - 1e-9) continue;
    if (outcome.measured && !speaks(input, step, least_cases)) continue;
    if (std::find(early.begin(), early.end(), step) != early.end()) continue;
    if (in_chain[i]) continue;  // a finding about the chain says who of them is needed
    candidates.push_back({step, std::move(outcome)});
  }
  std::vector<Candidate> going = candidates;
  std::erase_if(going,
                [&](const Candidate& each) { return *each.outcome.pass_share < certain - 1e-9; });
  const std::vector<StepId> alone = alone_before_payment(input, going);
  for (const Candidate& candidate : candidates) {
    // What an earlier approval refused is not waved through: it needs no second approval.
    if (!in_every_case(input.process, input.graph, candidate.step, refusals)) continue;
    if (*candidate.outcome.pass_share < certain - 1e-9) {
      if (takes_long(input, candidate.step)) report_mostly_passed(input, candidate, report);
      continue;
    }
    const bool strictly = in_every_case(input.process, input.graph, candidate.step);
    report_approval(input, candidate, !strictly, alone, report);
  }
}

constexpr Parameter parameters[] = {
    {"pass_share", 0.95, "least share of cases that pass, 0 to 1"},
    {"ask_share", 0.9, "share from which it is asked who could decide the clear cases"},
    {"cases", 20, "least number of cases at the approval before a log is believed"},
};

}  // namespace

constinit const Heuristic heuristics::mandatory_approval{
    .about =
        {.code = "A101",
         .name = "mandatory-approval",
         .level = Level::warning,
         .summary = "an approval that every case must pass, and almost every case does pass",
         .what = "An approval of ours that no case can be completed without, although at least "
                 "95 % of the cases pass it. A branch for refused cases does not hide it, nor "
                 "do cases that an earlier approval refused. The shares are those of the "
                 "document, or of the log where there is one; without any, nothing is "
                 "said. Which exit is the pass is read from the words of its condition "
                 "(approved, 同意, 通过 …; rejected, 驳回, 不同意 …), else it is the exit "
                 "with the highest share. Approvals in a chain (A103) are left out. Where another "
                 "role of ours has "
                 "checked the same before, the change is to let it decide. It is a question (info) "
                 "unless another role of ours approves the same (the same action, amount or "
                 "data) in all those cases: the only control of a matter is for its owner to "
                 "judge. From 90 % on it is asked "
                 "who could decide the clear cases, where cases wait for it for "
                 "5 % of their time or more. Also asked about is an approval before the "
                 "application itself (预先核准, preliminary approval …), which another approval "
                 "judges later on.",
         .why = "All cases wait so that a few are stopped. A limit, a rule or a check of a "
                "sample stops most of those at a fraction of the time, and who approves "
                "everything soon reads nothing.",
         .example = R"([map]
[roles.agent]
[roles.lead]
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "confirm"
[[step]]
id = "confirm"
name = "组长确认"
kind = "approval"
role = "lead"
time = "2m"
wait = "4h"
next = [
  { to = "pay", when = "approved", share = 0.98 },
  { to = "refuse", when = "rejected", share = 0.02 },
]
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
value = "customer"
next = "done"
[[step]]
id = "refuse"
name = "说明原因"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([map]
[roles.agent]
[roles.lead]
[data.amount]
from = "顾客"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "limit"
[[step]]
id = "limit"
name = "超过 50 元?"
kind = "decision"
role = "agent"
next = [
  { to = "pay", when = "amount <= 50", share = 0.9 },
  { to = "confirm", when = "amount > 50", share = 0.1 },
]
[[step]]
id = "confirm"
name = "组长确认"
kind = "approval"
role = "lead"
time = "2m"
wait = "4h"
next = [
  { to = "pay", when = "approved", share = 0.98 },
  { to = "done", when = "rejected", share = 0.02 },
]
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .parameters = parameters,
         .improvements = {Improvement::eliminate_approval, Improvement::delegate_approval}},
    .check = check};

}  // namespace gemba::inline audit
