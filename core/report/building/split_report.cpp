#include "core/report/building/split_report.h"

#include <fmt/format.h>

#include <array>

#include "core/report/building/group_tables.h"
#include "core/report/building/kpi_report.h"
#include "core/report/building/summary_json.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

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
  for (std::size_t i = 0; i < over->periods.size(); ++i) {
    const Period& period = over->periods[i];
    const GroupProfile& group = over->split.groups[i];
    periods.emplace_back(Json::Object{{"period", period.name},
                                      {"begin", format_utc(period.begin)},
                                      {"end", format_utc(period.end)},
                                      {"cases", group.cases},
                                      {"ended", group.ended},
                                      {"instances", group.instances},
                                      {"fitting_cases", group.fitting_cases},
                                      {"case_duration", summary_json(group.case_duration)},
                                      {"steps", group_steps_json(process, group)},
                                      {"kpis", kpis_json(process, group.kpis)}});
  }
  return Json::Object{{"unit", to_string(over->unit)}, {"periods", std::move(periods)}};
}

Json segments_json(const Process& process, const std::optional<Segments>& segments) {
  if (!segments) return nullptr;
  const std::vector<GroupProfile>& groups = segments->split.groups;
  Json::Array list;
  for (const GroupProfile& group : groups) {
    const bool unnamed = segments->has_unnamed && &group == &groups.back();
    list.emplace_back(
        Json::Object{{"value", unnamed ? Json() : Json(group.name)},
                     {"cases", group.cases},
                     {"instances", group.instances},
                     {"fitting_cases", segments->by_case ? Json(group.fitting_cases) : Json()},
                     {"case_duration", summary_json(group.case_duration)},
                     {"steps", group_steps_json(process, group)},
                     {"kpis", kpis_json(process, group.kpis)}});
  }
  return Json::Object{{"column", segments->column},
                      {"level", segments->by_case ? "case" : "event"},
                      {"segments", std::move(list)}};
}

Json week_hours_json(const std::optional<WeekHours>& hours) {
  if (!hours) return nullptr;
  return Json::Object{{"arrivals", week_json(hours->arrivals)},
                      {"sla_judged", week_json(hours->sla_judged)},
                      {"sla_breached", week_json(hours->sla_breached)},
                      {"load", week_json(hours->load)},
                      {"load_is", hours->at_work ? "instances_at_work" : "events"}};
}

void add_split_tables(const Process& process, const EventLog& log, const Profile& profile,
                      Report& report) {
  if (profile.segments) {
    const Segments& by = *profile.segments;
    add_group_tables(process, profile, by.split.groups,
                     {"segment", by.column, by.by_case, by.has_unnamed, false}, report);
  }
  if (profile.over) {
    add_group_tables(process, profile, profile.over->split.groups,
                     {"period", std::string(to_string(profile.over->unit)), true, false, true},
                     report);
  }
  if (profile.week_hours) add_week_tables(*profile.week_hours, report);
  if (profile.over || profile.week_hours) {
    report.notes.push_back(fmt::format(
        "periods and hours are those of {}: a case counts where it begins, a step where it ends",
        log.timezone));
  }
}

}  // namespace gemba::inline report
