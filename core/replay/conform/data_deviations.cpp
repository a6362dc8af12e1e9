#include "core/replay/conform/data_deviations.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/model/authority.h"

namespace gemba::inline replay {
namespace {

/// Whether a person of ours does the step.
bool is_personal(const Process& process, const Step& step) {
  return step.automation != Automation::automatic && !process.is_external(step);
}

/// The work right before a step, over steps that only pass cases on, and what makes the amount that
/// it judges.
std::vector<StepId> work_judged(const Process& process, const FlowGraph& graph, StepId approval) {
  std::vector<StepId> found;
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> queue = {approval};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const FlowId entry : graph.in[queue[at].index()]) {
      const StepId before = graph.from(entry);
      if (seen[before.index()]) continue;
      seen[before.index()] = true;
      (is_approvable(process[before].kind) ? found : queue).push_back(before);
    }
  }
  for (std::size_t i = 0; process[approval].amount && i < process.steps.size(); ++i) {
    const auto& makes = process.steps[i].makes;
    const bool makes_it = std::any_of(makes.begin(), makes.end(), [&](const DataUse& use) {
      return use.data == process[approval].amount->data;
    });
    if (makes_it) found.emplace_back(i);
  }
  return found;
}

bool knows_action(const Definitions& definitions, std::string_view action) {
  return std::any_of(definitions.authority.begin(), definitions.authority.end(),
                     [&](const Authority& row) { return row.action == action; });
}

std::string quoted_list(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    add_item(list, fmt::format("'{}'", names[i]));
  return names.size() > most ? fmt::format("{} and {} more", list, names.size() - most) : list;
}

}  // namespace

DataDeviations::DataDeviations(const Process& process, const FlowGraph& graph, const EventLog& log,
                               const std::vector<bool>& visible)
    : process_(process),
      log_(log),
      data_(process, log),
      branches_(process, graph, log, data_, visible),
      approvals_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (step.kind != StepKind::approval) continue;
    Approval& approval = approvals_[i].emplace();
    approval.own_work = work_judged(process, graph, StepId(i));
    if (!step.amount || !step.approves || !step.role) continue;
    const auto column = data_.find_column(process.definitions[step.amount->data].id);
    if (column) data_.read_numbers(*column);
    approval.amount = column;
    approval.limited = knows_action(process.definitions, step.approves->text);
    approval.limit = gemba::limit_of(process.definitions, *step.role, step.approves->text);
  }
}

void DataDeviations::note(DeviationKind kind, std::uint32_t subject, CaseId id) {
  std::vector<CaseId>& cases = found_[{kind, subject}];
  if (cases.empty() || cases.back() != id) cases.push_back(id);
}

void DataDeviations::add(CaseId id, const std::vector<Instance>& instances,
                         const CaseShape& shape) {
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::optional<StepId> step = shape.steps[at];
    if (!step || !approvals_[step->index()]) continue;
    judge_amount(id, at, instances, shape);
    judge_person(id, at, instances, shape);
  }
  if (!branches_.any()) return;
  for (const FlowId flow : forbidden_flows(id, instances, shape))
    note(DeviationKind::forbidden_path, flow.value, id);
}

/// Data mostly stay as they are throughout a case: then cases of one shape take the same ways.
std::span<const FlowId> DataDeviations::forbidden_flows(CaseId id,
                                                        const std::vector<Instance>& instances,
                                                        const CaseShape& shape) {
  if (shape.number == CaseShape::none || !branches_.is_constant(id)) {
    forbidden_ = find_forbidden(id, instances, shape);
    return forbidden_;
  }
  const std::uint32_t verdict = branches_.look_at(id, instances.front().event);
  const auto [known, added] = known_forbidden_.emplace(
      (std::uint64_t{shape.number} << 32U) | verdict, std::vector<FlowId>());
  if (added) known->second = find_forbidden(id, instances, shape);
  return known->second;
}

std::vector<FlowId> DataDeviations::find_forbidden(CaseId id,
                                                   const std::vector<Instance>& instances,
                                                   const CaseShape& shape) {
  std::vector<FlowId> found;
  std::optional<StepId> before;
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::optional<StepId> step = shape.steps[at];
    if (!step) continue;
    branches_.look_at(id, instances[at].event);
    const auto judge = [&](std::optional<StepId> from, std::optional<StepId> to) {
      const auto flow = branches_.contradiction(from, to);
      if (flow) found.push_back(*flow);
    };
    if (!before) judge(std::nullopt, *step);
    before = step;
    for (const std::uint32_t next : shape.enabled_from(at)) judge(*step, shape.steps[next]);
    if (at + 1 == instances.size()) judge(*step, std::nullopt);
  }
  return found;
}

