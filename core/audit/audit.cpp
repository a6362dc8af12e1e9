#include "core/audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/audit/plan.h"
#include "core/audit/wording.h"
#include "core/model/settings.h"

namespace gemba::inline audit {
namespace {

Saves difference(const Expected& before, const Expected& after) {
  Saves saves;
  const double hours = (before.work_seconds - after.work_seconds) / 3600;
  saves.hours_per_100_cases = hours * 100;
  if (before.cases_per_month) {
    saves.hours_per_month = hours * *before.cases_per_month;
    if (before.cost) {
      const double cost = (*before.cost - after.cost.value_or(0)) * *before.cases_per_month;
      if (std::isfinite(cost)) saves.cost_per_month = cost;
    }
  }
  saves.cycle_seconds = before.cycle_seconds - after.cycle_seconds;
  saves.handovers = before.handovers - after.handovers;
  return saves;
}

/// How a heuristic is set for a document.
struct Setting {
  const RuleSetting* setting = nullptr;
  Level level = Level::off;
};

Setting setting_of(const Descriptor& about, const Config& config, std::string_view path) {
  Setting result{setting_for(about, config, path), about.on ? about.level : Level::off};
  if (result.setting != nullptr) result.level = result.setting->level.value_or(about.level);
  return result;
}

void run_heuristics(const AuditInput& input, const Config& config, std::string_view path,
                    std::vector<Finding>& found) {
  for (const Heuristic* heuristic : all_heuristics()) {
    if (heuristic->check == nullptr) continue;
    const Setting how = setting_of(heuristic->about, config, path);
    if (how.level == Level::off) continue;
    AuditReport report(heuristic->about, how.level, input.process, how.setting, found);
    heuristic->check(input, report);
  }
}

/// Visits per case of the most visited step that a finding would change.
double cases_touched(const Finding& finding, const Expected& figures) {
  const std::vector<StepId>& changed =
      finding.change.edit.removed.empty() ? finding.steps : finding.change.edit.removed;
  double most = 0;
  for (const StepId step : changed) most = std::max(most, figures.visits.steps[step.index()]);
  return most;
}

void evaluate(const AuditInput& input, Finding& finding) {
  finding.cases_touched = cases_touched(finding, input.expected);
  if (input.expected.cases_per_month) finding.saves.hours_per_month = 0;
  if (finding.change.edit.changes_nothing()) return;
  const Expected after =
      expected(input.process, input.graph, input.profile, finding.change.edit, &input.expected);
  finding.saves = difference(input.expected, after);
}

/// Makes all changes of the plan at once.
void apply_plan(const Process& process, const FlowGraph& graph, const Profile* profile,
                Audit& result) {
  result.applied = best_plan(result.findings);
  Edit all;
  for (const std::size_t i : result.applied) all.append(result.findings[i].change.edit);
  result.after = expected(process, graph, profile, all, &result.before);
  result.total = difference(result.before, result.after);
}

/// Runs one heuristic on the documents for which it is on.
void run_together(const Heuristic& heuristic, std::span<AuditedProcess> audited) {
  std::vector<AuditedDocument> documents;
  std::vector<AuditReport> reports;
  for (AuditedProcess& each : audited) {
    const Setting how = setting_of(heuristic.about, *each.config, each.path);
    if (how.level == Level::off || !each.process.flow_complete) continue;
    documents.push_back({each.process, each.audit.before});
    reports.emplace_back(heuristic.about, how.level, each.process, how.setting,
                         each.audit.findings);
  }
  if (documents.size() > 1) heuristic.check_together(documents, reports);
}

std::string step_list(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  return listed(names, 6);
}

/// Steps that hold the case but whose time nobody stated.
std::vector<StepId> untimed_steps(const Process& process, const Expected& figures) {
  std::vector<StepId> untimed;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const bool holds = !is_routing(process.steps[i].kind);
    const StepFigures& step = figures.steps[i];
    const bool known =
        step.work_origin != Origin::assumed || step.waiting_origin != Origin::assumed;
    if (holds && !known && figures.visits.steps[i] > 0) untimed.push_back(StepId(i));
  }
  return untimed;
}

void add_notes(const AuditInput& input, std::vector<std::string>& notes) {
  const Process& process = input.process;
  const Visits& visits = input.expected.visits;
  std::vector<StepId> equal;
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const StepId from = process.flows[i].from;
    if (visits.origins[i] != ShareOrigin::assumed || visits.steps[from.index()] <= 0) continue;
    if (std::find(equal.begin(), equal.end(), from) == equal.end()) equal.push_back(from);
  }
  if (!equal.empty()) {
    notes.push_back(
        fmt::format("shares are not known at {}: taken as equal", step_list(process, equal)));
  }
  if (visits.starts_assumed)
    notes.push_back("cases are taken to begin equally often at each start");
  if (!visits.endless.empty()) {
    notes.push_back(fmt::format("no case gets out of the loop of {}: counted once",
                                step_list(process, visits.endless)));
  }
  const std::vector<StepId> untimed = untimed_steps(process, input.expected);
  if (!untimed.empty()) {
    notes.push_back(fmt::format("nothing says how long {} take{}: counted as 0",
                                step_list(process, untimed), untimed.size() == 1 ? "s" : ""));
  }
}

}  // namespace

