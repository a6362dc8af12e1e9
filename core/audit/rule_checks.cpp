#include "core/audit/rule_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/disputes.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

/// What rules and limits are written for.
constexpr std::array ruled = {
    "信用"sv,   "征信"sv,     "授信"sv,        "额度"sv,         "限额"sv,     "资格"sv,
    "价格"sv,   "折扣"sv,     "预算"sv,        "保修"sv,         "质保"sv,     "时效"sv,
    "承保"sv,   "保单"sv,     "参保"sv,        "待遇"sv,         "余额"sv,     "库存"sv,
    "credit"sv, "eligible"sv, "eligibility"sv, "entitlement"sv,  "coverage"sv, "budget"sv,
    "limit"sv,  "limits"sv,   "warranty"sv,    "price"sv,        "discount"sv, "balance"sv,
    "policy"sv, "criteria"sv, "qualify"sv,     "qualification"sv};

constexpr double nearly_all = 0.85;

/// Whether all that the check looks at is written down somewhere before.
bool is_all_known(const Process& process, const std::vector<std::vector<StepId>>& makers,
                  const Step& step) {
  return !step.needs.empty() &&
         std::all_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
           const std::vector<StepId>& own = makers[use.data.index()];
           if (own.empty()) return !process.definitions[use.data].from.empty();
           return std::any_of(own.begin(), own.end(),
                              [&](StepId maker) { return process[maker].system.has_value(); });
         });
}

bool is_rule_check(const AuditInput& input, StepId id, double visits) {
  const Process& process = input.process;
  const Step& step = process[id];
  const bool judges = step.kind == StepKind::approval ||
                      (step.kind == StepKind::task && input.graph.out[id.index()].size() > 1);
  if (!judges || !is_own_work(process, id) || step.automation != Automation::manual) return false;
  if (step.value == Value::customer || !step.script.empty()) return false;
  return says_any(step.name, ruled) && input.expected.visits.steps[id.index()] >= visits - 1e-9 &&
         input.expected.steps[id.index()].work + input.expected.steps[id.index()].waiting > 0;
}

void report_check(const AuditInput& input, StepId id, double passes, bool measured,
                  AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  Finding& finding = report.add(
      id,
      fmt::format("people look at every case at {}, and {} of them pass", name, percent(passes)));
  finding.level = std::min(finding.level, Level::info);
  std::vector<std::string> data;
  for (const DataUse& use : process[id].needs)
    data.push_back("'" + process.definitions[use.data].name + "'");
  finding.evidence.push_back(
      {fmt::format("all that it needs is written down by then: {}", listed(data, 4)),
       Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} of 100 cases do not pass", decimal(100 - passes * 100)),
       measured ? Basis::log : Basis::declared});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "What people see beside the rule is lost: let the system judge for a month while they go on, "
      "and look at the cases on which they differ.";
  finding.change.summary = fmt::format(
      "Ask by which limits and rules {} decides. Where they can be written down, let the system "
      "pass what is within them, and send only exceptions to people.",
      name);
  finding.change.edit.fewer = {{id, 1 - passes}};
}

}  // namespace

void report_rule_checks(const AuditInput& input, double visits, AuditReport& report) {
  const auto makers = makers_of_data(input.process);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    if (!is_rule_check(input, id, visits) || is_for_disputes(input, id)) continue;
    if (!is_all_known(input.process, makers, input.process[id])) continue;
    const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
    if (outcome.pass.empty() || outcome.refuse.empty() || !outcome.pass_share) continue;
    if (*outcome.pass_share < nearly_all - 1e-9) continue;
    report_check(input, id, *outcome.pass_share, outcome.measured, report);
  }
}

}  // namespace gemba::inline audit
