#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/audit/authority_split.h"
#include "core/audit/disputes.h"
#include "core/audit/heuristic.h"
#include "core/audit/limit_savings.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/graph/amount_flow.h"

namespace gemba::inline audit {
namespace {

/// Amounts of the log at one approval, rising, with the verdict on each.
struct Judged {
  std::vector<double> amounts;
  std::vector<bool> refused;
};

Judged judged_at(const AuditInput& input, StepId id) {
  std::vector<JudgedAmount> all = input.profile->judged[id.index()];
  std::stable_sort(all.begin(), all.end(), [](const JudgedAmount& a, const JudgedAmount& b) {
    return a.amount < b.amount;
  });
  const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
  Judged judged;
  for (const JudgedAmount& each : all) {
    if (!std::isfinite(each.amount)) continue;
    judged.amounts.push_back(each.amount);
    judged.refused.push_back(each.exit && std::find(outcome.refuse.begin(), outcome.refuse.end(),
                                                    *each.exit) != outcome.refuse.end());
  }
  return judged;
}

/// 1, 2 and 5 times the powers of ten: limits that people can keep in mind.
std::set<double> round_limits(double least, double most) {
  std::set<double> limits;
  for (double power = std::pow(10, std::floor(std::log10(std::max(least, 0.01)))); power <= most;
       power *= 10) {
    for (const double digit : {1.0, 1.5, 2.0, 3.0, 5.0, 8.0}) {
      if (digit * power >= least && digit * power < most) limits.insert(digit * power);
    }
  }
  return limits;
}

LimitChoice choice_at(const Judged& judged, double limit) {
  LimitChoice choice;
  choice.limit = limit;
  const double count = static_cast<double>(judged.amounts.size());
  double sum = 0;
  double within = 0;
  double refused = 0;
  double refused_within = 0;
  for (std::size_t i = 0; i < judged.amounts.size(); ++i) {
    sum += judged.amounts[i];
    refused += judged.refused[i] ? 1 : 0;
    if (judged.amounts[i] > limit) continue;
    choice.avoided += 1 / count;
    within += judged.amounts[i];
    if (!judged.refused[i]) continue;
    refused_within += 1;
    choice.exposed += judged.amounts[i];
  }
  choice.money_share = sum > 0 ? within / sum : 0;
  choice.refusals_missed = refused > 0 ? refused_within / refused : 0;
  choice.exposed /= count;
  return choice;
}

/// The knee of the curve "approvals avoided" over "money that nobody approves any more": the limit
/// furthest above its chord (Satopää, Albrecht, Irwin and Raghavan 2011, Kneedle).
const LimitChoice* knee(const std::vector<LimitChoice>& choices) {
  const LimitChoice* best = nullptr;
  for (const LimitChoice& each : choices) {
    const double above = each.avoided - each.money_share;
    if (best == nullptr || above > best->avoided - best->money_share) best = &each;
  }
  return best;
}

std::vector<LimitChoice> choices_of(const Judged& judged) {
  std::vector<LimitChoice> choices;
  for (const double limit : round_limits(judged.amounts.front(), judged.amounts.back())) {
    const LimitChoice choice = choice_at(judged, limit);
    const bool same = !choices.empty() && choices.back().avoided == choice.avoided;
    if (choice.avoided > 0 && choice.avoided < 1 && !same) choices.push_back(choice);
  }
  return choices;
}

void add_hours(const AuditInput& input, StepId id, std::vector<LimitChoice>& choices) {
  const double hours =
      input.expected.visits.steps[id.index()] * input.expected.steps[id.index()].work / 3600;
  for (LimitChoice& each : choices) {
    each.hours_per_100_cases = each.avoided * hours * 100;
    if (!input.expected.cases_per_month) continue;
    each.hours_per_month = each.avoided * hours * *input.expected.cases_per_month;
  }
}

std::string choice_text(const LimitChoice& choice) {
  std::string text = fmt::format("up to {}: {} of the approvals less, ", decimal(choice.limit, 2),
                                 percent(choice.avoided));
  text += choice.hours_per_month
              ? fmt::format("{} h a month", decimal(*choice.hours_per_month))
              : fmt::format("{} h per 100 cases", decimal(choice.hours_per_100_cases));
  return text + fmt::format("; unapproved {} of the money, missed {} of the refusals ({} a case)",
                            percent(choice.money_share), percent(choice.refusals_missed),
                            decimal(choice.exposed, 2));
}

void finish(const AuditInput& input, StepId id, Finding& finding) {
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "Amounts move when a limit is known: look after a month whether they gather just below it. "
      "Whoever decides below it needs the authority.";
}

void report_limits(const AuditInput& input, StepId id, std::vector<LimitChoice> choices,
                   std::size_t count, AuditReport& report) {
  add_hours(input, id, choices);
  const LimitChoice& best = *knee(choices);
  const std::string name = quoted(input.process[id]);
  Finding& finding = report.add(
      id, fmt::format("a limit of {} would spare {} of what {} decides, and leave {} of the money "
                      "to it",
                      decimal(best.limit, 2), percent(best.avoided), name,
                      percent(1 - best.money_share)));
  finding.evidence.push_back({fmt::format("{} amounts in the log", count), Basis::log});
  for (const LimitChoice& each : choices) {
    // Limits that spare hardly any approval, or nearly all, are only in the figures.
    const bool matters = each.avoided >= 0.1 && each.avoided <= 0.95;
    if (matters) finding.evidence.push_back({choice_text(each), Basis::log});
  }
  finish(input, id, finding);
  finding.change.summary = fmt::format("Lead only cases with {} > {} to {}.",
                                       input.process.definitions[input.process[id].amount->data].id,
                                       decimal(best.limit, 2), name);
  finding.change.edit.fewer = {{id, 1 - best.avoided}};
  finding.change.edit.kept = {id};
  finding.limits = std::move(choices);
}

/// Without a log: an approval that even the smallest amounts come to.
void report_unlimited(const AuditInput& input, StepId id, double pass_share, AuditReport& report) {
  const std::string name = quoted(input.process[id]);
  Finding& finding = report.add(
      id, fmt::format("{} decides the smallest amounts as well, and {} of the cases pass", name,
                      percent(pass_share)));
  finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {"no condition on the way keeps small amounts from it", Basis::structure});
  const StepId approvals[] = {id};
  if (const std::string savings = limit_savings(input, approvals); !savings.empty())
    finding.evidence.push_back({savings, Basis::declared});
  finish(input, id, finding);
  finding.change.summary = fmt::format(
      "Give a log with the amounts (--log): it shows for every limit how many approvals it spares "
      "and what money it exposes. Then lead only larger amounts to {}.",
      name);
}

/// Which amounts come to approvals.
class Amounts {
 public:
  explicit Amounts(const AuditInput& input) : input_(input) {}

