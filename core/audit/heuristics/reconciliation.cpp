#include <fmt/format.h>

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/heuristic.h"
#include "core/audit/matches.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

std::string data_names(const Process& process, const std::vector<DataId>& data) {
  std::vector<std::string> names;
  for (const DataId each : data) names.push_back("'" + process.definitions[each].name + "'");
  return listed(names, 4);
}

std::string step_names(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId each : steps) names.push_back(quoted(process[each]));
  return listed(names, 4);
}

/// Whether the comparison has its price in the document, cases that do not agree or copies of one
/// origin, and all that is compared could be kept in one place.
bool is_certain(const Match& match) {
  if (match.with_strangers) return false;
  return !match.investigations.empty() || !match.common_origin.empty();
}

void add_evidence(const AuditInput& input, const Match& match, Finding& finding) {
  const Process& process = input.process;
  finding.evidence.push_back({fmt::format("{} come from {}", data_names(process, match.compared),
                                          step_names(process, match.makers)),
                              Basis::structure});
  if (!match.common_origin.empty()) {
    finding.evidence.push_back({fmt::format("more than one of those steps needs {}",
                                            data_names(process, match.common_origin)),
                                Basis::structure});
  }
  std::vector<StepId> timed{match.step};
  timed.insert(timed.end(), match.investigations.begin(), match.investigations.end());
  for (const StepId step : timed) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
}

/// The makers that stay when one record is enough.
std::vector<StepId> lasting_makers(const Process& process, const Match& match) {
  std::vector<StepId> makers = match.makers;
  std::erase_if(makers, [&](StepId step) { return says(process[step], Saying::carrying); });
  return makers;
}

void report_match(const AuditInput& input, const Match& match, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[match.step]);
  const std::string compared = data_names(process, match.compared);
  Finding& finding = report.add(
      match.step, fmt::format("{} compares {}, which different people wrote down about the same",
                              name, compared));
  finding.steps.insert(finding.steps.end(), match.investigations.begin(),
                       match.investigations.end());
  finding.steps.insert(finding.steps.end(), match.makers.begin(), match.makers.end());
  add_evidence(input, match, finding);
  finding.against = fmt::format(
      "Comparing may be the control that finds fraud, or one side may be a stranger's. Whoever "
      "writes the later of them can compare at once, with the first before their eyes: count what "
      "{} has found that this would not find.",
      name);
  finding.change.summary = fmt::format(
      "Keep one record that all of them see and add to, and refuse at the door what does not "
      "agree with it, instead of {}.",
      name);
  finding.change.edit.kept = lasting_makers(process, match);
  if (!is_certain(match)) {
    finding.level = std::min(finding.level, Level::info);
    return;
  }
  finding.change.edit.removed = {match.step};
  finding.change.edit.removed.insert(finding.change.edit.removed.end(),
                                     match.investigations.begin(), match.investigations.end());
}

/// Several of ours write down the same, each in a place of their own.
void report_apart(const AuditInput& input, const Match& match, AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> own = match.makers;
  std::erase_if(own, [&](StepId step) { return !is_own_work(process, step); });
  std::vector<std::optional<SystemId>> systems;
  for (const StepId step : own) systems.push_back(process[step].system);
  const bool one_system = !own.empty() && systems.front() &&
                          std::all_of(systems.begin(), systems.end(),
                                      [&](const auto& each) { return each == systems.front(); });
  if (own.size() < 2 || one_system) return;
  Finding& finding = report.add(
      own.front(), fmt::format("{} write down the same thing in places that do not know each other",
                               step_names(process, own)));
  finding.steps = own;
  finding.level = std::min(finding.level, Level::info);
  finding.improvement = Improvement::information_sharing;
  finding.evidence.push_back(
      {fmt::format("{} has to compare what they made", quoted(process[match.step])),
       Basis::structure});
  finding.against =
      "Two records that know nothing of each other are a control. One of them is enough where a "
      "system lets only the right people write.";
  finding.change.summary =
      "Ask what each of them needs to know, and let them write into one record: what the first "
      "has entered, the others confirm.";
}

