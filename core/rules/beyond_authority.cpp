#include "core/rules/beyond_authority.h"

#include <algorithm>

#include "core/graph/amount_flow.h"
#include "core/graph/data_flow.h"
#include "core/model/authority.h"

namespace gemba::inline rules {
namespace {

/// Where the amounts of one approval come from and go to.
class Amounts {
 public:
  Amounts(const Process& process, const FlowGraph& graph, StepId approval)
      : process_(process),
        graph_(graph),
        approval_(approval),
        action_(process[approval].approves->text),
        flow_(process, graph, process[approval].amount->data, limits()) {}

  std::optional<double> beyond(const std::vector<RoleId>& deciders) const {
    for (std::size_t value = 0; value < flow_.values().size(); ++value) {
      if (!flow_.reaches(approval_, value)) continue;
      const bool decided = std::any_of(deciders.begin(), deciders.end(), [&](RoleId role) {
        return may_decide(role, flow_.values()[value]);
      });
      if (!decided && !decided_later(value)) return flow_.values()[value];
    }
    return std::nullopt;
  }

 private:
  std::set<double> limits() const {
    std::set<double> limits;
    for (const Authority& row : process_.definitions.authority) {
      if (row.action == action_ && row.up_to) limits.insert(*row.up_to);
    }
    return limits;
  }

  bool may_decide(RoleId role, double amount) const {
    const std::optional<double> limit = limit_of(process_.definitions, role, action_);
    return limit && amount <= *limit;
  }

  // Of several who sign one after another the last one decides.
  bool decided_later(std::size_t value) const {
    const DataId amount = process_[approval_].amount->data;
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack = {approval_};
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      if (makes(process_[step], amount)) continue;
      for (const FlowId exit : graph_.out[step.index()]) {
        const StepId next = graph_.to(exit);
        if (!flow_.passes(exit, value) || seen[next.index()]) continue;
        seen[next.index()] = true;
        if (approves_too(process_[next], flow_.values()[value])) return true;
        stack.push_back(next);
      }
    }
    return false;
  }

  bool approves_too(const Step& step, double amount) const {
    return step.kind == StepKind::approval && step.role && step.approves &&
           step.approves->text == action_ && may_decide(*step.role, amount);
  }

  const Process& process_;
  const FlowGraph& graph_;
  StepId approval_;
  std::string action_;
  AmountFlow flow_;
};

}  // namespace

std::optional<double> amount_beyond(const Process& process, const FlowGraph& graph, StepId approval,
                                    const std::vector<RoleId>& deciders) {
  const Step& step = process[approval];
  if (!step.approves || !step.amount) return std::nullopt;
  return Amounts(process, graph, approval).beyond(deciders);
}

}  // namespace gemba::inline rules
