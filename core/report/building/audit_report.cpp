#include "core/report/building/audit_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/report/building/audit_tables.h"
#include "core/report/building/lint_report.h"

namespace gemba::inline report {
namespace {

/// A finding with the process it is about.
struct Ranked {
  const AuditedProcess* in;
  const Finding* finding;
};

std::vector<Ranked> ranked(const std::vector<AuditedProcess>& audited, RankBy by = RankBy::gain) {
  std::vector<Ranked> all;
  for (const AuditedProcess& each : audited) {
    for (const Finding& finding : each.audit.findings) all.push_back({&each, &finding});
  }
  std::stable_sort(all.begin(), all.end(), [&](const Ranked& a, const Ranked& b) {
    return ranks_before(*a.finding, *b.finding, by);
  });
  return all;
}

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json saves_object(const Saves& saves) {
  return Json::Object{{"hours_per_100_cases", saves.hours_per_100_cases},
                      {"hours_per_month", or_null(saves.hours_per_month)},
                      {"cost_per_month", or_null(saves.cost_per_month)},
                      {"cycle_seconds", saves.cycle_seconds},
                      {"handovers", saves.handovers}};
}

Json gain_object(const Gain& gain) {
  return Json::Object{{"mean", gain.mean()},
                      {"work", gain.work},
                      {"time", gain.time},
                      {"cost", or_null(gain.cost)}};
}

std::string_view origin_word(Origin origin) {
  if (origin == Origin::assumed) return "assumed";
  return origin == Origin::measured ? "log" : "declared";
}

Json::Object figures_object(const Expected& figures) {
  return {{"cases_per_month", or_null(figures.cases_per_month)},
          {"work_seconds", figures.work_seconds},
          {"processing_seconds", figures.processing_seconds},
          {"waiting_seconds", figures.waiting_seconds},
          {"cycle_seconds", figures.cycle_seconds},
          {"flow_efficiency", figures.flow_efficiency},
          {"handovers", figures.handovers},
          {"system_switches", figures.system_switches},
          {"approvals", figures.approvals},
          {"trips", figures.trips},
          {"papers", figures.papers},
          {"abandoned", figures.abandoned},
          {"fees", figures.fees},
          {"cost", or_null(figures.cost)}};
}

Json::Array step_objects(const Process& process, const Expected& figures) {
  Json::Array steps;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepFigures& step = figures.steps[i];
    steps.emplace_back(Json::Object{{"id", process.steps[i].id},
                                    {"visits", figures.visits.steps[i]},
                                    {"work_seconds", step.work},
                                    {"work_source", origin_word(step.work_origin)},
                                    {"processing_seconds", step.processing},
                                    {"waiting_seconds", step.waiting},
                                    {"waiting_source", origin_word(step.waiting_origin)}});
  }
  return steps;
}

Json process_object(const AuditedProcess& each, const Sources& sources) {
  const Process& process = each.process;
  const Audit& audit = each.audit;
  Json::Object object = {
      {"id", process.id}, {"title", process.title}, {"path", sources[process.source].path}};
  for (auto& member : figures_object(audit.before)) object.push_back(std::move(member));
  object.emplace_back("log_cases", audit.log_cases);
  object.emplace_back("after", figures_object(audit.after));
  object.emplace_back("saves", saves_object(audit.total));
  Json::Array plan;
  for (const std::size_t i : audit.applied) {
    plan.emplace_back(Json::Object{{"code", audit.findings[i].about->code.text()},
                                   {"element", audit.findings[i].element}});
  }
  object.emplace_back("plan", std::move(plan));
  object.emplace_back("steps", step_objects(process, audit.before));
  Json::Array notes;
  for (const std::string& note : audit.notes) notes.emplace_back(note);
  for (const std::string& note : audit.plan_notes) notes.emplace_back(note);
  object.emplace_back("notes", std::move(notes));
  return object;
}

/// The process that is to be, with what it saves against the one that is.
Json to_be_object(const std::vector<AuditedProcess>& as_is, const AuditedProcess& to_be) {
  return Json::Object{
      {"id", to_be.process.id},
      {"title", to_be.process.title},
      {"figures", figures_object(to_be.audit.before)},
      {"saves", saves_object(saves_between(as_is.front().audit.before, to_be.audit.before))}};
}

Json::Array limit_objects(const std::vector<LimitChoice>& limits) {
  Json::Array objects;
  for (const LimitChoice& each : limits) {
    objects.emplace_back(Json::Object{{"limit", each.limit},
                                      {"approvals_avoided", each.avoided},
                                      {"hours_per_100_cases", each.hours_per_100_cases},
                                      {"hours_per_month", or_null(each.hours_per_month)},
                                      {"money_share", each.money_share},
                                      {"refusals_missed", each.refusals_missed},
                                      {"money_exposed_per_case", each.exposed}});
  }
  return objects;
}

Json finding_json(const Ranked& ranked, const Sources& sources) {
  const Finding& finding = *ranked.finding;
  Json::Object object = finding_object(as_diagnostic(finding), sources);
  Json::Array steps;
  for (const StepId step : finding.steps) steps.emplace_back(ranked.in->process[step].id);
  Json::Array evidence;
  for (const Evidence& each : finding.evidence) {
    evidence.emplace_back(Json::Object{{"text", each.text}, {"source", to_string(each.source)}});
  }
  object.emplace_back("title", finding.title);
  object.emplace_back("improvement", to_string(finding.improvement));
  object.emplace_back("steps", std::move(steps));
  object.emplace_back("evidence", std::move(evidence));
  object.emplace_back("saves", saves_object(finding.saves));
  object.emplace_back("gain", gain_object(finding.gain));
  object.emplace_back("against", finding.against);
  object.emplace_back(
      "change", Json::Object{{"summary", finding.change.summary}, {"patch", finding.change.patch}});
  object.emplace_back("limits", limit_objects(finding.limits));
  return object;
}

std::string counted_figure(double value, std::string_view one, std::string_view many) {
  const std::string text = decimal(value);
  return fmt::format("{} {}", text, text == "1" ? one : many);
}

std::string hours_text(const Saves& saves, double sign) {
  std::string text = decimal(sign * saves.hours_per_100_cases) + " h of work per 100 cases";
  if (!saves.hours_per_month) return text;
  text += fmt::format(" ({} h", decimal(sign * *saves.hours_per_month));
  if (saves.cost_per_month && sign * *saves.cost_per_month >= 0.5) {
    text += fmt::format(" and {} of cost", decimal(sign * *saves.cost_per_month, 0));
  }
  return text + " a month)";
}

/// The figures that are worth a word and have this sign: `1.7 h of work per 100 cases (46 h and
/// 2783 of cost a month), 5h 1m per case from start to end and 2 handovers per case`.
std::string saves_text(const Saves& saves, double sign) {
  std::vector<std::string> parts;
  if (sign * saves.hours_per_100_cases >= 0.05) parts.push_back(hours_text(saves, sign));
  if (sign * saves.cycle_seconds >= 1) {
    parts.push_back(humane_seconds(sign * saves.cycle_seconds) + " per case from start to end");
  }
  if (sign * saves.handovers >= 0.05) {
    parts.push_back(counted_figure(sign * saves.handovers, "handover", "handovers") + " per case");
  }
  return listed(parts);
}

/// Work on branches that go on at once adds up to more than what passes from start to end.
std::string times_text(const Expected& figures) {
  const bool known =
      std::any_of(figures.steps.begin(), figures.steps.end(), [](const StepFigures& step) {
        return step.work_origin != Origin::assumed || step.waiting_origin != Origin::assumed;
      });
  if (!known) return "nothing says how long a case takes";
  const double work = figures.work_seconds + figures.processing_seconds;
  if (work > figures.cycle_seconds * (1 + 1e-9)) {
    return fmt::format("a case takes {} with {} of work, part of it at the same time",
                       humane_seconds(figures.cycle_seconds), humane_seconds(work));
  }
  return fmt::format("a case takes {}, {} of it work (flow efficiency {})",
                     humane_seconds(figures.cycle_seconds), humane_seconds(work),
                     percent(figures.flow_efficiency));
}

/// What a case costs people outside and in money, each with a comma before it.
std::string expense_text(const Expected& figures) {
  std::string text;
  if (figures.trips > 0)
    text += ", " + counted_figure(figures.trips, "trip of the customer", "trips of the customer");
  if (figures.papers > 0)
    text += ", " + counted_figure(figures.papers, "paper handed in", "papers handed in");
  if (figures.abandoned > 0) text += fmt::format(", {} give up", percent(figures.abandoned));
  if (figures.cost && figures.fees > 0) {
    text += fmt::format(", cost {} ({} of it fees)", decimal(*figures.cost, 2),
                        decimal(figures.fees, 2));
  } else if (figures.cost) {
    text += fmt::format(", labour cost {}", decimal(*figures.cost, 2));
  }
  return text;
}

std::string figures_text(const AuditedProcess& each) {
  const Process& process = each.process;
  const Audit& audit = each.audit;
  const Expected& figures = audit.before;
  std::string text = fmt::format("{} ({}): ", process.title, process.id);
  text += fmt::format("{}; {}, {}, {}", times_text(figures),
                      counted_figure(figures.handovers, "handover", "handovers"),
                      counted_figure(figures.system_switches, "system switch", "system switches"),
                      counted_figure(figures.approvals, "approval", "approvals"));
  text += expense_text(figures);
  if (figures.cases_per_month) {
    text += fmt::format("; {} cases a month", decimal(*figures.cases_per_month, 0));
  }
  if (audit.log_cases > 0)
    text += fmt::format(" (figures of {} cases in the log)", audit.log_cases);
  return text;
}

/// Whether some change of the plan rests on a question that nobody has answered yet.
bool holds_questions(const Audit& audit) {
  return std::any_of(audit.applied.begin(), audit.applied.end(),
                     [&](std::size_t i) { return audit.findings[i].level == Level::info; });
}

std::string total_text(const Audit& audit) {
  const std::string accepted =
      audit.accepted > 0 ? fmt::format("; {} accepted before", audit.accepted) : "";
  if (audit.findings.empty()) return "nothing found" + accepted;
  const std::string count = counted(audit.findings.size(), "finding", "findings");
  std::string text = count + accepted;
  const std::string saves = saves_text(audit.total, 1);
  const std::string costs = saves_text(audit.total, -1);
  const std::string_view questions = holds_questions(audit) ? " (also those that ask first)" : "";
  if (!saves.empty())
    text += fmt::format("; the changes that go together{} save {}", questions, saves);
  if (!costs.empty() && saves.empty())
    text += fmt::format("; the changes that go together{} add {}", questions, costs);
  else if (!costs.empty())
    text += fmt::format(", and add {}", costs);
  return text;
}

/// `  Refunds to be (refund-2): saves 3h per case from start to end, and adds 1 handover per case`.
std::string comparison_text(const AuditedProcess& as_is, const AuditedProcess& to_be) {
  const Saves saves = saves_between(as_is.audit.before, to_be.audit.before);
  const std::string less = saves_text(saves, 1);
  const std::string more = saves_text(saves, -1);
  std::string text = fmt::format("  {} ({}): ", to_be.process.title, to_be.process.id);
  if (less.empty() && more.empty()) return text + "changes nothing";
  if (!less.empty()) text += "saves " + less;
  if (!more.empty()) text += (less.empty() ? "adds " : ", and adds ") + more;
  return text;
}

Section section(const Ranked& ranked, std::size_t rank, bool several, const Sources& sources) {
  const Finding& finding = *ranked.finding;
  Section section;
  section.heading =
      fmt::format("{}. {} [{} {}]", rank, finding.title, finding.about->code, finding.about->name);
  section.paragraphs.push_back(fmt::format("at: {}:{}:{}{}", sources[finding.span.source].path,
                                           finding.span.begin.line, finding.span.begin.column,
                                           several ? " (" + ranked.in->process.title + ")" : ""));
  const std::string saves = saves_text(finding.saves, 1);
  const std::string costs = saves_text(finding.saves, -1);
  if (!saves.empty()) section.paragraphs.push_back("saves: " + saves);
  if (!costs.empty()) section.paragraphs.push_back("adds: " + costs);
  for (const Evidence& each : finding.evidence) {
    section.paragraphs.push_back(
        fmt::format("because: {} ({})", each.text, to_string(each.source)));
  }
  section.paragraphs.push_back("against: " + finding.against);
  section.paragraphs.push_back("do: " + finding.change.summary);
  section.listing = finding.change.patch;
  return section;
}

/// `, at 'A', 'B' and 2 more`, where the words do not name the steps anyway.
std::string at_steps(const Process& process, const Finding& finding) {
  std::vector<std::string> names;
  for (const StepId step : finding.steps) {
    const std::string name = quoted(process[step]);
    if (finding.change.summary.find(name) == std::string::npos) names.push_back(name);
  }
  return names.empty() ? "" : ", at " + listed(names, 6);
}

/// The findings to act on together, with their numbers in the ranking.
Section plan_section(const AuditedProcess& each, const std::vector<Ranked>& all) {
  const Audit& audit = each.audit;
  Section section;
  section.heading = fmt::format("Plan for {} ({})", each.process.title, each.process.id);
  std::size_t number = 0;
  for (const std::size_t i : audit.applied) {
    const Finding* finding = &audit.findings[i];
    const auto place = std::find_if(all.begin(), all.end(),
                                    [&](const Ranked& one) { return one.finding == finding; });
    section.paragraphs.push_back(fmt::format("{}. {} (finding {}{})", ++number,
                                             finding->change.summary, place - all.begin() + 1,
                                             at_steps(each.process, *finding)));
  }
  if (audit.applied.empty()) {
    section.paragraphs.push_back("no change could be computed");
    return section;
  }
  const std::string saves = saves_text(audit.total, 1);
  section.paragraphs.push_back("together they save " + (saves.empty() ? "nothing" : saves));
  for (const std::string& note : audit.plan_notes) section.paragraphs.push_back("but " + note);
  return section;
}

std::string_view ranking_title(RankBy by) {
  constexpr std::string_view titles[] = {
      "Ranking by gain: the mean share of time and of work or cost saved",
      "Ranking by time per case", "Ranking by hours of work", "Ranking by cost"};
  return titles[static_cast<std::size_t>(by)];
}

Table overview(const std::vector<Ranked>& all, RankBy by) {
  Table table{.key = "findings",
              .title = std::string(ranking_title(by)),
              .columns = {{"code", "code", Unit::text},
                          {"document", "document", Unit::text},
                          {"element", "step", Unit::text},
                          {"title", "finding", Unit::text},
                          {"gain", "gain", Unit::share},
                          {"hours_per_100_cases", "h / 100 cases", Unit::number},
                          {"hours_per_month", "h / month", Unit::number},
                          {"cycle_seconds", "per case", Unit::seconds}},
              .rows = {},
              .shown = 0};
  for (const auto& [in, finding] : all) {
    const Saves& saves = finding->saves;
    table.rows.push_back({std::string(finding->about->code), finding->document, finding->element,
                          finding->title, finding->gain.mean(), saves.hours_per_100_cases,
                          saves.hours_per_month ? Cell(*saves.hours_per_month) : Cell(),
                          saves.cycle_seconds});
  }
  return table;
}

}  // namespace

