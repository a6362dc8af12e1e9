#include "core/audit/template_papers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array papers = {
    "判决书"sv,    "裁定书"sv,    "决定书"sv,   "通知书"sv,      "意见书"sv,         "报告"sv,
    "公函"sv,      "函"sv,        "合同"sv,     "协议"sv,        "方案"sv,           "文书"sv,
    "批复"sv,      "证明"sv,      "说明书"sv,   "纪要"sv,        "出院小结"sv,       "病历"sv,
    "许可证"sv,    "推荐信"sv,    "letter"sv,   "letters"sv,     "decision"sv,       "judgment"sv,
    "judgement"sv, "report"sv,    "permit"sv,   "contract"sv,    "agreement"sv,      "memo"sv,
    "summary"sv,   "offer"sv,     "notice"sv,   "certificate"sv, "recommendation"sv, "minutes"sv,
    "proposal"sv,  "quotation"sv, "statement"sv};

constexpr double least_work = 15 * 60;

/// Whether people write a paper there of what is known, and take some time for it.
bool writes_a_paper(const AuditInput& input, StepId id, double visits) {
  const Process& process = input.process;
  const Step& step = process[id];
  if (step.kind != StepKind::task || !is_own_work(process, id)) return false;
  if (step.automation != Automation::manual || step.needs.empty() || !step.script.empty())
    return false;
  if (input.expected.visits.steps[id.index()] < visits - 1e-9) return false;
  return input.expected.steps[id.index()].work >= least_work && says(step, Saying::drafting) &&
         says_any(step.name, papers);
}

void report_papers(const AuditInput& input, const std::vector<StepId>& writing,
                   AuditReport& report) {
  const Process& process = input.process;
  const std::string names = listed(quoted_names(process, writing), 4);
  Finding& finding = report.add(
      writing.front(), fmt::format("people write a paper anew in every case, of what is known by "
                                   "then: {}",
                                   names));
  finding.improvement = Improvement::standard_form;
  finding.steps = writing;
  for (const StepId id : writing) {
    // Who signs it reads what a template would have said already.
    for (const StepId next : steps_after(process, input.graph, id)) {
      if (process[next].kind == StepKind::approval) finding.steps.push_back(next);
    }
    std::vector<std::string> data;
    for (const DataUse& use : process[id].needs)
      data.push_back("'" + process.definitions[use.data].name + "'");
    finding.evidence.push_back(
        {fmt::format("{} is made of {}", quoted(process[id]), listed(data, 4)), Basis::structure});
    add_time_evidence(input, id, finding);
    add_pain_evidence(input, id, finding);
  }
  std::sort(finding.steps.begin(), finding.steps.end());
  finding.steps.erase(std::unique(finding.steps.begin(), finding.steps.end()), finding.steps.end());
  finding.against =
      "What is disputed has to be written by somebody: a template must leave room for it, and "
      "nobody should have to look for the one sentence that matters.";
  finding.change.summary = fmt::format(
      "Lay ten of the papers of {} side by side, and mark what differs. Where it is little, use a "
      "template that fills itself in from what is known, and let people write only that.",
      names);
  finding.change.edit.kept = writing;
  only_ask(finding);
}

}  // namespace

void report_template_papers(const AuditInput& input, double visits, AuditReport& report) {
  std::vector<StepId> writing;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (writes_a_paper(input, StepId(i), visits)) writing.emplace_back(i);
  }
  if (!writing.empty()) report_papers(input, writing, report);
}

}  // namespace gemba::inline audit
