#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// A decision that a step is only there for, and the exits that rest on it.
struct RareBranch {
  StepId decision;
  double share = 0;
  bool measured = false;
};

/// Whether the decision is all that uses what the step makes.
bool serves_only(const AuditInput& input, StepId id, StepId decision) {
  const Process& process = input.process;
  const std::vector<DataUse>& made = process[id].makes;
  return !made.empty() && std::all_of(made.begin(), made.end(), [&](const DataUse& use) {
    if (!decides_by(process, input.graph, decision, use.data)) return false;
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      const StepId other(i);
      if (other == decision || other == id) continue;
      if (uses(process[other], use.data)) return false;
      if (decides_by(process, input.graph, other, use.data)) return false;
    }
    return true;
  });
}

/// The part of the cases that do not take the usual exit of a decision; none when nobody says.
std::optional<RareBranch> rare_branch(const AuditInput& input, StepId decision) {
  const Visits& visits = input.expected.visits;
  if (input.graph.out[decision.index()].size() < 2) return std::nullopt;
  const std::vector<bool> back = back_flows(input.graph);
  double most = 0;
  bool goes_back = false;
  RareBranch found{decision, 0, false};
  for (const FlowId exit : input.graph.out[decision.index()]) {
    if (visits.origins[exit.index()] == ShareOrigin::assumed) return std::nullopt;
    found.measured = found.measured || visits.origins[exit.index()] == ShareOrigin::measured;
    if (visits.shares[exit.index()] <= most) continue;
    most = visits.shares[exit.index()];
    goes_back = back[exit.index()];
  }
  // Where most go back, those who go on are not the rare ones that the step is there for.
  if (goes_back) return std::nullopt;
  found.share = 1 - most;
  return found;
}

void report_step(const AuditInput& input, StepId id, const RareBranch& found, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  Finding& finding =
      report.add(id, fmt::format("every case waits for {}, which matters to {} of 100", name,
                                 decimal(found.share * 100)));
  finding.steps.push_back(found.decision);
  finding.evidence.push_back({fmt::format("only {} uses what it makes, and every case passes it",
                                          quoted(process[found.decision])),
                              Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} of 100 cases leave the usual way there", decimal(found.share * 100)),
       found.measured ? Basis::log : Basis::declared});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "What is rare may be dear: see what one missed case costs before the check is taken away "
      "from "
      "the others.";
  finding.change.summary = fmt::format(
      "Look for a sign that tells the rare cases earlier, and do {} for those only; or let the "
      "case "
      "go on and stop it when {} finds something.",
      name, name);
  finding.change.edit.fewer = {{id, found.share}};
  finding.change.edit.kept = {found.decision};
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const double most = report.parameter("share");
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (process[id].kind != StepKind::task || !is_own_work(process, id)) continue;
    if (input.expected.steps[i].waiting < report.parameter("minutes") * 60) continue;
    const auto next = only_next(input.graph, id);
    if (!next || process[*next].kind != StepKind::decision) continue;
    const auto found = rare_branch(input, *next);
    if (!found || found->share > most + 1e-9 || !serves_only(input, id, *next)) continue;
    if (in_every_case(process, input.graph, id)) report_step(input, id, *found, report);
  }
}

constexpr Parameter parameters[] = {
    {"share", 0.05, "largest share of cases that count as rare, 0 to 1"},
    {"minutes", 30, "least waiting before the step"},
};

}  // namespace

constinit const Heuristic heuristics::rare_branch{
    .about = {.code = "A404",
              .name = "rare-branch-in-main-path",
              .level = Level::warning,
              .summary = "all cases wait for a step that matters to few of them",
              .what = "A task of ours that every case passes and waits half an hour or more for, "
                      "whose data only the decision right behind it uses, where at most 5 % of "
                      "the cases (declared, or in the log) leave the usual way. Not where the "
                      "usual way leads back.",
              .why = "The many pay for the few: each of them takes longer by a queue that "
                     "changes nothing for it.",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.risk]
name = "风控"
[data.risky]
name = "有风险"
[[step]]
id = "apply"
kind = "start"
next = "screen"
[[step]]
id = "screen"
name = "人工筛查风险"
role = "risk"
makes = ["risky"]
time = "2m"
wait = "6h"
next = "is_risky"
[[step]]
id = "is_risky"
name = "有风险?"
kind = "decision"
role = "risk"
needs = ["risky"]
next = [
  { to = "pay", when = "not risky", share = 0.98 },
  { to = "stop", when = "risky", share = 0.02 },
]
[[step]]
id = "stop"
name = "拦截并核查"
role = "risk"
next = "done"
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[roles.risk]
name = "风控"
[data.marked]
name = "系统标记"
from = "系统"
[data.risky]
name = "有风险"
[[step]]
id = "apply"
kind = "start"
next = "is_marked"
[[step]]
id = "is_marked"
name = "系统标记?"
kind = "decision"
role = "agent"
needs = ["marked"]
next = [
  { to = "pay", when = "not marked", share = 0.96 },
  { to = "screen", when = "marked", share = 0.04 },
]
[[step]]
id = "screen"
name = "人工筛查风险"
role = "risk"
makes = ["risky"]
time = "2m"
wait = "6h"
next = "is_risky"
[[step]]
id = "is_risky"
name = "有风险?"
kind = "decision"
role = "risk"
needs = ["risky"]
next = [
  { to = "pay", when = "not risky", share = 0.5 },
  { to = "stop", when = "risky", share = 0.5 },
]
[[step]]
id = "stop"
name = "拦截并核查"
role = "risk"
next = "done"
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
