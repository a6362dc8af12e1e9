#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/panels.h"
#include "core/audit/patch.h"
#include "core/audit/similarity.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// Whether the step does nothing but check: an approval of an amount, or a task that says so.
bool is_check(const Process& process, StepId id) {
  const Step& step = process[id];
  if (!is_own_work(process, id)) return false;
  if (step.kind == StepKind::approval) return step.amount.has_value();
  return step.kind == StepKind::task && says_check(step);
}

/// What a check looks at: of an approval the amount.
std::vector<DataId> looked_at(const Step& step) {
  if (step.kind == StepKind::approval) return {step.amount->data};
  std::vector<DataId> data;
  for (const DataUse& use : step.needs) data.push_back(use.data);
  std::sort(data.begin(), data.end());
  return data;
}

struct Check {
  StepId step;
  CheckSubject subject = CheckSubject::any;
  std::vector<DataId> looked_at;  ///< in order
};

/// Whether the step is named after the datum; `only`: it says nothing else behind it, as in
/// 复核金额, which 查金额凭证 does.
bool is_named_after(const Step& step, const Data& datum, bool only) {
  const std::string name = ascii_lower(step.name);
  const std::string wanted = ascii_lower(datum.name);
  return only ? name.ends_with(wanted) : name.find(wanted) != std::string::npos;
}

/// The datum that both checks look at, when they seem to check the same: the later one names it in
/// its own name, or is named alike and looks at the same. A check that `informs`
/// others must be named after nothing else.
std::optional<DataId> common_datum(const Process& process, const Check& before, const Check& check,
                                   bool informs) {
  const auto& [first, subject, earlier] = before;
  const auto& [later, own_subject, own] = check;
  for (const DataId data : own) {
    if (!std::binary_search(earlier.begin(), earlier.end(), data)) continue;
    if (is_named_after(process[later], process.definitions[data], informs)) return data;
  }
  // Behind one order number stand goods, parcel and payment: only the names tell which is checked.
  constexpr double alike = 0.4;
  if (own != earlier || own.empty() || informs) return std::nullopt;
  if (name_similarity(process[first].name, process[later].name) < alike) return std::nullopt;
  return own.front();
}

/// Whether two checks may ask the same: all there, true, and how much are different questions.
bool may_ask_the_same(CheckSubject a, CheckSubject b) {
  if (a == b) return true;
  const bool unsaid = a == CheckSubject::any || b == CheckSubject::any;
  return unsaid && a != CheckSubject::completeness && b != CheckSubject::completeness;
}

/// What comes of an earlier check.
struct Earlier {
  std::vector<bool> after;          ///< by StepId: whether its cases can come there
  std::vector<bool> without;        ///< by StepId: whether cases come there that have not passed it
  std::optional<Visits> unchecked;  ///< of cases that have not passed it, once asked for
  std::map<DataId, std::vector<bool>> changed;  ///< `changed_after`, of data once asked for
};

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input),
        makers_(makers_of_data(input.process)),
        forks_(std::any_of(input.process.steps.begin(), input.process.steps.end(),
                           [](const Step& step) { return step.kind == StepKind::fork; })) {}

  /// The part of the cases at `later` that have been checked by `first`, with the datum as it was
  /// then; 0 when somebody may have made it anew.
  double share_checked(StepId first, StepId later, DataId datum) {
    Earlier& earlier = earlier_of(first);
    const double all = input_.expected.visits.steps[later.index()];
    if (all <= 0 || !earlier.after[later.index()]) return 0;
    if (makes(input_.process[first], datum) || makes(input_.process[later], datum)) return 0;
    const auto [changed, is_new] = earlier.changed.try_emplace(datum);
    if (is_new) changed->second = changed_after(first, earlier, datum);
    if (changed->second[later.index()]) return 0;
    if (!earlier.without[later.index()]) return 1;
    if (!earlier.unchecked) {
      Edit stopped;
      stopped.closed = input_.graph.out[first.index()];
      earlier.unchecked = visits_after(input_.process, input_.graph, input_.profile, stopped);
    }
    return 1 - earlier.unchecked->steps[later.index()] / all;
  }

  /// Whether anybody needs what the check makes: then it finds out more than that all is well.
  bool informs(StepId check) const {
    const Process& process = input_.process;
    return std::any_of(
        process[check].makes.begin(), process[check].makes.end(), [&](const DataUse& made) {
          return std::any_of(process.steps.begin(), process.steps.end(),
                             [&](const Step& step) { return uses(step, made.data); });
        });
  }

 private:
  Earlier& earlier_of(StepId first) {
    const auto [found, is_new] = earlier_.try_emplace(first);
    if (is_new) {
      found->second.after = reachable_after(input_.graph, first);
      found->second.without = reached_without(input_.process, input_.graph, first);
    }
    return found->second;
  }

  /// By StepId: whether a case can come there with the datum made anew since it passed `first`, or
  /// perhaps at the same time.
  std::vector<bool> changed_after(StepId first, const Earlier& earlier, DataId datum) {
    std::vector<bool> seen(input_.graph.step_count(), false);
    std::vector<StepId> stack;
    for (const StepId maker : makers_[datum.index()]) {
      const bool after = earlier.after[maker.index()];
      if (after || (forks_ && !earlier_of(maker).after[first.index()])) stack.push_back(maker);
    }
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      if (step == first || seen[step.index()]) continue;
      seen[step.index()] = true;
      for (const FlowId flow : input_.graph.out[step.index()])
        stack.push_back(input_.graph.to(flow));
    }
    return seen;
  }

  const AuditInput& input_;
  std::vector<std::vector<StepId>> makers_;  ///< by DataId
  bool forks_;
  std::map<StepId, Earlier> earlier_;
};

