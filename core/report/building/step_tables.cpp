#include "core/report/building/step_tables.h"

#include <algorithm>
#include <tuple>

#include "core/eventlog/event_log.h"
#include "core/model/labour_cost.h"
#include "core/report/building/figures.h"
#include "core/report/building/summary_json.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

/// A table whose rows begin with a step.
Table step_table(std::string key, std::string title, std::vector<Column> columns) {
  Table table{.key = std::move(key), .title = std::move(title), .columns = {}, .rows = {}};
  table.columns = {{"step", "step", Unit::text}, {"name", "name", Unit::text}};
  table.columns.insert(table.columns.end(), columns.begin(), columns.end());
  return table;
}

Cell optional_cell(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

Cell part_of(double part, double whole) { return whole > 0 ? Cell(part / whole) : Cell(); }

}  // namespace

Table slowest_table(const Process& process, const Profile& profile) {
  Table table = step_table("slowest", "Where the time goes",
                           {{"time_share", "of all time", Unit::share},
                            {"count", "count", Unit::count},
                            {"median_seconds", "median", Unit::seconds},
                            {"p90_seconds", "p90", Unit::seconds},
                            {"waiting_share", "waiting", Unit::share},
                            {"work_seconds", "work in all", Unit::seconds},
                            {"cost", "cost", Unit::number}});
  table.shown = 10;
  std::vector<std::size_t> order;
  double all = 0;
  for (std::size_t i = 0; i < profile.steps.size(); ++i) {
    if (profile.steps[i].sojourn.count == 0) continue;
    order.push_back(i);
    all += profile.steps[i].sojourn.sum;
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return profile.steps[a].sojourn.sum > profile.steps[b].sojourn.sum;
  });
  for (const std::size_t i : order) {
    const StepProfile& step = profile.steps[i];
    const bool worked = step.service.count > 0;
    table.rows.push_back(
        {process.steps[i].id, process.steps[i].name, part_of(step.sojourn.sum, all), step.instances,
         step.sojourn.median, figure(step.sojourn, step.sojourn.p90, smallest_group),
         step.waiting.count > 0 ? part_of(step.waiting.sum, step.sojourn.sum) : Cell(),
         worked ? Cell(step.service.sum) : Cell(),
         worked ? optional_cell(labour_cost(process, StepId(i), step.service.sum)) : Cell()});
  }
  return table;
}

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

Table business_table(const Process& process, const Profile& profile) {
  Table table = step_table("business", "In working time",
                           {{"calendar", "calendar", Unit::text},
                            {"n", "n", Unit::count},
                            {"waiting_median_seconds", "waiting median", Unit::seconds},
                            {"waiting_p90_seconds", "p90", Unit::seconds},
                            {"sojourn_median_seconds", "sojourn median", Unit::seconds},
                            {"sojourn_p90_seconds", "p90", Unit::seconds},
                            {"closed_share", "closed", Unit::share}});
  for (std::size_t i = 0; i < profile.steps.size(); ++i) {
    const std::optional<BusinessTimes>& times = profile.steps[i].business;
    if (!times || times->sojourn.count == 0) continue;
    const double elapsed = profile.steps[i].sojourn.sum;
    table.rows.push_back({process.steps[i].id, process.steps[i].name,
                          process.definitions[times->calendar].id, times->sojourn.count,
                          figure(times->waiting, times->waiting.median),
                          figure(times->waiting, times->waiting.p90, smallest_group),
                          figure(times->sojourn, times->sojourn.median),
                          figure(times->sojourn, times->sojourn.p90, smallest_group),
                          part_of(elapsed - times->sojourn.sum, elapsed)});
  }
  return table;
}

Table breaches_table(const Process& process, const EventLog& log, const Profile& profile,
                     std::size_t most) {
  Table table = step_table("breaches", "Cases beyond the SLA",
                           {{"case", "case", Unit::text},
                            {"enabled", "enabled", Unit::text},
                            {"ended", "ended", Unit::text},
                            {"seconds", "took", Unit::seconds},
                            {"over_seconds", "beyond", Unit::seconds}});
  table.shown = 10;
  struct Late {
    double over;
    std::size_t step;
    const SlaBreach* breach;
  };
  std::vector<Late> late;
  for (std::size_t i = 0; i < profile.steps.size(); ++i) {
    const std::optional<SlaAttainment>& sla = profile.steps[i].sla;
    if (!sla) continue;
    for (const SlaBreach& each : sla->breaches)
      late.push_back({each.seconds - sla->limit_seconds, i, &each});
  }
  // Equal ones stay in the order of the steps and of the log.
  const auto worse = [](const Late& a, const Late& b) {
    return std::tuple(-a.over, a.step, a.breach) < std::tuple(-b.over, b.step, b.breach);
  };
  const auto end = late.begin() + static_cast<std::ptrdiff_t>(std::min(most, late.size()));
  std::partial_sort(late.begin(), end, late.end(), worse);
  const TimeZone zone(log.timezone);
  for (auto each = late.begin(); each != end; ++each) {
    const Step& step = process.steps[each->step];
    table.rows.push_back({step.id, step.name, std::string(log.name(each->breach->id)),
                          format_local(each->breach->enabled, zone),
                          format_local(each->breach->ended, zone), each->breach->seconds,
                          each->over});
  }
  return table;
}

Table rework_table(const Process& process, const Profile& profile) {
  Table table = step_table("rework", "Work done again",
                           {{"cases", "cases", Unit::count},
                            {"share", "of its cases", Unit::share},
                            {"repeats", "repeats", Unit::count},
                            {"work_seconds", "work in all", Unit::seconds},
                            {"cost", "cost", Unit::number}});
  table.shown = 10;
  for (std::size_t i = 0; i < profile.steps.size(); ++i) {
    const StepProfile& step = profile.steps[i];
    if (step.repeats == 0) continue;
    const bool worked = step.service.count > 0;
    table.rows.push_back(
        {process.steps[i].id, process.steps[i].name, step.repeated_cases,
         part_of(static_cast<double>(step.repeated_cases), static_cast<double>(step.cases)),
         step.repeats, worked ? Cell(step.repeat_seconds) : Cell(),
         worked ? optional_cell(labour_cost(process, StepId(i), step.repeat_seconds)) : Cell()});
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) {
    return std::get<std::int64_t>(a[4]) > std::get<std::int64_t>(b[4]);
  });
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
    table.rows.push_back({process.steps[i].id, process.steps[i].name, sla->limit_seconds,
                          Cell(sla->business ? "working time" : "elapsed time"), judged,
                          sla->breached, attainment_cell(sla->met, judged)});
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

}  // namespace gemba::inline report
