#include <algorithm>
#include <unordered_set>

#include "core/conditions/expression.h"

namespace gemba::inline conditions {
namespace {

using Op = Expr::Op;
using Truth = std::optional<bool>;

bool is_unknown(const ExprValue& value) { return std::holds_alternative<std::monostate>(value); }

template <class T>
bool order_holds(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::lt:
      return a < b;
    case Op::le:
      return a <= b;
    case Op::gt:
      return a > b;
    default:
      return a >= b;
  }
}

Truth compare(Op op, const ExprValue& a, const ExprValue& b) {
  if (is_unknown(a) || is_unknown(b)) return std::nullopt;
  if (op == Op::eq) return a == b;
  if (op == Op::ne) return a != b;
  const auto* left = std::get_if<double>(&a);
  const auto* right = std::get_if<double>(&b);
  if (left != nullptr && right != nullptr) return order_holds(op, *left, *right);
  const auto* left_text = std::get_if<std::string>(&a);
  const auto* right_text = std::get_if<std::string>(&b);
  if (left_text != nullptr && right_text != nullptr) {
    return order_holds(op, *left_text, *right_text);
  }
  return std::nullopt;
}

Truth negated(Truth truth) {
  if (truth) return !*truth;
  return truth;
}

/// Kleene's strong conjunction and disjunction (1952, section 64): `decisive` settles it whatever
/// else is unknown.
Truth combine(const Expr::Node& node, const std::vector<Truth>& truths, bool decisive) {
  Truth result = !decisive;
  for (const std::uint32_t child : node.children) {
    if (truths[child] == decisive) return decisive;
    if (!truths[child]) result = std::nullopt;
  }
  return result;
}

Truth is_in(const Expr::Node& node, const std::vector<ExprValue>& values) {
  const ExprValue& tested = values[node.children.front()];
  if (is_unknown(tested)) return std::nullopt;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (tested == values[node.children[i]]) return true;
  }
  return false;
}

Truth truth_of(const ExprValue& value) {
  const auto* truth = std::get_if<bool>(&value);
  return truth != nullptr ? Truth(*truth) : std::nullopt;
}

}  // namespace

std::optional<bool> evaluate(const Expr& expression, const ExprLookup& lookup) {
  // Children stand before their parents: one pass, and no recursion that a long condition could
  // exhaust.
  const std::size_t count = expression.nodes.size();
  std::vector<ExprValue> values(count);
  std::vector<Truth> truths(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Expr::Node& node = expression.nodes[i];
    switch (node.op) {
      case Op::literal:
      case Op::name:
        values[i] = node.op == Op::name ? lookup(node.name) : node.value;
        truths[i] = truth_of(values[i]);
        break;
      case Op::in:
        truths[i] = is_in(node, values);
        break;
      case Op::conj:
        truths[i] = combine(node, truths, false);
        break;
      case Op::disj:
        truths[i] = combine(node, truths, true);
        break;
      case Op::negation:
        truths[i] = negated(truths[node.children.front()]);
        break;
      default:
        truths[i] = compare(node.op, values[node.children[0]], values[node.children[1]]);
        break;
    }
  }
  return truths.back();
}

std::vector<std::string_view> names_in(const Expr& expression) {
  std::vector<std::string_view> names;
  std::unordered_set<std::string_view> seen;
  for (const Expr::Node& node : expression.nodes) {
    if (node.op == Op::name && seen.insert(node.name).second) names.push_back(node.name);
  }
  return names;
}

bool uses_name(const Expr& expression, std::string_view name) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(), [&](const Expr::Node& node) {
    return node.op == Op::name && node.name == name;
  });
}

}  // namespace gemba::inline conditions