/// What the later check makes that others need and nobody else makes: it has to be made without the
/// check then.
std::vector<DataId> made_alone(const Process& process, StepId check) {
  const std::vector<std::vector<StepId>> makers = makers_of_data(process);
  std::vector<DataId> made;
  for (const DataUse& use : process[check].makes) {
    const bool needed = std::any_of(process.steps.begin(), process.steps.end(),
                                    [&](const Step& step) { return uses(step, use.data); });
    if (needed && makers[use.data.index()].size() == 1) made.push_back(use.data);
  }
  return made;
}

/// A check whose result others go by: no repeat to take out, but a question who finds it out.
void ask_for_result(const AuditInput& input, StepId first, StepId later,
                    const std::vector<DataId>& made, Finding& finding) {
  const Process& process = input.process;
  std::vector<std::string> names;
  for (const DataId data : made) names.push_back("'" + process.definitions[data].name + "'");
  finding.level = std::min(finding.level, Level::info);
  finding.evidence.push_back(
      {fmt::format("others go by {}, which only {} makes", listed(names), quoted(process[later])),
       Basis::structure});
  finding.change.summary = fmt::format(
      "Count what {} finds that {} has let through. If it is little, let {} be made there, and "
      "take "
      "{} out.",
      quoted(process[later]), quoted(process[first]), listed(names), quoted(process[later]));
  finding.change.patch.clear();
}