bool ranks_before(const Finding& a, const Finding& b) {
  // Rounded, so that figures that are equal but for rounding are ranked by what follows.
  const auto hours = [](const Finding& finding) {
    const Saves& saves = finding.saves;
    return std::llround(saves.hours_per_month.value_or(saves.hours_per_100_cases) * -1e6);
  };
  const auto touched = [](const Finding& finding) {
    return std::llround(finding.cases_touched * -1e9);
  };
  return std::tuple(hours(a), touched(a), a.about->code.text(), a.span) <
         std::tuple(hours(b), touched(b), b.about->code.text(), b.span);
}

void audit_together(std::span<AuditedProcess> audited) {
  std::vector<std::size_t> known;
  for (const AuditedProcess& each : audited) known.push_back(each.audit.findings.size());
  for (const Heuristic* heuristic : all_heuristics()) {
    if (heuristic->check_together != nullptr) run_together(*heuristic, audited);
  }
  for (std::size_t i = 0; i < audited.size(); ++i) {
    Audit& audit = audited[i].audit;
    for (std::size_t at = known[i]; at < audit.findings.size(); ++at) {
      Finding& finding = audit.findings[at];
      finding.cases_touched = cases_touched(finding, audit.before);
      if (audit.before.cases_per_month) finding.saves.hours_per_month = 0;
    }
    if (audit.findings.size() == known[i]) continue;
    std::stable_sort(audit.findings.begin(), audit.findings.end(), ranks_before);
    audit.applied = best_plan(audit.findings);
  }
}

void plan_again(const Process& process, const Profile* profile, Audit& audit) {
  apply_plan(process, FlowGraph(process), profile, audit);
}

Audit audit_process(const Process& process, const Profile* profile, const Config& config,
                    std::string_view path) {
  const FlowGraph graph(process);
  Audit result;
  result.before = expected(process, graph, profile);
  result.after = result.before;
  result.log_cases = profile == nullptr ? 0 : profile->cases;
  if (!process.flow_complete) {
    result.notes.push_back("the document has errors in its flow: correct them before an audit");
    return result;
  }
  const AuditInput input{process, graph, profile, result.before};
  run_heuristics(input, config, path, result.findings);
  for (Finding& finding : result.findings) evaluate(input, finding);
  std::stable_sort(result.findings.begin(), result.findings.end(), ranks_before);
  apply_plan(process, graph, profile, result);
  add_notes(input, result.notes);
  return result;
}

}  // namespace gemba::inline audit
