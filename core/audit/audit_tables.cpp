#include "core/audit/audit_tables.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/audit/neighbours.h"
#include "core/estimate/outcome.h"

namespace gemba::inline audit {
namespace {

const std::string& role_name(const Process& process, StepId step) {
  static const std::string nobody;
  const std::optional<RoleId>& role = process[step].role;
  return role ? process.definitions[*role].name : nobody;
}

/// Names of the roles of some steps, each once, without `own`.
std::vector<std::string> other_roles(const Process& process, const std::vector<StepId>& steps,
                                     const std::string& own) {
  std::vector<std::string> names;
  for (const StepId step : steps) {
    const std::string& name = role_name(process, step);
    if (name.empty() || name == own) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

Responsibility responsibility_for(const Process& process, const FlowGraph& graph, StepId step) {
  std::vector<StepId> approvals;
  std::vector<StepId> others;
  for (const StepId next : steps_after(process, graph, step)) {
    const StepKind what = process[next].kind;
    if (what == StepKind::approval) approvals.push_back(next);
    if (what != StepKind::approval && what != StepKind::end) others.push_back(next);
  }
  const std::string& own = role_name(process, step);
  if (process[step].kind == StepKind::approval)
    return {step, {}, {own}, other_roles(process, others, own)};
  return {step, own, other_roles(process, approvals, own), other_roles(process, others, own)};
}

ProcessRoles roles_of(const AuditedProcess& audited, const FlowGraph& graph) {
  const Process& process = audited.process;
  ProcessRoles roles;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepKind kind = process.steps[i].kind;
    if (is_routing(kind)) continue;
    roles.responsibilities.push_back(responsibility_for(process, graph, StepId(i)));
  }
  roles.handovers = handovers_of(graph, audited.audit.before.visits, role_hands(process));
  std::stable_sort(roles.handovers.begin(), roles.handovers.end(),
                   [](const auto& a, const auto& b) { return a.per_case > b.per_case; });
  return roles;
}

/// What a role approves, while documents are added.
struct ApproverTally {
  std::set<std::string> documents;
  Approver sum;
  double passed_per_month = 0;
  bool known = true;  ///< how many pass
};

void add_approvals(const AuditedProcess& each, const FlowGraph& graph,
                   std::map<std::string, ApproverTally>& approvers) {
  const Process& process = each.process;
  const Expected& figures = each.audit.before;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (process[id].kind != StepKind::approval || !process[id].role) continue;
    ApproverTally& approver = approvers[role_name(process, id)];
    approver.documents.insert(process.id);
    ++approver.sum.steps;
    const double visits = figures.visits.steps[i] * figures.cases_per_month.value_or(0);
    const Outcome outcome = approval_outcome(process, graph, figures.visits, id);
    approver.known = approver.known && outcome.pass_share.has_value();
    approver.sum.per_month += visits;
    approver.passed_per_month += visits * outcome.pass_share.value_or(0);
    approver.sum.hours_per_month += visits * figures.steps[i].work / 3600;
  }
}

Approver approver_of(const std::string& role, const ApproverTally& tally) {
  Approver approver = tally.sum;
  approver.role = role;
  approver.documents = static_cast<std::int64_t>(tally.documents.size());
  if (tally.known && approver.per_month > 0)
    approver.pass_share = tally.passed_per_month / approver.per_month;
  return approver;
}

}  // namespace

AuditTables audit_tables(std::span<const AuditedProcess> audited) {
  AuditTables tables;
  std::map<std::string, ApproverTally> approvers;
  for (const AuditedProcess& each : audited) {
    const FlowGraph graph(each.process);
    tables.processes.push_back(roles_of(each, graph));
    add_approvals(each, graph, approvers);
  }
  for (const auto& [role, tally] : approvers) tables.approvers.push_back(approver_of(role, tally));
  std::stable_sort(
      tables.approvers.begin(), tables.approvers.end(),
      [](const auto& a, const auto& b) { return a.hours_per_month > b.hours_per_month; });
  return tables;
}

}  // namespace gemba::inline audit
