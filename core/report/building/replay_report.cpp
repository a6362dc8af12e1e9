#include "core/report/building/replay_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/model/labour_cost.h"
#include "core/report/building/conformance_report.h"
#include "core/report/building/figures.h"
#include "core/report/building/kpi_report.h"
#include "core/report/building/log_json.h"
#include "core/report/building/split_report.h"
#include "core/report/building/step_tables.h"
#include "core/report/building/summary_json.h"
#include "core/report/cells.h"
#include "core/time/duration.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

Json business_json(const Process& process, const std::optional<BusinessTimes>& times) {
  if (!times) return nullptr;
  return Json::Object{{"calendar", process.definitions[times->calendar].id},
                      {"service", summary_json(times->service)},
                      {"waiting", summary_json(times->waiting)},
                      {"sojourn", summary_json(times->sojourn)}};
}

Json rework_json(const Process& process, StepId step, const StepProfile& found) {
  const bool worked = found.service.count > 0;
  const std::optional<double> cost = labour_cost(process, step, found.repeat_seconds);
  return Json::Object{{"cases", found.repeated_cases},
                      {"count", found.repeats},
                      {"seconds", worked ? Json(found.repeat_seconds) : Json()},
                      {"cost", worked && cost ? Json(*cost) : Json()}};
}

Json breaches_json(const Process& process, const EventLog& log, const Profile& profile) {
  Json::Array breaches;
  for (std::size_t i = 0; i < profile.steps.size(); ++i) {
    if (!profile.steps[i].sla) continue;
    for (const SlaBreach& each : profile.steps[i].sla->breaches) {
      breaches.emplace_back(Json::Object{{"step", process.steps[i].id},
                                         {"case", log.name(each.id)},
                                         {"enabled", format_utc(each.enabled)},
                                         {"ended", format_utc(each.ended)},
                                         {"seconds", each.seconds}});
    }
  }
  return breaches;
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
    const std::optional<double> cost = labour_cost(process, StepId(i), found.service.sum);
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
                     {"business", business_json(process, found.business)},
                     {"cost", found.service.count > 0 && cost ? Json(*cost) : Json()},
                     {"rework", rework_json(process, StepId(i), found)},
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
                 bool all_variants) {
  const std::optional<Conformance>& conformance = profile.conformance;
  const std::optional<double> flow_efficiency = profile.flow_efficiency();
  Json::Array never;
  for (const StepId step : profile.never_seen) never.emplace_back(process[step].id);
  return Json::Object{
      {"schema_version", 1},
      {"process", process.id},
      {"lifecycle", profile.lifecycle},
      {"timezone", log.timezone},
      {"cases", profile.cases},
      {"instances", profile.instances},
      {"kpis", kpis_json(process, profile.kpis)},
      {"steps", steps_json(process, profile)},
      {"breaches", breaches_json(process, log, profile)},
      {"edges", edges_json(process, profile)},
      {"flows", flows_json(process, profile)},
      {"unknown_activities", unknown_json(profile)},
      {"never_seen", std::move(never)},
      {"conformance",
       conformance ? conformance_json(*conformance, log, all_variants) : Json(nullptr)},
      {"deviations",
       conformance ? deviations_json(*conformance, process, log) : Json(Json::Array{})},
      {"case_duration", summary_json(profile.case_duration)},
      {"flow_efficiency", flow_efficiency ? Json(*flow_efficiency) : Json()},
      {"segments", segments_json(process, profile.segments)},
      {"over", over_json(process, profile.over)},
      {"week_hours", week_hours_json(profile.week_hours)},
      {"columns", columns_json(log)},
      {"changes", changes_json(log)}};
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
        "conformance is not judged: no way to an end of the process was found; gemba lint says "
        "where a document is stuck");
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

/// What a case takes, and what of that is work.
std::string durations_text(const Profile& profile) {
  const Summary& all = profile.case_duration;
  std::string text = fmt::format("case duration median {}, p90 {}",
                                 all.count > 0 ? humane_seconds(all.median) : "unknown",
                                 all.count >= smallest_group ? humane_seconds(all.p90) : "unknown");
  if (const auto efficiency = profile.flow_efficiency())
    text += fmt::format(", {} of it work", humane_cell(*efficiency, Unit::share));
  return text;
}

/// From the verdict down to the details; tables that would be empty are left out.
void add_tables(const Process& process, const EventLog& log, const Profile& profile,
                bool all_variants, std::size_t most_breaches, Report& report) {
  const auto add = [&](Table table) {
    if (!table.rows.empty()) report.tables.push_back(std::move(table));
  };
  add(slowest_table(process, profile));
  if (profile.conformance) {
    add(deviation_table(*profile.conformance, process, log));
    add(variant_table(*profile.conformance, log, all_variants));
  }
  add(unknown_table(profile));
  add(never_table(process, profile));
  add(sla_table(process, profile));
  add(breaches_table(process, log, profile, most_breaches));
  std::int64_t breaches = 0;
  for (const StepProfile& step : profile.steps) breaches += step.sla ? step.sla->breached : 0;
  if (std::cmp_greater(breaches, most_breaches)) {
    report.notes.push_back(
        fmt::format("the {} longest of {} breaches are listed; csv, jsonl and json have them all",
                    most_breaches, breaches));
  }
  add(rework_table(process, profile));
  report.tables.push_back(steps_table(process, profile));
  add(business_table(process, profile));
  add(causes_table(process, profile));
  report.tables.push_back(edges_table(process, profile));
}

}  // namespace

Report replay_report(const Process& process, const EventLog& log, const Profile& profile,
                     bool all_variants, ReportParts parts, std::size_t most_breaches) {
  Report report;
  if (parts != ReportParts::tables) report.data = replay_json(process, log, profile, all_variants);
  if (parts == ReportParts::data) return report;
  report.lead.push_back(fmt::format(
      "{}: {}, {}; {}", process.title, counted(profile.cases, "case", "cases"),
      counted(profile.instances, "step instance", "step instances"), durations_text(profile)));
  add_kpis(process, profile.kpis, report);
  if (profile.conformance) report.lead.push_back(conformance_text(*profile.conformance));
  add_tables(process, log, profile, all_variants, most_breaches, report);
  add_split_tables(process, log, profile, report);
  add_notes(process, log, profile, report);
  add_kpi_notes(process, profile.kpis, report);
  return report;
}

}  // namespace gemba::inline report
