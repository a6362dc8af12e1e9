#include "core/report/building/audit_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/wording.h"

namespace gemba::inline report {
namespace {

std::vector<Cell> figures_row(const Process& process, std::string_view when,
                              const Expected& figures) {
  return {process.id,
          std::string(when),
          figures.work_seconds,
          figures.waiting_seconds,
          figures.cycle_seconds,
          figures.flow_efficiency,
          figures.handovers,
          figures.system_switches,
          figures.approvals,
          figures.trips,
          figures.papers,
          figures.abandoned,
          figures.cost ? Cell(*figures.cost) : Cell(),
          figures.cases_per_month ? Cell(figures.work_seconds / 3600 * *figures.cases_per_month)
                                  : Cell()};
}

/// A table of such rows.
Table figures_table(std::string key, std::string title) {
  return {.key = std::move(key),
          .title = std::move(title),
          .columns = {{"document", "document", Unit::text},
                      {"when", "", Unit::text},
                      {"work_seconds", "work", Unit::seconds},
                      {"waiting_seconds", "waiting", Unit::seconds},
                      {"cycle_seconds", "start to end", Unit::seconds},
                      {"flow_efficiency", "flow efficiency", Unit::share},
                      {"handovers", "handovers", Unit::number},
                      {"system_switches", "switches", Unit::number},
                      {"approvals", "approvals", Unit::number},
                      {"trips", "trips", Unit::number},
                      {"papers", "papers", Unit::number},
                      {"abandoned", "give up", Unit::share},
                      {"cost", "cost", Unit::number},
                      {"hours_per_month", "h / month", Unit::number}},
          .rows = {},
          .shown = 0,
          .group = 1};
}

/// Takes out the columns of what the processes of a table do not speak of.
void drop_unspoken(Table& table) {
  for (std::size_t i = table.columns.size(); i-- > 0;) {
    const std::string& key = table.columns[i].key;
    if (key != "trips" && key != "papers" && key != "abandoned") continue;
    const bool spoken = std::any_of(table.rows.begin(), table.rows.end(),
                                    [&](const auto& row) { return row[i] != Cell(0.0); });
    if (spoken) continue;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& row : table.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Table plan_table(const std::vector<AuditedProcess>& audited) {
  Table table = figures_table("plan", "Before and after");
  for (const AuditedProcess& each : audited) {
    table.rows.push_back(figures_row(each.process, "before", each.audit.before));
    table.rows.push_back(figures_row(each.process, "after", each.audit.after));
  }
  drop_unspoken(table);
  return table;
}

Table comparison_table(const AuditedProcess& as_is, const AuditedProcess& to_be) {
  Table table = figures_table("comparison", "As it is and as it is to be");
  table.rows.push_back(figures_row(as_is.process, "as is", as_is.audit.before));
  table.rows.push_back(figures_row(to_be.process, "to be", to_be.audit.before));
  std::vector<Cell> change{std::string(), std::string("change")};
  for (std::size_t i = 2; i < table.columns.size(); ++i) {
    const double* before = std::get_if<double>(&table.rows[0][i]);
    const double* after = std::get_if<double>(&table.rows[1][i]);
    change.push_back(before != nullptr && after != nullptr ? Cell(*after - *before) : Cell());
  }
  table.rows.push_back(std::move(change));
  drop_unspoken(table);
  return table;
}

Table responsibility_table(const std::vector<AuditedProcess>& audited, const AuditTables& tables) {
  Table table{.key = "responsibilities",
              .title = "Who does what",
              .columns = {{"document", "document", Unit::text},
                          {"step", "step", Unit::text},
                          {"does", "does", Unit::text},
                          {"decides", "decides", Unit::text},
                          {"told", "goes on to", Unit::text}},
              .rows = {},
              .shown = 0,
              .group = 1};
  for (std::size_t i = 0; i < audited.size(); ++i) {
    const Process& process = audited[i].process;
    for (const Responsibility& each : tables.processes[i].responsibilities) {
      table.rows.push_back({process.id, process[each.step].name, each.does, joined(each.decides),
                            joined(each.told)});
    }
  }
  return table;
}

Table handover_table(const std::vector<AuditedProcess>& audited, const AuditTables& tables) {
  Table table{.key = "handovers",
              .title = "Handovers",
              .columns = {{"document", "document", Unit::text},
                          {"from", "from", Unit::text},
                          {"to", "to", Unit::text},
                          {"per_100_cases", "per 100 cases", Unit::number},
                          {"steps", "at", Unit::text}},
              .rows = {},
              .shown = 0,
              .group = 1};
  for (std::size_t i = 0; i < audited.size(); ++i) {
    const Process& process = audited[i].process;
    for (const HandoverRate& handover : tables.processes[i].handovers) {
      std::vector<std::string> steps;
      for (const StepId step : handover.steps) steps.push_back(process[step].name);
      table.rows.push_back({process.id, process.definitions[RoleId(handover.from)].name,
                            process.definitions[RoleId(handover.to)].name, handover.per_case * 100,
                            listed(steps, 3)});
    }
  }
  return table;
}

Table approver_table(const AuditTables& tables) {
  Table table{.key = "approvers",
              .title = "Who approves",
              .columns = {{"role", "role", Unit::text},
                          {"documents", "documents", Unit::count},
                          {"steps", "approvals", Unit::count},
                          {"per_month", "per month", Unit::number},
                          {"pass_share", "pass", Unit::share},
                          {"hours_per_month", "h / month", Unit::number}},
              .rows = {},
              .shown = 0};
  for (const Approver& each : tables.approvers) {
    table.rows.push_back({each.role, each.documents, each.steps, each.per_month,
                          each.pass_share ? Cell(*each.pass_share) : Cell(), each.hours_per_month});
  }
  return table;
}

}  // namespace gemba::inline report
