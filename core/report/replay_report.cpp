#include "core/report/replay_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/duration.h"
#include "core/report/cells.h"
#include "core/report/conformance_report.h"
#include "core/report/kpi_report.h"
#include "core/report/log_json.h"
#include "core/report/summary_json.h"

namespace gemba {
namespace {

Json sla_json(const std::optional<SlaAttainment>& sla) {
  if (!sla) return nullptr;
  const std::int64_t judged = sla->met + sla->breached;
  return Json::Object{
      {"limit", sla->limit_seconds},
      {"business", sla->business},
      {"met", sla->met},
      {"breached", sla->breached},
      {"attainment",
       judged == 0 ? Json() : Json(static_cast<double>(sla->met) / static_cast<double>(judged))}};
}

Json causes_json(const Profile& profile, std::size_t step) {
  if (profile.waiting_causes.empty()) return nullptr;
  const WaitingCauses& causes = profile.waiting_causes[step];
  return Json::Object{{"count", causes.instances},
                      {"with_resource", causes.with_resource},
                      {"batching", causes.batching},
                      {"contention", causes.contention},
                      {"prioritisation", causes.prioritisation},
                      {"unavailability", causes.unavailability},
                      {"extraneous", causes.extraneous}};
}

Json steps_json(const Process& process, const Profile& profile) {
  Json::Array steps;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    const StepProfile& found = profile.steps[i];
    steps.emplace_back(
        Json::Object{{"step", step.id},
                     {"name", step.name},
                     {"kind", to_string(step.kind)},
                     {"role", step.role ? Json(process.definitions[*step.role].id) : Json()},
                     {"cases", found.cases},
                     {"count", found.instances},
                     {"service", summary_json(found.service)},
                     {"waiting", summary_json(found.waiting)},
                     {"sojourn", summary_json(found.sojourn)},
                     {"waiting_causes", causes_json(profile, i)},
                     {"sla", sla_json(found.sla)}});
  }
  return steps;
}

Json edges_json(const Process& process, const Profile& profile) {
  Json::Array edges;
  for (const StepEdgeProfile& edge : profile.edges) {
    edges.emplace_back(Json::Object{{"source", process[edge.from].id},
                                    {"target", process[edge.to].id},
                                    {"count", edge.count},
                                    {"cases", edge.cases},
                                    {"seconds", summary_json(edge.seconds)}});
  }
  return edges;
}

Json flows_json(const Process& process, const Profile& profile) {
  Json::Array flows;
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    const Flow& flow = process.flows[i];
    const double share = profile.flow_shares[i];
    flows.emplace_back(Json::Object{{"source", process[flow.from].id},
                                    {"target", process[flow.to].id},
                                    {"declared_share", flow.share ? Json(*flow.share) : Json()},
                                    {"share", share < 0 ? Json() : Json(share)}});
  }
  return flows;
}

Json unknown_json(const Profile& profile) {
  Json::Array unknown;
  for (const UnknownActivity& each : profile.unknown) {
    unknown.emplace_back(
        Json::Object{{"activity", each.name},
                     {"events", each.events},
                     {"cases", each.cases},
                     {"nearest", each.nearest.empty() ? Json() : Json(each.nearest)}});
  }
  return unknown;
}

Json replay_json(const Process& process, const EventLog& log, const Profile& profile,
                 const std::vector<KpiResult>& kpis, bool all_variants) {
  const std::optional<Conformance>& conformance = profile.conformance;
  Json::Array never;
  for (const StepId step : profile.never_seen) never.emplace_back(process[step].id);
  return Json::Object{
      {"schema_version", 1},
      {"process", process.id},
      {"lifecycle", profile.lifecycle},
      {"timezone", log.timezone},
      {"cases", profile.cases},
      {"instances", profile.instances},
      {"kpis", kpis_json(process, kpis)},
      {"steps", steps_json(process, profile)},
      {"edges", edges_json(process, profile)},
      {"flows", flows_json(process, profile)},
      {"unknown_activities", unknown_json(profile)},
      {"never_seen", std::move(never)},
      {"conformance",
       conformance ? conformance_json(*conformance, log, all_variants) : Json(nullptr)},
      {"deviations",
       conformance ? deviations_json(*conformance, process, log) : Json(Json::Array{})},
      {"case_duration", summary_json(profile.case_duration)},
      {"columns", columns_json(log)},
      {"changes", changes_json(log)}};
}

/// A figure of a summary as a cell; empty when there are too few values for it.
Cell figure(const Summary& summary, double value, std::int64_t needed = 1) {
  return summary.count < needed ? Cell() : Cell(value);
}

