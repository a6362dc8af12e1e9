#include "core/report/time_report.h"

#include <fmt/format.h>

#include <array>

#include "core/base/time.h"
#include "core/report/figures.h"
#include "core/report/kpi_report.h"
#include "core/report/summary_json.h"

namespace gemba {
namespace {

Json steps_json(const Process& process, const PeriodProfile& period) {
  Json::Array steps;
  for (const auto& [step, found] : period.steps) {
    steps.emplace_back(Json::Object{{"step", process[step].id},
                                    {"cases", found.cases},
                                    {"count", found.instances},
                                    {"service", summary_json(found.service)},
                                    {"waiting", summary_json(found.waiting)},
                                    {"sojourn", summary_json(found.sojourn)},
                                    {"sla", sla_json(found.sla)}});
  }
  return steps;
}

Table periods_table(const PeriodSeries& over) {
  Table table{.key = "periods",
              .title = fmt::format("Over time, by {}", to_string(over.unit)),
              .columns = {},
              .rows = {}};
  table.columns = {{"period", std::string(to_string(over.unit)), Unit::text},
                   {"cases", "arrived", Unit::count},
                   {"ended", "ended", Unit::count},
                   {"count", "step instances", Unit::count},
                   {"median_seconds", "median duration", Unit::seconds},
                   {"p90_seconds", "p90 duration", Unit::seconds},
                   {"judged", "SLA judged", Unit::count},
                   {"breached", "breached", Unit::count},
                   {"attainment", "met", Unit::share}};
  for (const PeriodProfile& each : over.periods) {
    std::int64_t met = 0, breached = 0;
    for (const auto& [step, found] : each.steps) {
      if (!found.sla) continue;
      met += found.sla->met;
      breached += found.sla->breached;
    }
    const Summary& duration = each.case_duration;
    table.rows.push_back({each.period.name, each.cases, each.ended, each.instances,
                          figure(duration, duration.median),
                          figure(duration, duration.p90, smallest_group), met + breached, breached,
                          attainment_cell(met, met + breached)});
  }
  return table;
}

/// What the log says about a step in each period, by StepId and position of the period; null where
/// it does not occur.
std::vector<std::vector<const StepProfile*>> by_step(const Process& process,
                                                     const PeriodSeries& over) {
  std::vector<std::vector<const StepProfile*>> found(
      process.steps.size(), std::vector<const StepProfile*>(over.periods.size(), nullptr));
  for (std::size_t i = 0; i < over.periods.size(); ++i) {
    for (const auto& [step, figures] : over.periods[i].steps) found[step.index()][i] = &figures;
  }
  return found;
}

std::vector<Column> period_steps_columns(PeriodUnit unit) {
  return {
      {"step", "step", Unit::text},
      {"name", "name", Unit::text},
      {"time", "time", Unit::text},
      {"period", std::string(to_string(unit)), Unit::text},
      {"count", "count", Unit::count},
      {"n", "n", Unit::count},
      {"median_seconds", "median", Unit::seconds},
      {"p90_seconds", "p90", Unit::seconds},
  };
}

/// One row per step, kind of time that the log has, and period: how a time goes up and down is read
/// from the top to the bottom.
Table period_steps_table(const Process& process, const Profile& profile) {
  const PeriodSeries& over = *profile.over;
  Table table{.key = "period_steps",
              .title = fmt::format("Steps by {}", to_string(over.unit)),
              .columns = period_steps_columns(over.unit),
              .rows = {},
              .shown = 0,
              .group = 3};
  const auto found = by_step(process, over);
  const StepProfile none;
  for (std::size_t step = 0; step < found.size(); ++step) {
    const StepProfile& total = profile.steps[step];
    if (total.instances == 0) continue;
    const bool has_times = total.service.count + total.waiting.count + total.sojourn.count > 0;
    for (const auto& [kind, time] :
         {std::pair{"service", &StepProfile::service}, std::pair{"waiting", &StepProfile::waiting},
          std::pair{"sojourn", &StepProfile::sojourn}}) {
      // A step without any time still has its counts.
      const bool only_rows = !has_times && time == &StepProfile::sojourn;
      if ((total.*time).count == 0 && !only_rows) continue;
      for (std::size_t i = 0; i < over.periods.size(); ++i) {
        const StepProfile& figures = found[step][i] != nullptr ? *found[step][i] : none;
        const Summary& summary = figures.*time;
        table.rows.push_back({process.steps[step].id, process.steps[step].name, Cell(kind),
                              over.periods[i].period.name, figures.instances, summary.count,
                              figure(summary, summary.median),
                              figure(summary, summary.p90, smallest_group)});
      }
    }
  }
  return table;
}

Table period_sla_table(const Process& process, const Profile& profile) {
  const PeriodSeries& over = *profile.over;
  Table table{.key = "period_sla",
              .title = fmt::format("SLA by {}", to_string(over.unit)),
              .columns = {},
              .rows = {},
              .shown = 0,
              .group = 2};
  table.columns = {{"step", "step", Unit::text},
                   {"name", "name", Unit::text},
                   {"period", std::string(to_string(over.unit)), Unit::text},
                   {"judged", "judged", Unit::count},
                   {"breached", "breached", Unit::count},
                   {"attainment", "met", Unit::share}};
  const auto found = by_step(process, over);
  for (std::size_t step = 0; step < found.size(); ++step) {
    const auto& total = profile.steps[step].sla;
    if (!total || total->met + total->breached == 0) continue;
    for (std::size_t i = 0; i < over.periods.size(); ++i) {
      const StepProfile* figures = found[step][i];
      const std::int64_t met = figures == nullptr ? 0 : figures->sla->met;
      const std::int64_t breached = figures == nullptr ? 0 : figures->sla->breached;
      table.rows.push_back({process.steps[step].id, process.steps[step].name,
                            over.periods[i].period.name, met + breached, breached,
                            attainment_cell(met, met + breached)});
    }
  }
  return table;
}

constexpr std::array<std::pair<const char*, const char*>, 7> weekdays = {{{"monday", "Mon"},
                                                                          {"tuesday", "Tue"},
                                                                          {"wednesday", "Wed"},
                                                                          {"thursday", "Thu"},
                                                                          {"friday", "Fri"},
                                                                          {"saturday", "Sat"},
                                                                          {"sunday", "Sun"}}};

Cell week_cell(std::int64_t count) { return count; }
Cell week_cell(const std::optional<double>& figure) { return figure ? Cell(*figure) : Cell(); }

/// A row per hour: seven columns fit into a terminal, 24 would not.
template <class Figure>
Table week_table(const char* key, const char* title, const WeekTable<Figure>& figures, Unit unit) {
  Table table{.key = key, .title = title, .columns = {{"hour", "hour", Unit::count}}, .rows = {}};
  for (const auto& [name, caption] : weekdays) table.columns.push_back({name, caption, unit});
  for (std::size_t hour = 0; hour < 24; ++hour) {
    std::vector<Cell>& row = table.rows.emplace_back();
    row.emplace_back(static_cast<std::int64_t>(hour));
    for (std::size_t day = 0; day < 7; ++day) row.push_back(week_cell(figures[day * 24 + hour]));
  }
  return table;
}

template <class Figure>
Json week_json(const WeekTable<Figure>& figures) {
  Json::Array days;
  for (std::size_t day = 0; day < 7; ++day) {
    Json::Array hours;
    for (std::size_t hour = 0; hour < 24; ++hour) {
      const Figure& figure = figures[day * 24 + hour];
      if constexpr (std::is_same_v<Figure, std::int64_t>)
        hours.emplace_back(figure);
      else
        hours.push_back(figure ? Json(*figure) : Json());
    }
    days.emplace_back(std::move(hours));
  }
  return days;
}

void add_week_tables(const WeekHours& hours, Report& report) {
  report.tables.push_back(week_table("week_arrivals", "Cases that arrive, by hour and weekday",
                                     hours.arrivals, Unit::count));
  report.tables.push_back(week_table("week_sla_breaches",
                                     "SLA breaches, by hour and weekday when the step was enabled",
                                     hours.sla_breached, Unit::count));
  report.tables.push_back(
      week_table("week_load",
                 hours.at_work ? "Load: mean number of step instances at work, by hour and weekday"
                               : "Load: events, by hour and weekday",
                 hours.load, Unit::number));
}

}  // namespace

Json over_json(const Process& process, const std::optional<PeriodSeries>& over) {
  if (!over) return nullptr;
  Json::Array periods;
  for (const PeriodProfile& each : over->periods) {
    periods.emplace_back(Json::Object{{"period", each.period.name},
                                      {"begin", format_utc(each.period.begin)},
                                      {"end", format_utc(each.period.end)},
                                      {"cases", each.cases},
                                      {"ended", each.ended},
                                      {"instances", each.instances},
                                      {"case_duration", summary_json(each.case_duration)},
                                      {"steps", steps_json(process, each)},
                                      {"kpis", kpis_json(process, each.kpis)}});
  }
  return Json::Object{{"unit", to_string(over->unit)}, {"periods", std::move(periods)}};
}

Json week_hours_json(const std::optional<WeekHours>& hours) {
  if (!hours) return nullptr;
  return Json::Object{{"arrivals", week_json(hours->arrivals)},
                      {"sla_judged", week_json(hours->sla_judged)},
                      {"sla_breached", week_json(hours->sla_breached)},
                      {"load", week_json(hours->load)},
                      {"load_is", hours->at_work ? "instances_at_work" : "events"}};
}

void add_time_tables(const Process& process, const EventLog& log, const Profile& profile,
                     Report& report) {
  if (profile.over) {
    report.tables.push_back(periods_table(*profile.over));
    if (Table kpis = kpi_periods_table(process, *profile.over); !kpis.rows.empty()) {
      report.tables.push_back(std::move(kpis));
    }
    report.tables.push_back(period_steps_table(process, profile));
    if (Table sla = period_sla_table(process, profile); !sla.rows.empty()) {
      report.tables.push_back(std::move(sla));
    }
  }
  if (profile.week_hours) add_week_tables(*profile.week_hours, report);
  if (profile.over || profile.week_hours) {
    report.notes.push_back(fmt::format(
        "periods and hours are those of {}: a case counts where it begins, a step where it ends",
        log.timezone));
  }
}

}  // namespace gemba
