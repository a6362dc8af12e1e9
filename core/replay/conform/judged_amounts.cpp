#include "core/replay/conform/judged_amounts.h"

namespace gemba::inline replay {
namespace {

bool judges_amount(const Step& step) { return step.kind == StepKind::approval && step.amount; }

}  // namespace

AmountJudge::AmountJudge(const Process& process, const EventLog& log)
    : data_(process, log), amounts_(process.steps.size()), judged_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!judges_amount(process.steps[i])) continue;
    const auto column = data_.find_column(process.definitions[process.steps[i].amount->data].id);
    if (!column) continue;
    data_.read_numbers(*column);
    amounts_[i] = *column;
    any_ = true;
  }
}

void AmountJudge::add(CaseId id, const std::vector<Instance>& instances, const CaseShape& shape) {
  if (!any_) return;
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::optional<StepId> step = shape.steps[at];
    if (!step || !amounts_[step->index()]) continue;
    const std::optional<double> amount =
        data_.amount_at(*amounts_[step->index()], id, instances[at].event);
    if (amount) judged_[step->index()].push_back({*amount, shape.places[at].exit});
  }
}

void AmountJudge::join(const AmountJudge& later) {
  for (std::size_t i = 0; i < judged_.size(); ++i)
    judged_[i].insert(judged_[i].end(), later.judged_[i].begin(), later.judged_[i].end());
}

}  // namespace gemba::inline replay
