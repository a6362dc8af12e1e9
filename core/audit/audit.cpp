#include "core/audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "core/audit/plan.h"
#include "core/audit/settle.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/estimate/capacity.h"
#include "core/model/settings.h"

namespace gemba::inline audit {
namespace {

Gain gain_of(const Expected& before, const Expected& after) {
  const auto share = [](double old, double now) { return old > 0 ? (old - now) / old : 0; };
  Gain gain{share(before.work_seconds, after.work_seconds),
            share(before.cycle_seconds, after.cycle_seconds),
            {}};
  if (before.cost) gain.cost = share(*before.cost, after.cost.value_or(0));
  return gain;
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

/// Whether a note says that the step is asked for by others than us.
bool says_required(const Step& step) {
  constexpr std::string_view words[] = {
      "法规", "法律",   "法定",   "依法",  "监管",    "四眼",      "双人",      "不得",
      "合规", "不相容", "by law", "legal", "regulat", "four eyes", "statutory", "compliance"};
  const std::string note = ascii_lower(step.note);
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return note.find(word) != std::string::npos; });
}

/// Quotes what the document notes at a step that would go or be done less often; what it says is
/// required is only asked about.
void heed_notes(const Process& process, Finding& finding) {
  Edit& edit = finding.change.edit;
  std::vector<StepId> going = edit.removed;
  for (const auto& [step, part] : edit.fewer) going.push_back(step);
  bool required = false;
  for (const StepId step : going) {
    const std::string& note = process[step].note;
    if (note.empty()) continue;
    required = required || says_required(process[step]);
    if (finding.against.find(note) == std::string::npos)
      finding.against += fmt::format(" The document notes at {}: {}", quoted(process[step]), note);
  }
  if (!required) return;
  finding.level = std::min(finding.level, Level::info);
  finding.change.patch.clear();
  edit = {};
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
  for (Finding& finding : found) heed_notes(input.process, finding);
  settle_approvals(found);
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
  finding.saves = saves_between(input.expected, after);
  finding.gain = gain_of(input.expected, after);
}

/// Says which roles the plan gives more work than they can do, and more than today.
void note_overload(const Process& process, const Audit& audit, const Edit& plan,
                   std::vector<std::string>& notes) {
  const std::vector<Load> before = loads_of(process, audit.before);
  const std::vector<Load> after = loads_of(process, audit.after, plan);
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto capacity = capacity_of(process.definitions, RoleId(i));
    if (!capacity || after[i].hours_per_month <= capacity->hours_per_month) continue;
    if (after[i].hours_per_month <= before[i].hours_per_month + 1e-6) continue;
    notes.push_back(fmt::format(
        "the plan gives '{}' {} h of work a month, which has {} h: move less to it, or add people",
        process.definitions[RoleId(i)].name, decimal(after[i].hours_per_month),
        decimal(capacity->hours_per_month)));
  }
}

/// Chooses the changes that are worth most together, and makes them at once.
void apply_plan(const Process& process, const FlowGraph& graph, const Profile* profile,
                Audit& result) {
  result.plan_notes.clear();
  const auto with = [&](const Edit& edit) {
    return expected(process, graph, profile, edit, &result.before);
  };
  result.applied = best_plan(result.findings, [&](const Edit& edit) {
    const Expected after = with(edit);
    // Where nobody states times, hand-overs are all there is to save; they never outweigh a time.
    const double handovers = 1e-6 * (result.before.handovers - after.handovers);
    return gain_of(result.before, after).mean() + handovers;
  });
  Edit all;
  for (const std::size_t i : result.applied) all.append(result.findings[i].change.edit);
  result.after = with(all);
  result.total = saves_between(result.before, result.after);
  note_overload(process, result, all, result.plan_notes);
}

/// Puts the findings in order, wherever the plan finds them then.
void rank(Audit& audit) {
  std::vector<std::size_t> order(audit.findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return ranks_before(audit.findings[a], audit.findings[b]);
  });
  std::vector<Finding> findings;
  std::vector<std::size_t> place(order.size());
  for (const std::size_t each : order) {
    place[each] = findings.size();
    findings.push_back(std::move(audit.findings[each]));
  }
  audit.findings = std::move(findings);
  for (std::size_t& each : audit.applied) each = place[each];
  std::sort(audit.applied.begin(), audit.applied.end());
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

