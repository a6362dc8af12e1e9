#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/amount_bound.h"
#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"
#include "core/graph/dominators.h"
#include "core/model/authority.h"

namespace gemba::inline audit {
namespace {

/// Steps that add nothing to what is approved.
bool passes_on(StepKind kind) {
  return is_gateway(kind) || kind == StepKind::wait || kind == StepKind::notify;
}

/// Finds the approval that every case at `later` has just passed.
class Chains {
 public:
  explicit Chains(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        visits_(input.expected.visits),
        tree_(dominators(input.graph)) {}

  std::optional<StepId> before(StepId later) const {
    std::optional<StepId> step = tree_.idom[later.index()];
    while (step && passes_on(process_[*step].kind)) step = tree_.idom[step->index()];
    if (!step || !same_subject(process_[*step], process_[later])) return std::nullopt;
    if (!nothing_between(*step, later)) return std::nullopt;
    return step;
  }

 private:
  static bool same_subject(const Step& a, const Step& b) {
    if (a.kind != StepKind::approval || !a.approves || !b.approves) return false;
    if (a.approves->text != b.approves->text) return false;
    return !a.amount || !b.amount || a.amount->data == b.amount->data;
  }

  /// Whether what passes `first` certainly comes to `later`, over steps that add nothing.
  bool nothing_between(StepId first, StepId later) const {
    const Outcome outcome = approval_outcome(process_, graph_, visits_, first);
    const std::vector<bool> escapes = completed_without(process_, graph_, later);
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack;
    for (const FlowId flow : outcome.pass) stack.push_back(graph_.to(flow));
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      if (step == later || seen[step.index()]) continue;
      if (escapes[step.index()] || !passes_on(process_[step].kind)) return false;
      seen[step.index()] = true;
      for (const FlowId flow : graph_.out[step.index()]) stack.push_back(graph_.to(flow));
    }
    return !outcome.pass.empty();
  }

