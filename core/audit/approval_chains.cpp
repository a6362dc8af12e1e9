#include "core/audit/approval_chains.h"

#include <algorithm>

#include "core/estimate/outcome.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"
#include "core/graph/dominators.h"

namespace gemba::inline audit {
namespace {

/// Steps that add nothing to what is approved.
bool passes_on(StepKind kind) {
  return is_gateway(kind) || kind == StepKind::wait || kind == StepKind::notify;
}

/// Finds the approval that every case at `later` has just passed.
class Chains {
 public:
  explicit Chains(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        visits_(input.expected.visits),
        tree_(dominators(input.graph)) {}

  std::optional<StepId> before(StepId later) const {
    std::optional<StepId> step = tree_.idom[later.index()];
    while (step && passes_on(process_[*step].kind)) step = tree_.idom[step->index()];
    if (!step || !same_subject(process_[*step], process_[later])) return std::nullopt;
    if (!nothing_between(*step, later)) return std::nullopt;
    return step;
  }

 private:
  static bool same_subject(const Step& a, const Step& b) {
    if (a.kind != StepKind::approval || a.approves.has_value() != b.approves.has_value())
      return false;
    if (!a.approves) return need_the_same(a, b);
    if (a.approves->text != b.approves->text) return false;
    return !a.amount || !b.amount || a.amount->data == b.amount->data;
  }

  /// Approvals that name no action are of one subject when one datum lies before both.
  static bool need_the_same(const Step& a, const Step& b) {
    return std::any_of(a.needs.begin(), a.needs.end(),
                       [&](const DataUse& use) { return uses(b, use.data); });
  }

  /// Whether what passes `first` certainly comes to `later`, over steps that add nothing.
  bool nothing_between(StepId first, StepId later) const {
    const Outcome outcome = approval_outcome(process_, graph_, visits_, first);
    const std::vector<bool> escapes = completed_without(process_, graph_, later);
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack;
    for (const FlowId flow : outcome.pass) stack.push_back(graph_.to(flow));
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      if (step == later || seen[step.index()]) continue;
      if (escapes[step.index()] || !passes_on(process_[step].kind)) return false;
      seen[step.index()] = true;
      for (const FlowId flow : graph_.out[step.index()]) stack.push_back(graph_.to(flow));
    }
    return !outcome.pass.empty();
  }

  const Process& process_;
  const FlowGraph& graph_;
  const Visits& visits_;
  DominatorTree tree_;
};

}  // namespace

std::vector<std::vector<StepId>> approval_chains(const AuditInput& input) {
  const Process& process = input.process;
  const Chains chains(input);
  std::vector<std::optional<StepId>> before(process.steps.size());
  std::vector<bool> has_later(process.steps.size(), false);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (process.steps[i].kind != StepKind::approval) continue;
    before[i] = chains.before(StepId(i));
    if (before[i]) has_later[before[i]->index()] = true;
  }
  std::vector<std::vector<StepId>> found;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!before[i] || has_later[i]) continue;
    std::vector<StepId>& chain = found.emplace_back();
    for (std::optional<StepId> step = StepId(i); step; step = before[step->index()]) {
      chain.push_back(*step);
    }
    std::reverse(chain.begin(), chain.end());
  }
  return found;
}

std::vector<bool> in_approval_chains(const AuditInput& input) {
  std::vector<bool> in(input.process.steps.size(), false);
  for (const std::vector<StepId>& chain : approval_chains(input)) {
    for (const StepId step : chain) in[step.index()] = true;
  }
  return in;
}

}  // namespace gemba::inline audit
