#include "core/audit/case_owner.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/role_names.h"
#include "core/audit/rule_work.h"
#include "core/estimate/capacity.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array payments = {"付款"sv, "打款"sv, "放款"sv,   "支付"sv,   "付赔款"sv,
                                 "赔付"sv, "转账"sv, "cheque"sv, "payout"sv, "payment"sv};

bool is_overloaded(const AuditInput& input, RoleId role) {
  const auto capacity = capacity_of(input.process.definitions, role);
  return capacity && loads_of(input.process, input.expected)[role.index()].hours_per_month >
                         capacity->hours_per_month;
}

bool approves_something(const Process& process, RoleId role) {
  return std::any_of(process.steps.begin(), process.steps.end(), [&](const Step& step) {
    return step.kind == StepKind::approval && step.role == role;
  });
}

bool may_own(const AuditInput& input, const HandoverChain& chain, RoleId role) {
  if (chain.roles.size() > 2 && begins_cases(input, role)) return false;
  return !is_leader(input.process.definitions, role) && !approves_something(input.process, role) &&
         !is_overloaded(input, role);
}

/// The payments that cases of the chain may come to.
std::vector<StepId> payments_of(const AuditInput& input, const HandoverChain& chain,
                                const std::vector<bool>& after) {
  std::vector<StepId> found;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const bool comes = after[i] || StepId(i) == chain.way.front();
    if (comes && is_own_work(input.process, StepId(i)) && pays(input.process.steps[i]))
      found.push_back(StepId(i));
  }
  return found;
}

}  // namespace

bool pays(const Step& step) {
  return step.kind != StepKind::approval && !says_check(step) &&
         (named_work(step) == NamedWork::pay || says_any(step.name, payments));
}

std::optional<RoleId> owner_of(const AuditInput& input, const HandoverChain& chain) {
  std::optional<RoleId> best;
  std::pair<double, int> most{-1, 0};
  int most_steps = 0;
  for (const RoleId role : chain.roles) {
    std::pair<double, int> has{0, 0};
    for (const StepId step : chain.way) {
      if (input.process[step].role != role) continue;
      has.first +=
          input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].work;
      ++has.second;
    }
    most_steps = std::max(most_steps, has.second);
    if (has <= most || !may_own(input, chain, role)) continue;
    most = has;
    best = role;
  }
  // Who does a step or two of a long chain knows little of the rest.
  return 2 * most.second >= most_steps ? best : std::nullopt;
}

std::vector<StepId> guards_of(const AuditInput& input, const HandoverChain& chain,
                              std::optional<RoleId> owner) {
  const std::vector<bool> after = reachable_after(input.graph, chain.way.front());
  const std::vector<StepId> paid = payments_of(input, chain, after);
  const auto leads_to_payment = [&](StepId step) {
    const std::vector<bool> later = reachable_after(input.graph, step);
    return std::any_of(paid.begin(), paid.end(), [&](StepId pay) { return later[pay.index()]; });
  };
  std::vector<StepId> approvals;
  for (std::size_t i = 0; !paid.empty() && i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    const bool others =
        step.kind == StepKind::approval && step.role != owner && !input.process.is_external(step);
    if (others && after[i] && leads_to_payment(StepId(i))) approvals.push_back(StepId(i));
  }
  if (!approvals.empty()) return approvals;
  for (auto step = chain.way.rbegin(); step != chain.way.rend(); ++step) {
    const bool others = says_check(input.process[*step]) && input.process[*step].role != owner;
    if (others && leads_to_payment(*step)) return {*step};
  }
  return {};
}

}  // namespace gemba::inline audit
