#include "core/report/building/group_tables.h"

#include <fmt/format.h>

#include <utility>

#include "core/report/building/figures.h"
#include "core/report/building/kpi_report.h"
#include "core/report/building/summary_json.h"
#include "core/report/cells.h"

namespace gemba::inline report {
namespace {

/// Groups of the same thing that text shows at most, where they have no order of their own.
constexpr std::size_t shown_groups = 15;

struct Groups {
  const std::vector<GroupProfile>& all;
  const GroupWords& words;

  Cell name(std::size_t number) const {
    const bool unnamed = words.has_unnamed && number + 1 == all.size();
    return unnamed ? Cell() : Cell(all[number].name);
  }
  std::size_t shown() const { return words.is_series ? 0 : shown_groups; }
};

Table groups_table(const Groups& groups) {
  const GroupWords& words = groups.words;
  Table table{.key = words.key + "s",
              .title = fmt::format("{} {}", words.is_series ? "Over time, by" : "By", words.title),
              .columns = {{words.key, words.title, Unit::text},
                          {"cases", words.is_series ? "arrived" : "cases", Unit::count}},
              .rows = {},
              .shown = groups.shown()};
  const auto add_columns = [&](std::vector<Column> columns) {
    table.columns.insert(table.columns.end(), columns.begin(), columns.end());
  };
  if (words.is_series) add_columns({{"ended", "ended", Unit::count}});
  add_columns({{"count", "step instances", Unit::count}});
  if (words.by_case) {
    add_columns({{"median_seconds", "median duration", Unit::seconds},
                 {"p90_seconds", "p90 duration", Unit::seconds},
                 {"fitting_share", "as the process says", Unit::share}});
  }
  add_columns({{"judged", "SLA judged", Unit::count},
               {"breached", "breached", Unit::count},
               {"attainment", "met", Unit::share}});
  for (std::size_t i = 0; i < groups.all.size(); ++i) {
    const GroupProfile& group = groups.all[i];
    std::vector<Cell>& row = table.rows.emplace_back();
    row = {groups.name(i), group.cases};
    if (words.is_series) row.emplace_back(group.ended);
    row.emplace_back(group.instances);
    if (words.by_case) {
      const Summary& duration = group.case_duration;
      row.push_back(figure(duration, duration.median));
      row.push_back(figure(duration, duration.p90, smallest_group));
      row.push_back(group.cases == 0 ? Cell() : Cell(share_of(group.fitting_cases, group.cases)));
    }
    std::int64_t met = 0, breached = 0;
    for (const auto& [step, found] : group.steps) {
      if (!found.sla) continue;
      met += found.sla->met;
      breached += found.sla->breached;
    }
    row.insert(row.end(), {met + breached, breached, attainment_cell(met, met + breached)});
  }
  return table;
}

/// What the log says about a step in each group, by StepId and position of the group; null where
/// it does not occur.
std::vector<std::vector<const StepProfile*>> by_step(const Process& process,
                                                     const std::vector<GroupProfile>& groups) {
  std::vector<std::vector<const StepProfile*>> found(
      process.steps.size(), std::vector<const StepProfile*>(groups.size(), nullptr));
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const auto& [step, figures] : groups[i].steps) found[step.index()][i] = &figures;
  }
  return found;
}

Table steps_by_group(const Groups& groups) {
  const GroupWords& words = groups.words;
  return {.key = words.key + "_steps",
          .title = fmt::format("Steps by {}", words.title),
          .columns = {{"step", "step", Unit::text},
                      {"name", "name", Unit::text},
                      {"time", "time", Unit::text},
                      {words.key, words.title, Unit::text},
                      {"count", "count", Unit::count},
                      {"n", "n", Unit::count},
                      {"median_seconds", "median", Unit::seconds},
                      {"p90_seconds", "p90", Unit::seconds}},
          .rows = {},
          .shown = groups.shown(),
          .group = 3};
}

/// One row per step, kind of time that the log has, and group: how a time differs between groups is
/// read from the top to the bottom. A series lists groups in which a step does not occur, too.
Table steps_table(const Process& process, const Profile& profile, const Groups& groups) {
  Table table = steps_by_group(groups);
  const auto found = by_step(process, groups.all);
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
      for (std::size_t i = 0; i < groups.all.size(); ++i) {
        if (found[step][i] == nullptr && !groups.words.is_series) continue;
        const StepProfile& figures = found[step][i] != nullptr ? *found[step][i] : none;
        const Summary& summary = figures.*time;
        table.rows.push_back({process.steps[step].id, process.steps[step].name, Cell(kind),
                              groups.name(i), figures.instances, summary.count,
                              figure(summary, summary.median),
                              figure(summary, summary.p90, smallest_group)});
      }
    }
  }
  return table;
}

Table sla_table(const Process& process, const Profile& profile, const Groups& groups) {
  const GroupWords& words = groups.words;
  Table table{.key = words.key + "_sla",
              .title = fmt::format("SLA by {}", words.title),
              .columns = {{"step", "step", Unit::text},
                          {"name", "name", Unit::text},
                          {words.key, words.title, Unit::text},
                          {"judged", "judged", Unit::count},
                          {"breached", "breached", Unit::count},
                          {"attainment", "met", Unit::share}},
              .rows = {},
              .shown = groups.shown(),
              .group = 2};
  const auto found = by_step(process, groups.all);
  for (std::size_t step = 0; step < found.size(); ++step) {
    const auto& total = profile.steps[step].sla;
    if (!total || total->met + total->breached == 0) continue;
    for (std::size_t i = 0; i < groups.all.size(); ++i) {
      const StepProfile* figures = found[step][i];
      if (figures == nullptr && !words.is_series) continue;
      const std::int64_t met = figures == nullptr ? 0 : figures->sla->met;
      const std::int64_t breached = figures == nullptr ? 0 : figures->sla->breached;
      table.rows.push_back({process.steps[step].id, process.steps[step].name, groups.name(i),
                            met + breached, breached, attainment_cell(met, met + breached)});
    }
  }
  return table;
}

}  // namespace

Json group_steps_json(const Process& process, const GroupProfile& group) {
  Json::Array steps;
  for (const auto& [step, found] : group.steps) {
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

void add_group_tables(const Process& process, const Profile& profile,
                      const std::vector<GroupProfile>& groups, const GroupWords& words,
                      Report& report) {
  const Groups all{groups, words};
  const auto add = [&](Table table) {
    if (!table.rows.empty()) report.tables.push_back(std::move(table));
  };
  report.tables.push_back(groups_table(all));
  add(kpi_groups_table(process, groups, words));
  add(steps_table(process, profile, all));
  add(sla_table(process, profile, all));
}

}  // namespace gemba::inline report