/// Says what people complain of that no finding speaks of, the most often said first.
void note_uncited_pains(const Process& process, const std::vector<Finding>& findings,
                        std::vector<std::string>& notes) {
  std::vector<const Pain*> uncited;
  for (const Pain& pain : process.pains) {
    const bool cited = std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
      return std::find(finding.steps.begin(), finding.steps.end(), pain.step) !=
             finding.steps.end();
    });
    if (!cited) uncited.push_back(&pain);
  }
  std::stable_sort(uncited.begin(), uncited.end(), [](const Pain* a, const Pain* b) {
    return a->count.value_or(1) > b->count.value_or(1);
  });
  for (const Pain* pain : uncited) {
    notes.push_back(fmt::format(
        "no finding speaks of what {} {} of {}: {}",
        pain->from ? "'" + process.definitions[*pain->from].name + "'" : std::string("people"),
        pain->count ? fmt::format("said {} times", decimal(*pain->count)) : std::string("said"),
        quoted(process[pain->step]), pain->text));
  }
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

Saves saves_between(const Expected& before, const Expected& after) {
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

std::span<const std::string_view> rank_words() {
  static constexpr std::string_view words[] = {"gain", "time", "work", "cost"};
  return words;
}

std::optional<RankBy> parse_rank(std::string_view word) {
  const auto words = rank_words();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<RankBy>(found - words.begin());
}

bool ranks_before(const Finding& a, const Finding& b, RankBy by) {
  // Rounded, so that figures that are equal but for rounding are ranked by what follows.
  const auto saved = [&](const Finding& finding) {
    const Saves& saves = finding.saves;
    const double figures[] = {finding.gain.mean(), saves.cycle_seconds,
                              saves.hours_per_month.value_or(saves.hours_per_100_cases),
                              saves.cost_per_month.value_or(0)};
    return std::llround(figures[static_cast<std::size_t>(by)] * -1e6);
  };
  const auto touched = [](const Finding& finding) {
    return std::llround(finding.cases_touched * -1e9);
  };
  return std::tuple(saved(a), touched(a), a.about->code.text(), a.span) <
         std::tuple(saved(b), touched(b), b.about->code.text(), b.span);
}

namespace {

/// Makes gains shares of what all processes together take: of a month, where the volume of each is
/// known, else of a case of each.
void weigh_gains(std::span<AuditedProcess> audited) {
  const bool volumes = std::all_of(audited.begin(), audited.end(), [](const AuditedProcess& each) {
    return each.audit.before.cases_per_month.has_value();
  });
  const auto taken = [&](const AuditedProcess& each) {
    const Expected& before = each.audit.before;
    const double cases = volumes ? *before.cases_per_month : 1;
    return std::array{before.work_seconds * cases, before.cycle_seconds * cases,
                      before.cost.value_or(0) * cases};
  };
  std::array<double, 3> all{};
  for (const AuditedProcess& each : audited) {
    for (std::size_t i = 0; i < all.size(); ++i) all[i] += taken(each)[i];
  }
  for (AuditedProcess& each : audited) {
    const auto own = taken(each);
    const auto part = [&](std::size_t i) { return all[i] > 0 ? own[i] / all[i] : 0; };
    for (Finding& finding : each.audit.findings) {
      finding.gain.work *= part(0);
      finding.gain.time *= part(1);
      if (finding.gain.cost) *finding.gain.cost *= part(2);
    }
  }
}

}  // namespace

void audit_together(std::span<AuditedProcess> audited) {
  if (audited.size() < 2) return;
  std::vector<std::size_t> known;
  for (const AuditedProcess& each : audited) known.push_back(each.audit.findings.size());
  for (const Heuristic* heuristic : all_heuristics()) {
    if (heuristic->check_together != nullptr) run_together(*heuristic, audited);
  }
  weigh_gains(audited);
  for (std::size_t i = 0; i < audited.size(); ++i) {
    Audit& audit = audited[i].audit;
    for (std::size_t at = known[i]; at < audit.findings.size(); ++at) {
      Finding& finding = audit.findings[at];
      finding.cases_touched = cases_touched(finding, audit.before);
      if (audit.before.cases_per_month) finding.saves.hours_per_month = 0;
    }
    rank(audit);
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
  rank(result);
  apply_plan(process, graph, profile, result);
  add_notes(input, result.notes);
  note_uncited_pains(process, result.findings, result.notes);
  return result;
}

}  // namespace gemba::inline audit