/// A paper from outside that only ever lies beside the others.
void report_paper(const AuditInput& input, const Match& match, AuditReport& report) {
  const Process& process = input.process;
  for (const StepId maker : match.makers) {
    if (!process.is_external(process[maker])) continue;
    std::vector<DataId> papers;
    for (const DataId data : match.compared) {
      if (makes(process[maker], data)) papers.push_back(data);
    }
    const DataId paper = papers.front();
    const bool always_beside =
        std::all_of(process.steps.begin(), process.steps.end(), [&](const Step& step) {
          return !uses(step, paper) ||
                 common(facts_needed(process, step), match.compared).size() > 1;
        });
    if (papers.size() != 1 || !always_beside) continue;
    const std::string name = "'" + process.definitions[paper].name + "'";
    Finding& finding =
        report.add(maker, fmt::format("{} is only looked at beside what we know already", name));
    finding.level = std::min(finding.level, Level::info);
    finding.improvement = Improvement::eliminate_step;
    finding.evidence.push_back({fmt::format("every step that needs it needs another of {}, too",
                                            data_names(process, match.compared)),
                                Basis::structure});
    finding.against = fmt::format("The law, or the other side, may ask for {} all the same.", name);
    finding.change.summary = fmt::format(
        "Ask whether {} says anything that the others do not, and whether the case "
        "could go on without it.",
        name);
  }
}

void check(const AuditInput& input, AuditReport& report) {
  for (const Match& match : matches(input)) {
    report_match(input, match, report);
    report_apart(input, match, report);
    report_paper(input, match, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::reconciliation{
    .about = {.code = "A208",
              .name = "reconciliation",
              .level = Level::warning,
              .summary = "records that different people keep of one thing are compared by hand",
              .what = "A task or decision of ours, done by hand, that says it compares (对账, "
                      "比对, 核对…和…, "
                      "match, reconcile, against, or a check before a decision whether things "
                      "agree), and needs two data or more that different roles make or bring, one "
                      "of us among them. A warning where more than one of those who make them need "
                      "the same datum, or where cases that do not agree are investigated, unless "
                      "a side is brought from outside at the start; else info. Told beside it, as "
                      "info: what our roles write down apart from each other, and a paper from "
                      "outside that no step looks at alone. Signatures, offers of strangers, and "
                      "what is brought by somebody without a role, as a statement by a bank, are "
                      "not counted.",
              .why = "Papers have to be compared because they are several. Where one record is "
                     "kept, there is nothing to reconcile (Hammer 1990; Reijers and Liman Mansar "
                     "2005: contact reduction, integral technology).",
              .example = R"([map]
[roles.warehouse]
name = "仓库"
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.request]
name = "退货申请"
from = "顾客"
[data.order]
name = "退款单"
[data.receipt]
name = "入库单"
[data.differs]
name = "两单不符"
[[step]]
id = "apply"
name = "申请退货"
kind = "start"
next = "order"
[[step]]
id = "order"
name = "开退款单"
role = "agent"
needs = ["request"]
makes = ["order"]
time = "3m"
next = "receive"
[[step]]
id = "receive"
name = "收货并开入库单"
role = "warehouse"
needs = ["request"]
makes = ["receipt"]
time = "5m"
next = "match"
[[step]]
id = "match"
name = "比对退款单和入库单"
role = "finance"
needs = ["order", "receipt"]
makes = ["differs"]
time = "6m"
wait = "1d"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["order", "differs"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.warehouse]
name = "仓库"
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[systems.oms]
name = "订单系统"
[data.request]
name = "退货申请"
from = "顾客"
[data.order]
name = "退款单"
[data.accepted]
name = "已收货"
[[step]]
id = "apply"
name = "申请退货"
kind = "start"
next = "order"
[[step]]
id = "order"
name = "开退款单"
role = "agent"
system = "oms"
needs = ["request"]
makes = ["order"]
time = "3m"
next = "receive"
[[step]]
id = "receive"
name = "按退款单收货"
role = "warehouse"
system = "oms"
needs = ["order"]
makes = ["accepted"]
time = "5m"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
system = "oms"
needs = ["order", "accepted"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::remove_reconciliation, Improvement::information_sharing,
                               Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
