#include "core/audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/audit/wording.h"
#include "core/model/settings.h"

namespace gemba {
namespace {

bool is_empty(const Edit& edit) {
  return edit.removed.empty() && edit.closed.empty() && edit.unwaited.empty();
}

Saves difference(const Expected& before, const Expected& after) {
  Saves saves;
  const double hours = (before.work_seconds - after.work_seconds) / 3600;
  saves.hours_per_100_cases = hours * 100;
  if (before.cases_per_month) {
    saves.hours_per_month = hours * *before.cases_per_month;
    if (before.cost) {
      saves.cost_per_month = (*before.cost - after.cost.value_or(0)) * *before.cases_per_month;
    }
  }
  saves.cycle_seconds = before.cycle_seconds - after.cycle_seconds;
  saves.handovers = before.handovers - after.handovers;
  return saves;
}

void run_heuristics(const AuditInput& input, const Config& config, std::string_view path,
                    std::vector<Finding>& found) {
  for (const Heuristic* heuristic : all_heuristics()) {
    const Descriptor& about = heuristic->about;
    const RuleSetting* setting = setting_for(about, config, path);
    Level level = about.on ? about.level : Level::off;
    if (setting != nullptr) level = setting->level.value_or(about.level);
    if (level == Level::off) continue;
    AuditReport report(about, level, input.process, setting, found);
    heuristic->check(input, report);
  }
}

void evaluate(const AuditInput& input, Finding& finding) {
  const std::vector<StepId>& changed =
      finding.change.edit.removed.empty() ? finding.steps : finding.change.edit.removed;
  for (const StepId step : changed) {
    finding.cases_touched =
        std::max(finding.cases_touched, input.expected.visits.steps[step.index()]);
  }
  if (input.expected.cases_per_month) finding.saves.hours_per_month = 0;
  if (is_empty(finding.change.edit)) return;
  const Expected after =
      expected(input.process, input.graph, input.profile, finding.change.edit, &input.expected);
  finding.saves = difference(input.expected, after);
}

bool shares_a_step(const std::vector<StepId>& a, const std::vector<StepId>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](StepId step) { return std::find(b.begin(), b.end(), step) != b.end(); });
}

/// Applies all changes that do not take away what another one relies on, the most useful first.
void apply_all(const AuditInput& input, Audit& result) {
  Edit all;
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    const Edit& edit = result.findings[i].change.edit;
    if (is_empty(edit)) continue;
    if (shares_a_step(edit.removed, all.kept) || shares_a_step(edit.kept, all.removed)) continue;
    append(all.removed, edit.removed);
    append(all.closed, edit.closed);
    append(all.kept, edit.kept);
    append(all.unwaited, edit.unwaited);
    result.applied.push_back(i);
  }
  result.after = expected(input.process, input.graph, input.profile, all, &input.expected);
  result.total = difference(result.before, result.after);
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
    const StepKind kind = process.steps[i].kind;
    const bool works = kind == StepKind::task || kind == StepKind::approval ||
                       kind == StepKind::notify || kind == StepKind::wait || kind == StepKind::call;
    const StepFigures& step = figures.steps[i];
    const bool known =
        step.work_origin != Origin::assumed || step.waiting_origin != Origin::assumed;
    if (works && !known && figures.visits.steps[i] > 0) untimed.push_back(StepId(i));
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
  return std::tuple(hours(a), touched(a), a.about->code, a.span) <
         std::tuple(hours(b), touched(b), b.about->code, b.span);
}

Audit audit(const Process& process, const Profile* profile, const Config& config,
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
  apply_all(input, result);
  add_notes(input, result.notes);
  return result;
}

}  // namespace gemba
