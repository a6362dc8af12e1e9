#include <fmt/format.h>

#include "core/audit/approval_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/patch.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"

namespace gemba::inline audit {
namespace {

/// Whether cases wait for the approval, or somebody works on it.
bool takes_time(const AuditInput& input, StepId step) {
  const StepFigures& figures = input.expected.steps[step.index()];
  return figures.work + figures.processing + figures.waiting > 0;
}

Finding& add_finding(const AuditInput& input, StepId id, std::string title, AuditReport& report) {
  Finding& finding = report.add(id, std::move(title));
  finding.evidence.push_back({"no case is completed without it", Basis::structure});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  return finding;
}

/// Whether the step is all there is of a branch of a fork: without it nothing would be left that is
/// done beside the other branches.
bool is_whole_branch(const AuditInput& input, StepId id) {
  const std::vector<StepId> before = all_before(input.process, input.graph, id, Reach::direct);
  return std::any_of(before.begin(), before.end(),
                     [&](StepId step) { return input.process[step].kind == StepKind::fork; });
}

/// An approval with one way on.
void report_formality(const AuditInput& input, StepId id, AuditReport& report) {
  const Step& step = input.process[id];
  const std::string name = quoted(step);
  Finding& finding = add_finding(
      input, id, fmt::format("{} cannot refuse: there is one way on behind it", name), report);
  finding.against =
      "The way of refused cases may only not be drawn: then draw it with its share. It may be "
      "asked for by law or by the auditors.";
  Change& change = finding.change;
  change.edit.removed = {id};
  if (input.process.is_external(step)) {
    change.summary =
        fmt::format("Ask whether a notice would do instead of {}: tell them, and go on.", name);
    return;
  }
  change.summary = fmt::format(
      "Count for a month what {} refuses; if nothing, tell its role and go on without waiting.",
      name);
  if (!is_whole_branch(input, id))
    change.patch = bypass_patch(input.process, change.edit.removed, {});
}

/// An approval whose refusals nobody has counted.
void report_uncounted(const AuditInput& input, StepId id, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding = add_finding(
      input, id, fmt::format("every case waits for {}, and nobody says how often it refuses", name),
      report);
  finding.against = "An approval that often refuses is worth its waiting.";
  finding.change.summary = fmt::format(
      "Count for a month what {} refuses, and give its exits a share: if it refuses hardly "
      "anything, it can go.",
      name);
}

void check(const AuditInput& input, AuditReport& report) {
  const std::vector<bool> in_chain = in_approval_chains(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    if (input.process[id].kind != StepKind::approval || in_chain[i]) continue;
    if (!takes_time(input, id)) continue;
    const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
    const bool formality = outcome.refuse.empty() && outcome.pass.size() == 1;
    if (outcome.pass_share) continue;
    if (!in_every_case(input.process, input.graph, id, outcome.refuse)) continue;
    if (formality) {
      report_formality(input, id, report);
    } else {
      report_uncounted(input, id, report);
    }
  }
}

}  // namespace

constinit const Heuristic heuristics::approval_without_refusal{
    .about = {.code = "A106",
              .name = "approval-without-refusal",
              .level = Level::info,
              .summary = "an approval of every case that cannot refuse, or whose refusals nobody "
                         "has counted",
              .what = "An approval, also one of an external role, that takes time, that no case "
                      "is completed without, and that has one way on only, or exits without "
                      "known shares. Approvals in a chain are told with the chain, and those "
                      "that are known to pass nearly everything as A101.",
              .why = "Who cannot say no does not decide. What a signature is worth shows in what "
                     "it refuses, and that can be counted.",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请补偿"
kind = "start"
next = "sign"
[[step]]
id = "sign"
name = "经理签字"
kind = "approval"
role = "manager"
wait = "1d"
next = "pay"
[[step]]
id = "pay"
name = "补偿"
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
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请补偿"
kind = "start"
next = "sign"
[[step]]
id = "sign"
name = "经理签字"
kind = "approval"
role = "manager"
wait = "1d"
next = [
  { to = "pay", when = "同意", share = 0.7 },
  { to = "done", when = "驳回", share = 0.3 },
]
[[step]]
id = "pay"
name = "补偿"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::eliminate_approval}},
    .check = check};

}  // namespace gemba::inline audit
