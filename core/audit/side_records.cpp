#include "core/audit/side_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/unused_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array lists = {"excel"sv,       "台账"sv,
                              "登记本"sv,      "登记簿"sv,
                              "登记表"sv,      "电子表格"sv,
                              "流水账"sv,      "手工账"sv,
                              "记录本"sv,      "共享表"sv,
                              "腾讯文档"sv,    "花名册"sv,
                              "统计表"sv,      "汇总表"sv,
                              "spreadsheet"sv, "spreadsheets"sv,
                              "workbook"sv,    "ledger"sv,
                              "logbook"sv,     "notebook"sv,
                              "roster"sv,      "register on paper"sv,
                              "card index"sv,  "whiteboard"sv};

bool is_by_hand(const Process& process, StepId id) {
  const Step& step = process[id];
  return step.kind == StepKind::task && is_own_work(process, id) &&
         step.automation != Automation::automatic;
}

bool keeps_a_list(const Process& process, const Step& step) {
  return names_a_list(step.name) ||
         (step.system && names_a_list(process.definitions[*step.system].name));
}

bool writes(const Step& step) {
  return says(step, Saying::entry) || says(step, Saying::copying) || says(step, Saying::writing) ||
         says_registering(step.name) || named_work(step) == NamedWork::enter ||
         step.name.find("填") != std::string::npos || step.name.find("登") != std::string::npos;
}

std::optional<SystemId> system_beside(const Process& process) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!step.system || !is_own_work(process, StepId(i))) continue;
    if (!names_a_list(process.definitions[*step.system].name)) return step.system;
  }
  return std::nullopt;
}

}  // namespace

bool names_a_list(std::string_view text) { return says_any(text, lists); }

std::vector<StepId> side_records(const AuditInput& input, const std::vector<StepId>& known) {
  const Process& process = input.process;
  std::vector<StepId> found;
  if (!system_beside(process)) return found;
  const UnusedWork unused = unused_work(input);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = process[id];
    if (!is_by_hand(process, id) || !keeps_a_list(process, step) || !writes(step)) continue;
    // What nobody reads is to go altogether (A203).
    if (step.value == Value::none || unused.uses[i] != Use::used) continue;
    if (std::find(known.begin(), known.end(), id) == known.end()) found.push_back(id);
  }
  return found;
}

void report_side_records(const AuditInput& input, const std::vector<StepId>& known,
                         AuditReport& report) {
  const Process& process = input.process;
  const std::vector<StepId> steps = side_records(input, known);
  if (steps.empty()) return;
  const std::string names = listed(quoted_names(process, steps), 4);
  const std::string system = "'" + process.definitions[*system_beside(process)].name + "'";
  Finding& finding = report.add(
      steps.front(),
      fmt::format("{} {} a list beside {}", names, steps.size() == 1 ? "keeps" : "keep", system));
  finding.steps = steps;
  finding.evidence.push_back(
      {fmt::format("others of the process work in {}", system), Basis::structure});
  for (const StepId step : steps) add_time_evidence(input, step, finding);
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "The list may hold what the system has no field for, or be the only thing that everybody can "
      "open: ask what they look up in it.";
  finding.change.summary = fmt::format(
      "Ask who reads the list and for what. Let {} show it, by a field, a view or a form that "
      "fills itself in, so that nothing is kept beside it.",
      system);
  finding.change.edit.kept = steps;
  only_ask(finding);
}

}  // namespace gemba::inline audit