Diagnostics audit_diagnostics(const std::vector<AuditedProcess>& audited) {
  Diagnostics found;
  for (const Ranked& each : ranked(audited)) found.push_back(as_diagnostic(*each.finding));
  return found;
}

Report audit_report(const std::vector<AuditedProcess>& audited, const Sources& sources,
                    std::vector<Unread> unread, const AuditView& view) {
  const std::vector<Ranked> all = ranked(audited, view.by);
  const bool several = audited.size() != 1;
  Report report;
  Json::Array processes;
  Json::Array findings;
  for (const AuditedProcess& each : audited) {
    processes.push_back(process_object(each, sources));
    report.documents.push_back(sources[each.process.source].path);
    report.lead.push_back(figures_text(each));
    report.lead.push_back("  " + total_text(each.audit));
    for (const std::string& note : each.audit.notes) {
      report.notes.push_back(several ? each.process.id + ": " + note : note);
    }
  }
  if (view.to_be != nullptr) report.lead.push_back(comparison_text(audited.front(), *view.to_be));
  for (std::size_t i = 0; i < all.size(); ++i) {
    findings.push_back(finding_json(all[i], sources));
    report.sections.push_back(section(all[i], i + 1, several, sources));
  }
  if (view.plan) {
    for (const AuditedProcess& each : audited) report.sections.push_back(plan_section(each, all));
  }
  if (all.size() > 1) report.tables.push_back(overview(all, view.by));
  if (view.plan) report.tables.push_back(plan_table(audited));
  if (view.to_be != nullptr)
    report.tables.push_back(comparison_table(audited.front(), *view.to_be));
  if (view.tables != nullptr) {
    report.tables.push_back(responsibility_table(audited, *view.tables));
    report.tables.push_back(handover_table(audited, *view.tables));
    report.tables.push_back(approver_table(*view.tables));
  }
  report.findings = audit_diagnostics(audited);
  report.summary = summary_line(report.findings, audited.size());
  if (!unread.empty()) {
    report.summary +=
        fmt::format("; {} could not be audited", counted(unread.size(), "file", "files"));
  }
  report.unread = std::move(unread);
  report.data = Json::Object{
      {"schema_version", 1},
      {"process", several ? Json(nullptr) : processes.front()},
      {"processes", processes},
      {"against", view.to_be == nullptr ? Json(nullptr) : to_be_object(audited, *view.to_be)},
      {"findings", std::move(findings)},
      {"summary", summary_object(report.findings, audited.size())}};
  return report;
}

}  // namespace gemba::inline report
