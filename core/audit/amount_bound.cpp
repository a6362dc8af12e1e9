#include "core/audit/amount_bound.h"

#include <algorithm>

#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using Bound = std::optional<double>;

Bound tighter(Bound a, Bound b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

/// What a true condition says about the largest value of `name`.
Bound bound_of(const Expr& expression, const Expr::Node& node, const std::string& name) {
  if (node.op == Expr::Op::conj) {
    Bound bound;
    for (const std::uint32_t child : node.children) {
      bound = tighter(bound, bound_of(expression, expression.nodes[child], name));
    }
    return bound;
  }
  if (node.children.size() != 2) return std::nullopt;
  const Expr::Node* left = &expression.nodes[node.children[0]];
  const Expr::Node* right = &expression.nodes[node.children[1]];
  const bool downwards =
      node.op == Expr::Op::le || node.op == Expr::Op::lt || node.op == Expr::Op::eq;
  const bool upwards = node.op == Expr::Op::ge || node.op == Expr::Op::gt;
  if (upwards) std::swap(left, right);  // 300 >= amount
  if (!downwards && !upwards) return std::nullopt;
  if (left->op != Expr::Op::name || left->name != name) return std::nullopt;
  const double* value = std::get_if<double>(&right->value);
  return right->op == Expr::Op::literal && value != nullptr ? Bound(*value) : std::nullopt;
}

}  // namespace

std::optional<double> upper_bound_at(const Process& process, const FlowGraph& graph,
                                     StepId approval) {
  if (!process[approval].amount) return std::nullopt;
  const DataId amount = process[approval].amount->data;
  const std::string& name = process.definitions[amount].id;
  Bound bound;
  StepId step = approval;
  // Only the stretch that has a single way in is looked at: on it every case has met every
  // condition.
  for (std::size_t hops = 0; hops < process.steps.size(); ++hops) {
    if (graph.in[step.index()].size() != 1) break;
    const Flow& flow = process[graph.in[step.index()].front()];
    if (flow.when && flow.when->expr) {
      bound = tighter(bound, bound_of(*flow.when->expr, flow.when->expr->root(), name));
    }
    step = flow.from;
    if (makes(process[step], amount)) break;
  }
  return bound;
}

}  // namespace gemba::inline audit
