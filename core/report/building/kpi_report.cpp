#include "core/report/building/kpi_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/eventlog/event_log.h"
#include "core/report/building/summary_json.h"
#include "core/report/cells.h"
#include "core/time/time.h"

namespace gemba::inline report {
namespace {

/// How people read the values of a unit.
struct UnitWords {
  Unit unit;
  std::string_view counted_in;
};

UnitWords words_of(KpiUnit unit) {
  constexpr std::array<UnitWords, 5> words = {{{Unit::seconds, "elapsed time"},
                                               {Unit::seconds, "working time"},
                                               {Unit::number, "working days"},
                                               {Unit::share, "cases"},
                                               {Unit::number, "numbers"}}};
  return words[static_cast<std::size_t>(unit)];
}

std::string ids_of(const Process& process, const std::vector<StepId>& steps) {
  std::string text;
  for (const StepId step : steps) add_item(text, fmt::format("'{}'", process[step].id));
  return text;
}

/// What a KPI measures: `p90 from 'receive' to 'inform'`.
std::string measure_of(const Process& process, const Kpi& kpi) {
  std::string text;
  if (kpi.is_share) {
    text = "share of cases";
    if (!kpi.with.empty()) text += " with " + ids_of(process, kpi.with);
    if (!kpi.without.empty()) text += " without " + ids_of(process, kpi.without);
  } else if (kpi.from || kpi.to) {
    text = kpi.stat;
    if (kpi.from) text += fmt::format(" from '{}'", process[*kpi.from].id);
    if (kpi.to) text += fmt::format(" to '{}'", process[*kpi.to].id);
  } else {
    text = fmt::format("mean of '{}'", kpi.mean_column);
  }
  return text;
}

std::string too_few(std::int64_t n) { return fmt::format("n = {}: too few to trust", n); }

/// What stands beside the figure; empty when it may stand alone.
std::string remark_on(const KpiResult& result) {
  if (!result.problem.empty()) return result.problem;
  if (result.n == 0) return "no case counts";
  return result.n < smallest_group ? too_few(result.n) : "";
}

std::int64_t left_out(const KpiResult& result) {
  std::int64_t cases = 0;
  for (const KpiExclusion& each : result.excluded) cases += each.cases;
  return cases;
}

template <class Value>
Json json_of(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json moment(Micros time) { return time == no_time ? Json() : Json(format_utc(time)); }

Cell moment_cell(Micros time) { return time == no_time ? Cell() : Cell(format_utc(time)); }

Json kpi_json(const Process& process, const Kpi& kpi, const KpiResult& result) {
  Json::Array excluded;
  for (const KpiExclusion& each : result.excluded) {
    excluded.emplace_back(Json::Object{{"reason", each.reason}, {"cases", each.cases}});
  }
  Json::Array remarks;
  if (const std::string remark = remark_on(result); !remark.empty()) remarks.emplace_back(remark);
  for (const std::string& note : result.notes) remarks.emplace_back(note);
  return Json::Object{{"id", kpi.id},
                      {"name", kpi.name},
                      {"measure", measure_of(process, kpi)},
                      {"value", json_of(result.value)},
                      {"unit", to_string(result.unit)},
                      {"n", result.n},
                      {"numerator", json_of(result.numerator)},
                      {"denominator", result.numerator ? Json(result.n) : Json()},
                      {"excluded", std::move(excluded)},
                      {"first", moment(result.first)},
                      {"last", moment(result.last)},
                      {"target", kpi.target ? Json(kpi.target->text) : Json()},
                      {"met", json_of(result.met)},
                      {"remarks", std::move(remarks)}};
}

Table verdicts_table(const Process& process, const std::vector<KpiResult>& kpis) {
  Table table{.key = "kpis", .title = "KPIs", .columns = {}, .rows = {}};
  table.columns = {{"kpi", "kpi", Unit::text},       {"name", "name", Unit::text},
                   {"value", "value", Unit::by_row}, {"unit", "counted in", Unit::text},
                   {"target", "target", Unit::text}, {"verdict", "verdict", Unit::text},
                   {"n", "n", Unit::count},          {"remark", "remark", Unit::text}};
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    const Kpi& kpi = process.kpis[i];
    const KpiResult& result = kpis[i];
    const UnitWords words = words_of(result.unit);
    const std::string remark = remark_on(result);
    table.rows.push_back(
        {kpi.id, kpi.name, result.value ? Cell(*result.value) : Cell(),
         std::string(words.counted_in), kpi.target ? Cell(kpi.target->text) : Cell(),
         result.met ? Cell(*result.met ? "met" : "missed") : Cell(), result.n, Cell(remark)});
    table.row_units.push_back(words.unit);
  }
  return table;
}

Table cases_table(const Process& process, const std::vector<KpiResult>& kpis) {
  Table table{.key = "kpi_cases", .title = "Cases behind the KPIs", .columns = {}, .rows = {}};
  table.columns = {{"kpi", "kpi", Unit::text},
                   {"measure", "measure", Unit::text},
                   {"numerator", "numerator", Unit::count},
                   {"denominator", "denominator", Unit::count},
                   {"excluded", "left out", Unit::count},
                   {"first", "from", Unit::text},
                   {"last", "to", Unit::text}};
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    const KpiResult& result = kpis[i];
    const std::optional<std::int64_t> numerator = result.numerator;
    table.rows.push_back({process.kpis[i].id, measure_of(process, process.kpis[i]),
                          numerator ? Cell(*numerator) : Cell(),
                          numerator ? Cell(result.n) : Cell(), left_out(result),
                          moment_cell(result.first), moment_cell(result.last)});
  }
  return table;
}

/// `KPIs: 2 targets met, 1 missed, 1 without a figure`.
std::string verdict(const Process& process, const std::vector<KpiResult>& kpis) {
  std::int64_t met = 0, missed = 0, unknown = 0;
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    if (process.kpis[i].target) ++(!kpis[i].met ? unknown : *kpis[i].met ? met : missed);
  }
  if (met + missed + unknown == 0) return {};
  std::string text =
      fmt::format("KPIs: {} met, {} missed", counted(met, "target", "targets"), missed);
  if (unknown > 0) text += fmt::format(", {} without a figure", unknown);
  return text;
}

