#include "core/report/building/audit_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/audit/neighbours.h"
#include "core/audit/wording.h"
#include "core/estimate/handovers.h"
#include "core/estimate/outcome.h"

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
          figures.cost ? Cell(*figures.cost) : Cell(),
          figures.cases_per_month ? Cell(figures.work_seconds / 3600 * *figures.cases_per_month)
                                  : Cell()};
}

const std::string& role_name(const Process& process, StepId step) {
  static const std::string nobody;
  const std::optional<RoleId>& role = process[step].role;
  return role ? process.definitions[*role].name : nobody;
}

/// Names of the roles of some steps, each once, without `own`.
std::string other_roles(const Process& process, const std::vector<StepId>& steps,
                        const std::string& own) {
  std::vector<std::string> names;
  for (const StepId step : steps) {
    const std::string& name = role_name(process, step);
    if (name.empty() || name == own) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

void add_responsibilities(const Process& process, Table& table) {
  const FlowGraph graph(process);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const StepKind kind = process[id].kind;
    if (kind == StepKind::start || kind == StepKind::end || is_gateway(kind)) continue;
    std::vector<StepId> approvals;
    std::vector<StepId> others;
    for (const StepId next : steps_after(process, graph, id)) {
      const StepKind what = process[next].kind;
      if (what == StepKind::approval) approvals.push_back(next);
      if (what != StepKind::approval && what != StepKind::end) others.push_back(next);
    }
    const std::string& own = role_name(process, id);
    const std::string decides =
        kind == StepKind::approval ? own : other_roles(process, approvals, own);
    table.rows.push_back({process.id, process[id].name,
                          kind == StepKind::approval ? std::string() : own, decides,
                          other_roles(process, others, own)});
  }
}

/// What a role approves.
struct Approver {
  std::set<std::string> documents;
  std::int64_t steps = 0;
  double per_month = 0, passed_per_month = 0, hours_per_month = 0;
  bool known = true;  ///< how many pass
};

void add_approvals(const AuditedProcess& each, std::map<std::string, Approver>& approvers) {
  const Process& process = each.process;
  const Expected& figures = each.audit.before;
  const FlowGraph graph(process);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (process[id].kind != StepKind::approval || !process[id].role) continue;
    Approver& approver = approvers[role_name(process, id)];
    approver.documents.insert(process.id);
    ++approver.steps;
    const double visits = figures.visits.steps[i] * figures.cases_per_month.value_or(0);
    const Outcome outcome = approval_outcome(process, graph, figures.visits, id);
    approver.known = approver.known && outcome.pass_share.has_value();
    approver.per_month += visits;
    approver.passed_per_month += visits * outcome.pass_share.value_or(0);
    approver.hours_per_month += visits * figures.steps[i].work / 3600;
  }
}

}  // namespace

Table plan_table(const std::vector<AuditedProcess>& audited) {
  Table table{.key = "plan",
              .title = "Before and after",
              .columns = {{"document", "document", Unit::text},
                          {"when", "", Unit::text},
                          {"work_seconds", "work", Unit::seconds},
                          {"waiting_seconds", "waiting", Unit::seconds},
                          {"cycle_seconds", "start to end", Unit::seconds},
                          {"flow_efficiency", "flow efficiency", Unit::share},
                          {"handovers", "handovers", Unit::number},
                          {"system_switches", "switches", Unit::number},
                          {"approvals", "approvals", Unit::number},
                          {"cost", "cost", Unit::number},
                          {"hours_per_month", "h / month", Unit::number}},
              .rows = {},
              .shown = 0,
              .group = 1};
  for (const AuditedProcess& each : audited) {
    table.rows.push_back(figures_row(each.process, "before", each.audit.before));
    table.rows.push_back(figures_row(each.process, "after", each.audit.after));
  }
  return table;
}

Table responsibility_table(const std::vector<AuditedProcess>& audited) {
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
  for (const AuditedProcess& each : audited) add_responsibilities(each.process, table);
  return table;
}

Table handover_table(const std::vector<AuditedProcess>& audited) {
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
  for (const AuditedProcess& each : audited) {
    const Process& process = each.process;
    auto handovers =
        handovers_of(FlowGraph(process), each.audit.before.visits, role_hands(process));
    std::stable_sort(handovers.begin(), handovers.end(),
                     [](const auto& a, const auto& b) { return a.per_case > b.per_case; });
    for (const HandoverRate& handover : handovers) {
      std::vector<std::string> steps;
      for (const StepId step : handover.steps) steps.push_back(process[step].name);
      table.rows.push_back({process.id, process.definitions[RoleId(handover.from)].name,
                            process.definitions[RoleId(handover.to)].name, handover.per_case * 100,
                            listed(steps, 3)});
    }
  }
  return table;
}

Table approver_table(const std::vector<AuditedProcess>& audited) {
  std::map<std::string, Approver> approvers;
  for (const AuditedProcess& each : audited) add_approvals(each, approvers);
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
  for (const auto& [role, approver] : approvers) {
    const bool counted = approver.known && approver.per_month > 0;
    table.rows.push_back({role, static_cast<std::int64_t>(approver.documents.size()),
                          approver.steps, approver.per_month,
                          counted ? Cell(approver.passed_per_month / approver.per_month) : Cell(),
                          approver.hours_per_month});
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) {
    return std::get<double>(a[5]) > std::get<double>(b[5]);
  });
  return table;
}

}  // namespace gemba::inline report