  const Process& process_;
  const FlowGraph& graph_;
  const Visits& visits_;
  DominatorTree tree_;
};

/// How much the step's role may approve; none when the authority table does not say.
std::optional<double> limit_at(const Process& process, const Step& step) {
  if (!step.role) return std::nullopt;
  return limit_of(process.definitions, *step.role, step.approves->text);
}

/// Whether `b` stands above `a`: a higher limit, else not its subordinate. Of two that do not
/// compare, the later, `b`, does.
bool is_lower(const Process& process, StepId a, StepId b) {
  const auto limit_a = limit_at(process, process[a]);
  const auto limit_b = limit_at(process, process[b]);
  if (limit_a && limit_b && *limit_a != *limit_b) return *limit_a < *limit_b;
  if (process[a].role && process[b].role) {
    return !reports_to(process.definitions, *process[b].role, *process[a].role) ||
           process[a].role == process[b].role;
  }
  return true;
}

/// Which approval of a chain to keep, and why.
struct Choice {
  StepId kept;
  Evidence reason;
};

Choice choose(const AuditInput& input, const std::vector<StepId>& chain) {
  const Process& process = input.process;
  StepId highest = chain.front();
  for (const StepId step : chain) {
    if (step != highest && is_lower(process, highest, step)) highest = step;
  }
  const std::string& action = process[chain.front()].approves->text;
  const auto bound = upper_bound_at(process, input.graph, chain.front());
  if (bound) {
    for (const StepId step : chain) {
      const auto limit = limit_at(process, process[step]);
      if (step == highest || !limit || *limit < *bound) continue;
      return {step,
              {fmt::format("no more than {} comes here, and {} may decide '{}' up to {}",
                           decimal(*bound, 2), quoted_role(process, process[step]), action,
                           decimal(*limit, 2)),
               Basis::declared}};
    }
  }
  const auto limit = limit_at(process, process[highest]);
  if (limit && std::isfinite(*limit)) {
    return {highest,
            {fmt::format("{} may decide '{}' up to {}", quoted_role(process, process[highest]),
                         action, decimal(*limit, 2)),
             Basis::declared}};
  }
  return {highest,
          {fmt::format("{} has the last word", quoted_role(process, process[highest])),
           Basis::structure}};
}

std::string against(const AuditInput& input, const std::vector<StepId>& removed, StepId kept) {
  std::string text = "Two pairs of eyes may be required by law or by the auditors: ask first.";
  for (const StepId step : removed) {
    const auto share = approval_outcome(input.process, input.graph, input.expected.visits, step);
    if (!share.pass_share || *share.pass_share >= 1) continue;
    text += fmt::format(" {} refuses {} of 100 cases: find out whether {} would have.",
                        quoted(input.process[step]), decimal((1 - *share.pass_share) * 100),
                        quoted(input.process[kept]));
  }
  return text;
}

void report_chain(const AuditInput& input, const std::vector<StepId>& chain, AuditReport& report) {
  const Process& process = input.process;
  const Choice choice = choose(input, chain);
  std::vector<std::string> names;
  for (const StepId step : chain) names.push_back(quoted(process[step]));
  Finding& finding = report.add(
      chain.front(),
      fmt::format("{} decide the same '{}' one after the other; {} alone would do", listed(names),
                  process[chain.front()].approves->text, quoted(process[choice.kept])));
  finding.steps = chain;
  finding.evidence.push_back(
      {"nothing is done between them, and what passes the first always comes to the next",
       Basis::structure});
  finding.evidence.push_back(choice.reason);
  Change& change = finding.change;
  std::vector<std::string> removed_names;
  for (const StepId step : chain) {
    if (step == choice.kept) continue;
    const Outcome outcome = approval_outcome(process, input.graph, input.expected.visits, step);
    change.edit.removed.push_back(step);
    change.edit.closed.insert(change.edit.closed.end(), outcome.refuse.begin(),
                              outcome.refuse.end());
    removed_names.push_back(quoted(process[step]));
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  change.edit.kept = {choice.kept};
  finding.against = against(input, change.edit.removed, choice.kept);
  change.summary = fmt::format("Take out {} and let {} decide.", listed(removed_names),
                               quoted(process[choice.kept]));
  change.patch = bypass_patch(process, change.edit.removed, change.edit.closed);
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const Chains chains(input);
  std::vector<std::optional<StepId>> before(process.steps.size());
  std::vector<bool> has_later(process.steps.size(), false);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (process.steps[i].kind != StepKind::approval) continue;
    before[i] = chains.before(StepId(i));
    if (before[i]) has_later[before[i]->index()] = true;
  }
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!before[i] || has_later[i]) continue;
    std::vector<StepId> chain;
    for (std::optional<StepId> step = StepId(i); step; step = before[step->index()]) {
      chain.push_back(*step);
    }
    std::reverse(chain.begin(), chain.end());
    report_chain(input, chain, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::approval_chain{
    .about = {.code = "A103",
              .name = "approval-chain",
              .level = Level::warning,
              .summary = "several approvals of one action in a row, where one would do",
              .what = "Approvals of the same action and amount that follow each other with "
                      "nothing but gateways, waiting and notices between, and where whatever "
                      "passes the first always comes to the next. The one to keep is the "
                      "highest; or a lower one, when the amounts that come here are within its "
                      "own authority.",
              .why = "Each signature adds a queue, not a judgement: the first relies on the "
                     "second and the second on the first, and nobody looks.",
              .example = R"([map]
[roles.lead]
name = "组长"
reports_to = "manager"
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
wait = "2h"
next = [{ to = "manager_ok", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "manager_ok"
name = "经理审批"
kind = "approval"
role = "manager"
approves = "refund"
wait = "1d"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
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
[roles.lead]
name = "组长"
reports_to = "manager"
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "limit"
[[step]]
id = "limit"
name = "超过 300 元?"
kind = "decision"
next = [{ to = "lead_ok", when = "否" }, { to = "manager_ok", when = "是" }]
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
wait = "2h"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "manager_ok"
name = "经理审批"
kind = "approval"
role = "manager"
approves = "refund"
wait = "1d"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::eliminate_approval, Improvement::raise_threshold,
                               Improvement::delegate_approval}},
    .check = check};

}  // namespace gemba::inline audit
