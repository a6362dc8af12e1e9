#include "core/replay/judged_amounts.h"

namespace gemba {
namespace {

bool judges_amount(const Step& step) { return step.kind == StepKind::approval && step.amount; }

}  // namespace

AmountJudge::AmountJudge(const Process& process, const EventLog& log)
    : data_(process, log), column_of_(process.steps.size()), judged_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!judges_amount(process.steps[i])) continue;
    column_of_[i] = data_.find_column(process.definitions[process.steps[i].amount->data].id);
    any_ = any_ || column_of_[i];
  }
}

void AmountJudge::add(CaseId id, const std::vector<Instance>& instances, const CaseShape& shape) {
  if (!any_) return;
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::optional<StepId> step = shape.steps[at];
    if (!step || !column_of_[step->index()]) continue;
    const ExprValue value = data_.value_at(*column_of_[step->index()], id, instances[at].event);
    const auto* amount = std::get_if<double>(&value);
    if (amount != nullptr) judged_[step->index()].push_back({*amount, shape.places[at].exit});
  }
}

void AmountJudge::join(const AmountJudge& later) {
  for (std::size_t i = 0; i < judged_.size(); ++i)
    judged_[i].insert(judged_[i].end(), later.judged_[i].begin(), later.judged_[i].end());
}

}  // namespace gemba
