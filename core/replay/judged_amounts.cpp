#include "core/replay/judged_amounts.h"

#include <algorithm>

#include "core/eventlog/selection.h"

namespace gemba {
namespace {

bool judges_amount(const Step& step) { return step.kind == StepKind::approval && step.amount; }

}  // namespace

std::vector<std::string> amount_columns(const Process& process) {
  std::vector<std::string> names;
  for (const Step& step : process.steps) {
    if (!judges_amount(step)) continue;
    const Data& datum = process.definitions[step.amount->data];
    for (const std::string& name : {datum.id, datum.name}) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      names.push_back(name);
      names.push_back(std::string(trace_prefix) + name);
    }
  }
  return names;
}

AmountJudge::AmountJudge(const Process& process, const EventLog& log)
    : log_(log), column_of_(process.steps.size()), judged_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!judges_amount(process.steps[i])) continue;
    const Data& datum = process.definitions[process.steps[i].amount->data];
    for (std::size_t column = 0; column < log.attributes.size(); ++column) {
      const AttributeColumn& attribute = log.attributes[column];
      std::string_view name = attribute.name;
      if (name.starts_with(trace_prefix)) name.remove_prefix(trace_prefix.size());
      if (name != datum.id && name != datum.name) continue;
      if (attribute.values.size() == 0) continue;
      column_of_[i] = column;
      any_ = true;
      break;
    }
  }
}

void AmountJudge::add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
                      std::span<const std::optional<FlowId>> exits) {
  if (!any_) return;
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::optional<StepId> step = map.step_of[instances[at].activity.index()];
    if (!step || !column_of_[step->index()]) continue;
    const std::optional<double> amount =
        first_number(log_.attributes[*column_of_[step->index()]], log_.events_of(id));
    if (amount) judged_[step->index()].push_back({*amount, exits[at]});
  }
}

}  // namespace gemba