/// One row per step and kind of time that the log has.
Table steps_table(const Process& process, const Profile& profile) {
  Table table{.key = "steps", .title = "Steps", .columns = {}, .rows = {}, .shown = 0, .group = 4};
  table.columns = {{"step", "step", Unit::text},
                   {"name", "name", Unit::text},
                   {"cases", "cases", Unit::count},
                   {"count", "count", Unit::count},
                   {"time", "time", Unit::text},
                   {"n", "n", Unit::count},
                   {"mean_seconds", "mean", Unit::seconds},
                   {"median_seconds", "median", Unit::seconds},
                   {"p90_seconds", "p90", Unit::seconds},
                   {"p95_seconds", "p95", Unit::seconds}};
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepProfile& found = profile.steps[i];
    if (found.instances == 0) continue;
    const bool has_times = found.service.count + found.waiting.count + found.sojourn.count > 0;
    for (const auto& [kind, summary] :
         {std::pair{"service", &found.service}, std::pair{"waiting", &found.waiting},
          std::pair{"sojourn", &found.sojourn}}) {
      // A step without any time still has its counts.
      const bool only_row = !has_times && summary == &found.sojourn;
      if (summary->count == 0 && !only_row) continue;
      table.rows.push_back({process.steps[i].id, process.steps[i].name, found.cases,
                            found.instances, Cell(kind), summary->count,
                            figure(*summary, summary->mean), figure(*summary, summary->median),
                            figure(*summary, summary->p90, smallest_group),
                            figure(*summary, summary->p95, smallest_group)});
    }
  }
  return table;
}

/// One row per step that was waited for: how much of it has which cause. A cause that cannot be
/// told has no share.
Table causes_table(const Process& process, const Profile& profile) {
  Table table{.key = "waiting_causes", .title = "Why cases wait", .columns = {}, .rows = {}};
  table.columns = {{"step", "step", Unit::text},
                   {"name", "name", Unit::text},
                   {"n", "n", Unit::count},
                   {"with_resource", "known who", Unit::count},
                   {"mean_seconds", "mean wait", Unit::seconds},
                   {"batching", "batching", Unit::share},
                   {"contention", "contention", Unit::share},
                   {"prioritisation", "prioritisation", Unit::share},
                   {"unavailability", "unavailability", Unit::share},
                   {"extraneous", "extraneous", Unit::share}};
  for (std::size_t i = 0; i < profile.waiting_causes.size(); ++i) {
    const WaitingCauses& causes = profile.waiting_causes[i];
    if (causes.instances == 0) continue;
    const Step& step = process.steps[i];
    const double total = causes.total();
    const auto share = [total](double seconds, bool known) {
      return known && total > 0 ? Cell(seconds / total) : Cell();
    };
    const bool who = causes.with_resource > 0;
    const bool hours = step.role && process.definitions[*step.role].calendar;
    table.rows.push_back({step.id, step.name, causes.instances, causes.with_resource,
                          total / static_cast<double>(causes.instances),
                          share(causes.batching, who), share(causes.contention, who),
                          share(causes.prioritisation, who), share(causes.unavailability, hours),
                          share(causes.extraneous, true)});
  }
  return table;
}

Table sla_table(const Process& process, const Profile& profile) {
  Table table{.key = "sla", .title = "SLA: from enabled until ended", .columns = {}, .rows = {}};
  table.columns = {{"step", "step", Unit::text},
                   {"name", "name", Unit::text},
                   {"limit_seconds", "limit", Unit::seconds},
                   {"time", "counted in", Unit::text},
                   {"judged", "judged", Unit::count},
                   {"breached", "breached", Unit::count},
                   {"attainment", "met", Unit::share}};
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const std::optional<SlaAttainment>& sla = profile.steps[i].sla;
    if (!sla) continue;
    const std::int64_t judged = sla->met + sla->breached;
    table.rows.push_back(
        {process.steps[i].id, process.steps[i].name, sla->limit_seconds,
         Cell(sla->business ? "working time" : "elapsed time"), judged, sla->breached,
         judged == 0 ? Cell() : Cell(static_cast<double>(sla->met) / static_cast<double>(judged))});
  }
  return table;
}

Table edges_table(const Process& process, const Profile& profile) {
  Table table{.key = "edges", .title = "From step to step", .columns = {}, .rows = {}, .shown = 20};
  table.columns = {
      {"source", "from", Unit::text},          {"target", "to", Unit::text},
      {"count", "count", Unit::count},         {"cases", "cases", Unit::count},
      {"mean_seconds", "mean", Unit::seconds}, {"median_seconds", "median", Unit::seconds},
      {"p90_seconds", "p90", Unit::seconds},   {"p95_seconds", "p95", Unit::seconds}};
  std::vector<const StepEdgeProfile*> edges;
  for (const StepEdgeProfile& edge : profile.edges) edges.push_back(&edge);
  std::stable_sort(edges.begin(), edges.end(),
                   [](const auto* a, const auto* b) { return a->count > b->count; });
  for (const StepEdgeProfile* edge : edges) {
    const Summary& seconds = edge->seconds;
    table.rows.push_back({process[edge->from].name, process[edge->to].name, edge->count,
                          edge->cases, figure(seconds, seconds.mean),
                          figure(seconds, seconds.median),
                          figure(seconds, seconds.p90, smallest_group),
                          figure(seconds, seconds.p95, smallest_group)});
  }
  return table;
}