/// The figures of a KPI in one sentence.
std::string figures_of(const Process& process, const Kpi& kpi, const KpiResult& result) {
  if (!result.value) return remark_on(result);
  const UnitWords words = words_of(result.unit);
  std::string text =
      fmt::format("{} is {}", measure_of(process, kpi), humane_cell(*result.value, words.unit));
  if (result.unit == KpiUnit::business_days || result.unit == KpiUnit::business_seconds) {
    text += fmt::format(" ({})", words.counted_in);
  }
  text += fmt::format(", the target is {}; ", kpi.target->text);
  if (result.numerator) text += fmt::format("{} of {} cases; ", *result.numerator, result.n);
  text += result.n < smallest_group ? too_few(result.n) : fmt::format("n = {}", result.n);
  if (const std::int64_t out = left_out(result); out > 0) {
    text += fmt::format(", {} left out", counted(out, "case", "cases"));
  }
  return text;
}

Check::Outcome outcome_of(std::optional<bool> holds) {
  if (!holds) return Check::Outcome::skipped;
  return *holds ? Check::Outcome::passed : Check::Outcome::failed;
}

}  // namespace

Json kpis_json(const Process& process, const std::vector<KpiResult>& kpis) {
  Json::Array array;
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    array.push_back(kpi_json(process, process.kpis[i], kpis[i]));
  }
  return array;
}

void add_kpis(const Process& process, const std::vector<KpiResult>& kpis, Report& report) {
  if (kpis.empty()) return;
  if (std::string line = verdict(process, kpis); !line.empty()) report.lead.push_back(line);
  report.tables.push_back(verdicts_table(process, kpis));
  report.tables.push_back(cases_table(process, kpis));
}