  /// Whether the smallest amounts do. Conditions may speak of 0, which is no amount.
  bool smallest_come(StepId approval) {
    const AmountFlow& flow = flow_to(approval);
    const auto& values = flow.values();
    const auto positive =
        std::find_if(values.begin(), values.end(), [](double value) { return value > 0; });
    if (positive == values.end()) return flow.reaches(approval, 0);
    return flow.reaches(approval, static_cast<std::size_t>(positive - values.begin()));
  }

  bool largest_come(StepId approval) {
    const AmountFlow& flow = flow_to(approval);
    return flow.reaches(approval, flow.values().size() - 1);
  }

 private:
  const AmountFlow& flow_to(StepId approval) {
    const DataId amount = input_.process[approval].amount->data;
    const auto found = flows_.find(amount);
    if (found != flows_.end()) return found->second;
    return flows_.emplace(amount, AmountFlow(input_.process, input_.graph, amount, {}))
        .first->second;
  }

  const AuditInput& input_;
  std::map<DataId, AmountFlow> flows_;
};

void check(const AuditInput& input, AuditReport& report) {
  const double least_share = report.parameter("pass_share");
  const double least_cases = report.parameter("cases");
  Amounts amounts(input);
  const std::vector<bool> split = in_split_chains(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    if (step.kind != StepKind::approval || !step.amount || split[i]) continue;
    if (input.process.is_external(step) || !amounts.smallest_come(id)) continue;
    // What is disputed is what approvals are for, however small it is.
    if (is_for_disputes(input, id)) continue;
    const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
    if (!outcome.pass_share || *outcome.pass_share < least_share - 1e-9) continue;
    const bool has_amounts = input.profile != nullptr && i < input.profile->judged.size() &&
                             !input.profile->judged[i].empty();
    if (!has_amounts) {
      // A condition that bounds the amounts shows that somebody has thought of limits.
      if (!amounts.largest_come(id)) continue;
      report_unlimited(input, id, *outcome.pass_share, report);
      continue;
    }
    const Judged judged = judged_at(input, id);
    if (judged.amounts.empty() || static_cast<double>(judged.amounts.size()) < least_cases)
      continue;
    std::vector<LimitChoice> choices = choices_of(judged);
    if (choices.empty() || knee(choices)->avoided < report.parameter("avoided")) continue;
    report_limits(input, id, std::move(choices), judged.amounts.size(), report);
  }
}

constexpr Parameter parameters[] = {
    {"pass_share", 0.9, "least share of cases that pass, 0 to 1"},
    {"cases", 20, "least number of amounts in a log before it is believed"},
    {"avoided", 0.2, "least share of approvals that the limit must spare, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::approval_threshold{
    .about =
        {.code = "A104",
         .name = "approval-threshold",
         .level = Level::warning,
         .summary = "an approval of all amounts, where a limit would spare most of the work",
         .what =
             "An approval of ours of an amount that even the smallest amounts come to, and that "
             "at least 90 % of the cases pass. With a log that has the amount as a "
             "column (named as the datum, by id or name) every round limit is tried: "
             "which share of the approvals it spares, what hours, which share of the "
             "money is no longer approved, which refusals are missed. Proposed is the knee of that "
             "curve. Not where only disputed cases (争议, 申诉; dispute, appeal) come to it. "
             "Without a log it is only asked (info), where no condition "
             "on the amount exists.",
         .why = "Amounts are distributed unevenly: a few large ones make most of the money. "
                "A limit spends the approver's time where the money is.",
         .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
makes = ["amount"]
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
amount = "amount"
time = "2m"
next = [
  { to = "pay", when = "approved", share = 0.93 },
  { to = "done", when = "rejected", share = 0.07 },
]
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
[roles.lead]
name = "组长"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
makes = ["amount"]
next = "large"
[[step]]
id = "large"
name = "超过 100 元?"
kind = "decision"
role = "agent"
next = [{ to = "lead_ok", when = "amount > 100" }, { to = "pay", when = "amount <= 100" }]
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
amount = "amount"
time = "2m"
next = [
  { to = "pay", when = "approved", share = 0.93 },
  { to = "done", when = "rejected", share = 0.07 },
]
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
         .improvements = {Improvement::raise_threshold}},
    .check = check};

}  // namespace gemba::inline audit