Table unknown_table(const Profile& profile) {
  Table table{.key = "unknown_activities",
              .title = "Activities that no step claims",
              .columns = {},
              .rows = {}};
  table.columns = {{"activity", "activity", Unit::text},
                   {"events", "events", Unit::count},
                   {"cases", "cases", Unit::count},
                   {"nearest", "nearest name of a step", Unit::text}};
  for (const UnknownActivity& each : profile.unknown) {
    table.rows.push_back(
        {each.name, each.events, each.cases, each.nearest.empty() ? Cell() : Cell(each.nearest)});
  }
  return table;
}

Table never_table(const Process& process, const Profile& profile) {
  Table table{
      .key = "never_seen", .title = "Steps that the log never shows", .columns = {}, .rows = {}};
  table.columns = {{"step", "step", Unit::text}, {"name", "name", Unit::text}};
  for (const StepId step : profile.never_seen) {
    table.rows.push_back({process[step].id, process[step].name});
  }
  return table;
}

void add_notes(const Process& process, const EventLog& log, const Profile& profile,
               Report& report) {
  report.notes.push_back(fmt::format("read as {}; times without an offset are in {}",
                                     profile.lifecycle, log.timezone));
  for (std::string& note : change_notes(log)) report.notes.push_back(std::move(note));
  if (!profile.interval) {
    report.notes.push_back(
        "the log has one time per event: a step's time is its sojourn time (waiting and work "
        "together)");
  }
  if (!profile.conformance) {
    report.notes.push_back(
        "conformance is not judged: no case can come to an end in the process as it is written; "
        "gemba lint says where it is stuck");
  }
  if (profile.conformance) {
    for (const std::string& note : profile.conformance->not_judged) report.notes.push_back(note);
  }
  for (const SharedActivity& each : profile.shared) {
    report.notes.push_back(fmt::format(
        "activity '{}' is claimed by '{}' and by '{}'; it counts for '{}'", each.name,
        process[each.counted_for].id, process[each.also].id, process[each.counted_for].id));
  }
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!process.steps[i].sla || profile.steps[i].sla) continue;
    report.notes.push_back(
        fmt::format("the SLA of '{}' is in business time and its role has no calendar: not judged",
                    process.steps[i].id));
  }
}

/// The verdict on the cases, and the ways in which they depart.
void add_conformance(const Process& process, const EventLog& log, const Conformance& conformance,
                     bool all_variants, Report& report) {
  report.lead.push_back(conformance_text(conformance));
  Table deviations = deviation_table(conformance, process, log);
  if (!deviations.rows.empty()) report.tables.push_back(std::move(deviations));
  Table variants = variant_table(conformance, log, all_variants);
  if (!variants.rows.empty()) report.tables.push_back(std::move(variants));
}

}  // namespace

Report replay_report(const Process& process, const EventLog& log, const Profile& profile,
                     const std::vector<KpiResult>& kpis, bool all_variants) {
  Report report;
  report.data = replay_json(process, log, profile, kpis, all_variants);
  report.lead.push_back(fmt::format(
      "{}: {}, {}; case duration median {}, p90 {}", process.title,
      counted(profile.cases, "case", "cases"),
      counted(profile.instances, "step instance", "step instances"),
      profile.case_duration.count > 0 ? humane_seconds(profile.case_duration.median) : "unknown",
      profile.case_duration.count >= smallest_group ? humane_seconds(profile.case_duration.p90)
                                                    : "unknown"));
  add_kpis(process, kpis, report);
  report.tables.push_back(steps_table(process, profile));
  if (Table causes = causes_table(process, profile); !causes.rows.empty()) {
    report.tables.push_back(std::move(causes));
  }
  if (Table sla = sla_table(process, profile); !sla.rows.empty()) {
    report.tables.push_back(std::move(sla));
  }
  report.tables.push_back(edges_table(process, profile));
  if (profile.conformance)
    add_conformance(process, log, *profile.conformance, all_variants, report);
  if (!profile.unknown.empty()) report.tables.push_back(unknown_table(profile));
  if (!profile.never_seen.empty()) report.tables.push_back(never_table(process, profile));
  add_notes(process, log, profile, report);
  add_kpi_notes(process, kpis, report);
  return report;
}

}  // namespace gemba