bool DataDeviations::may_decide(StepId step, double amount) const {
  const Approval& approval = *approvals_[step.index()];
  return !approval.limited || (approval.limit && amount <= *approval.limit);
}

void DataDeviations::judge_amount(CaseId id, std::size_t at, const std::vector<Instance>& instances,
                                  const CaseShape& shape) {
  const StepId step = *shape.steps[at];
  Approval& approval = *approvals_[step.index()];
  if (!approval.amount) return;
  const std::optional<double> amount = data_.amount_at(*approval.amount, id, instances[at].event);
  if (!amount || may_decide(step, *amount)) return;
  const std::string& action = process_[step].approves->text;
  for (std::size_t later = at + 1; later < instances.size(); ++later) {
    const std::optional<StepId> other = shape.steps[later];
    if (!other || !approvals_[other->index()] || !process_[*other].approves) continue;
    if (process_[*other].approves->text == action && may_decide(*other, *amount)) return;
  }
  note(DeviationKind::over_authority, step.value, id);
}

bool DataDeviations::approves_own_work(StepId approval, StepId earlier) const {
  const Step& step = process_[earlier];
  if (earlier == approval || !is_personal(process_, step)) return false;
  if (!is_approvable(step.kind) && step.kind != StepKind::approval) return false;
  const auto& own = approvals_[approval.index()]->own_work;
  return step.role != process_[approval].role ||
         std::find(own.begin(), own.end(), earlier) != own.end();
}

void DataDeviations::judge_person(CaseId id, std::size_t at, const std::vector<Instance>& instances,
                                  const CaseShape& shape) {
  const StepId approval = *shape.steps[at];
  if (instances[at].resource == no_resource || !is_personal(process_, process_[approval])) return;
  for (std::size_t earlier = 0; earlier < at; ++earlier) {
    const std::optional<StepId> step = shape.steps[earlier];
    if (!step || instances[earlier].resource != instances[at].resource) continue;
    if (!approves_own_work(approval, *step)) continue;
    note(DeviationKind::same_person, approval.value, id);
    return;
  }
}

void DataDeviations::join(const DataDeviations& later) {
  for (const auto& [key, cases] : later.found_) {
    std::vector<CaseId>& all = found_[key];
    all.insert(all.end(), cases.begin(), cases.end());
  }
}

std::vector<CaseDeviation> DataDeviations::take() {
  std::vector<CaseDeviation> all;
  for (auto& [key, cases] : found_) all.push_back({key, std::move(cases)});
  found_.clear();
  return all;
}

std::vector<UnreadNumbers> DataDeviations::unread_numbers() const {
  std::vector<UnreadNumbers> found;
  for (std::size_t column = 0; column < log_.attributes.size(); ++column) {
    const auto is_it = [&](const std::optional<Approval>& each) {
      return each && each->amount == column;
    };
    if (!branches_.compares_with_number(column) &&
        std::none_of(approvals_.begin(), approvals_.end(), is_it))
      continue;
    if (auto unread = eventlog::unread_numbers(log_, log_.attributes[column]))
      found.push_back(*std::move(unread));
  }
  return found;
}

std::vector<std::string> DataDeviations::not_judged() const {
  std::vector<std::string> notes;
  if (!branches_.missing().empty()) {
    notes.push_back(fmt::format("conditions on {} are not judged: the log has no such column",
                                quoted_list(branches_.missing())));
  }
  std::vector<std::string> amounts;
  bool any_approval = false;
  for (std::size_t i = 0; i < approvals_.size(); ++i) {
    if (!approvals_[i]) continue;
    any_approval = true;
    const Step& step = process_.steps[i];
    if (approvals_[i]->limited && !approvals_[i]->amount)
      amounts.push_back(process_.definitions[step.amount->data].id);
  }
  std::sort(amounts.begin(), amounts.end());
  amounts.erase(std::unique(amounts.begin(), amounts.end()), amounts.end());
  if (!amounts.empty()) {
    notes.push_back(fmt::format(
        "limits of authority are not judged where they are about {}: the log has no such column",
        quoted_list(amounts)));
  }
  for (const UnreadNumbers& each : unread_numbers()) {
    notes.push_back(
        fmt::format("conditions and limits on '{}' are not judged in {} where it is no number: {}",
                    each.column, counted(each.cases, "case", "cases"), example_of(each)));
  }
  if (any_approval && !log_.has_resources())
    notes.push_back("who approves their own work is not judged: the log has no resources");
  return notes;
}

}  // namespace gemba::inline replay