void report_pair(const AuditInput& input, StepId first, StepId later, DataId datum, double share,
                 AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[later]);
  const std::string& checked = process.definitions[datum].name;
  Finding& finding = report.add(later, fmt::format("{} checks '{}' once more, which {} has checked",
                                                   name, checked, quoted(process[first])));
  finding.steps.push_back(first);
  finding.evidence.push_back(
      {fmt::format("nobody changes '{}' between the two", checked), Basis::structure});
  finding.evidence.push_back({fmt::format("{} of the cases at {} have passed {}", percent(share),
                                          name, quoted(process[first])),
                              input.profile == nullptr ? Basis::declared : Basis::log});
  add_time_evidence(input, later, finding);
  add_pain_evidence(input, later, finding);
  finding.against = fmt::format(
      "Four eyes may be asked for by law or by the auditors, and {} may look at what the first "
      "check does not show. Count how often it corrects something.",
      name);
  if (share < 1 - 1e-9) {
    finding.against += fmt::format(" {} of the cases come to it unchecked: keep it for those.",
                                   percent(1 - share));
  }
  Change& change = finding.change;
  change.edit.kept = {first};
  if (share < 1 - 1e-9) {
    change.edit.fewer = {{later, 1 - share}};
    change.summary =
        fmt::format("Send cases that {} has checked past {}.", quoted(process[first]), name);
  } else {
    change.edit.removed = {later};
    change.summary = fmt::format("Take out {}, or check a sample.", name);
    if (process[first].kind == StepKind::task && process[first].role != process[later].role) {
      change.summary += fmt::format(" If it is the duty of {}, take out {} instead.",
                                    quoted_role(process, process[later]), quoted(process[first]));
    }
    change.patch = bypass_patch(process, change.edit.removed, {});
  }
  const std::vector<DataId> made = made_alone(process, later);
  if (!made.empty()) ask_for_result(input, first, later, made, finding);
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const double least_share = report.parameter("share");
  const double least_part = report.parameter("sampled");
  std::vector<Check> checks;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (is_check(process, StepId(i)))
      checks.push_back({StepId(i), check_subject(step), looked_at(step)});
  }
  Search search(input);
  const std::vector<double>& visits = input.expected.visits.steps;
  for (const Check& check : checks) {
    const StepId later = check.step;
    // Approvals that follow each other are a finding of their own.
    if (process[later].kind != StepKind::task || input.graph.out[later.index()].size() != 1)
      continue;
    if (process[later].automation == Automation::automatic) continue;
    const bool informs = search.informs(later);
    for (const Check& before : checks) {
      const StepId first = before.step;
      if (first == later) continue;
      if (visits[later.index()] < least_part * visits[first.index()]) continue;
      if (!may_ask_the_same(before.subject, check.subject)) continue;
      const auto datum = common_datum(process, before, check, informs);
      if (!datum) continue;
      const double share = search.share_checked(first, later, *datum);
      if (share < least_share - 1e-9) continue;
      report_pair(input, first, later, *datum, share, report);
      break;
    }
  }
  report_panels(input, report);
}

constexpr Parameter parameters[] = {
    {"share", 0.8, "least part of the cases at the later check that have passed the earlier one"},
    {"sampled", 0.5, "a later check of a smaller part of the cases is a sample, and is wanted"},
};

}  // namespace

constinit const Heuristic heuristics::repeated_check{
    .about =
        {.code = "A202",
         .name = "repeated-check",
         .level = Level::warning,
         .summary = "a check of what an earlier check has looked at, with no change between",
         .what =
             "A task of ours whose name says that it checks (核对, 复核, 检查, check, "
             "verify …), with one way on, that looks at a datum which an earlier check, or "
             "an approval of the amount, has looked at for at least 80 % of its cases: "
             "the datum that it is named after, or, when the names are alike, the same data "
             "altogether. Nobody in "
             "between makes it anew. Automatic checks, samples (less than half of what the "
             "earlier check sees), and checks that make a datum for a later step and are "
             "named after more than the datum, are left out; so are checks that ask something "
             "else (all there, "
             "true, how much). A check whose result others go by is a question (info), and so are "
             "three roles or more whose tasks are alike and look at the same (first, second, "
             "third reader): would two do?",
         .why = "What has been checked and not been touched is as it was. The second check "
                "costs as much as the first and finds what the first lets through because "
                "somebody looks again.",
         .example = R"([map]
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.amount]
name = "退款金额"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算退款"
role = "agent"
needs = ["order_no"]
makes = ["amount"]
next = "agent_check"
[[step]]
id = "agent_check"
name = "核对退款金额"
role = "agent"
needs = ["amount"]
time = "2m"
next = "finance_check"
[[step]]
id = "finance_check"
name = "财务复核退款金额"
role = "finance"
needs = ["amount"]
time = "3m"
wait = "5h"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["amount"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([map]
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.amount]
name = "退款金额"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算退款"
role = "agent"
needs = ["order_no"]
makes = ["amount"]
next = "finance_check"
[[step]]
id = "finance_check"
name = "财务复核退款金额"
role = "finance"
needs = ["amount"]
time = "3m"
wait = "5h"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["amount"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .parameters = parameters,
         .improvements = {Improvement::repeated_check}},
    .check = check};

}  // namespace gemba::inline audit