Table kpi_groups_table(const Process& process, const std::vector<GroupProfile>& groups,
                       const GroupWords& by) {
  Table table{
      .key = by.key + "_kpis",
      .title = fmt::format("KPIs by {}{}", by.title, by.is_series ? " in which cases arrived" : ""),
      .columns = {},
      .rows = {},
      .shown = 0,
      .group = 2};
  table.columns = {{"kpi", "kpi", Unit::text},
                   {"name", "name", Unit::text},
                   {by.key, by.title, Unit::text},
                   {"value", "value", Unit::by_row},
                   {"unit", "counted in", Unit::text},
                   {"verdict", "verdict", Unit::text},
                   {"n", "n", Unit::count},
                   {"remark", "remark", Unit::text}};
  for (std::size_t i = 0; i < process.kpis.size(); ++i) {
    for (const GroupProfile& each : groups) {
      if (i >= each.kpis.size()) continue;
      const KpiResult& result = each.kpis[i];
      const UnitWords words = words_of(result.unit);
      const bool unnamed = by.has_unnamed && &each == &groups.back();
      table.rows.push_back(
          {process.kpis[i].id, process.kpis[i].name, unnamed ? Cell() : Cell(each.name),
           result.value ? Cell(*result.value) : Cell(), std::string(words.counted_in),
           result.met ? Cell(*result.met ? "met" : "missed") : Cell(), result.n,
           Cell(remark_on(result))});
      table.row_units.push_back(words.unit);
    }
  }
  return table;
}

void add_kpi_notes(const Process& process, const std::vector<KpiResult>& kpis, Report& report) {
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    const std::string& id = process.kpis[i].id;
    for (const KpiExclusion& each : kpis[i].excluded) {
      report.notes.push_back(fmt::format("KPI '{}' leaves out {}: {}", id,
                                         counted(each.cases, "case", "cases"), each.reason));
    }
    for (const std::string& note : kpis[i].notes) {
      report.notes.push_back(fmt::format("KPI '{}': {}", id, note));
    }
  }
}

std::vector<Check> kpi_checks(const Process& process, const std::vector<KpiResult>& kpis) {
  std::vector<Check> checks;
  for (std::size_t i = 0; i < kpis.size(); ++i) {
    const Kpi& kpi = process.kpis[i];
    if (!kpi.target) continue;
    checks.push_back({fmt::format("KPI {}: {}", kpi.id, kpi.name), outcome_of(kpis[i].met),
                      figures_of(process, kpi, kpis[i])});
  }
  return checks;
}

std::vector<Check> sla_checks(const Process& process, const Profile& profile,
                              const std::vector<SlaVerdict>& verdicts, double target) {
  std::vector<Check> checks;
  for (const SlaVerdict& verdict : verdicts) {
    const Step& step = process[verdict.step];
    Check check{fmt::format("SLA {}: {}", step.id, step.name), Check::Outcome::skipped, {}};
    const std::optional<SlaAttainment>& sla = profile.steps[verdict.step.index()].sla;
    if (!sla) {
      check.message = "the SLA is in business time, and the role of the step has no calendar";
    } else if (!verdict.attainment) {
      check.message = "the log has no time of this step";
    } else {
      const std::int64_t judged = sla->met + sla->breached;
      check.outcome = outcome_of(verdict.met);
      check.message = fmt::format("{} of {} times within {}: {}, the target is {}{}", sla->met,
                                  judged, humane_cell(sla->limit_seconds, Unit::seconds),
                                  humane_cell(*verdict.attainment, Unit::share),
                                  humane_cell(target, Unit::share),
                                  judged < smallest_group ? "; " + too_few(judged) : "");
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

std::string sla_summary(const std::vector<SlaVerdict>& verdicts, double target) {
  std::int64_t judged = 0, met = 0;
  for (const SlaVerdict& each : verdicts) {
    judged += each.attainment ? 1 : 0;
    met += each.met ? 1 : 0;
  }
  return fmt::format("SLA: {} of {} met in at least {} of the times", met,
                     counted(judged, "step", "steps"), humane_cell(target, Unit::share));
}

}  // namespace gemba::inline report
