#include "core/audit/pre_approvals.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array before = {"预核"sv,
                               "预先核准"sv,
                               "预先审"sv,
                               "预审"sv,
                               "预登记"sv,
                               "预批"sv,
                               "名称核准"sv,
                               "事前审批"sv,
                               "前置审批"sv,
                               "pre-approval"sv,
                               "preapproval"sv,
                               "pre-approve"sv,
                               "preliminary approval"sv,
                               "preliminary review"sv,
                               "preliminary check"sv,
                               "prior approval"sv,
                               "prior authorization"sv,
                               "prior authorisation"sv,
                               "pre-check"sv,
                               "pre-authorization"sv,
                               "pre-qualification"sv,
                               "approval in principle"sv};

bool judges(const Process& process, StepId id) {
  return process[id].kind == StepKind::approval && is_own_work(process, id) &&
         process[id].automation != Automation::automatic;
}

/// The first approval that a case comes to afterwards.
std::optional<StepId> judged_later(const AuditInput& input, StepId id) {
  const std::vector<bool> later = reachable_after(input.graph, id);
  for (std::size_t i = 0; i < later.size(); ++i) {
    const StepId other(i);
    if (later[i] && other != id && judges(input.process, other) &&
        !reachable_after(input.graph, other)[id.index()])
      return other;
  }
  return std::nullopt;
}

}  // namespace

std::vector<StepId> pre_approvals(const AuditInput& input) {
  std::vector<StepId> found;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    if (judges(input.process, id) && says_any(input.process[id].name, before) &&
        judged_later(input, id))
      found.push_back(id);
  }
  return found;
}

void report_pre_approvals(const AuditInput& input, const std::vector<StepId>& approvals,
                          AuditReport& report) {
  const Process& process = input.process;
  for (const StepId id : approvals) {
    const StepId later = *judged_later(input, id);
    const Outcome outcome = approval_outcome(process, input.graph, input.expected.visits, id);
    const std::string name = quoted(process[id]);
    Finding& finding = report.add(id, fmt::format("{} is asked for before the application itself, "
                                                  "which {} judges",
                                                  name, quoted(process[later])));
    if (outcome.pass_share) {
      finding.evidence.push_back(
          {fmt::format("{} of 100 do not pass it", decimal(100 - *outcome.pass_share * 100)),
           outcome.measured ? Basis::log : Basis::declared});
    }
    add_time_evidence(input, id, finding);
    add_pain_evidence(input, id, finding);
    finding.against =
        "It keeps people from working out an application that cannot pass: those outside then need "
        "the rules, or a search, by which they can see that for themselves. A law may name it.";
    finding.change.summary = fmt::format(
        "Ask for what reasons {} refuses, and whether a search or a list could show them to those "
        "who apply. Then let them declare it with the application, and judge both at {}.",
        name, quoted(process[later]));
    finding.change.edit.removed = {id};
    finding.change.edit.closed = outcome.refuse;
    finding.change.edit.kept = {later};
    only_ask(finding);
  }
}

}  // namespace gemba::inline audit
