#include <algorithm>
#include <unordered_set>

#include "core/base/text.h"
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

Truth truth_in(std::string_view text) {
  const std::string lower = ascii_lower(text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

/// A number that is more than a row of digits with zeros in front, as codes have.
std::optional<double> quantity_in(std::string_view text) {
  const bool code = text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
  return code ? std::nullopt : number_in(text);
}

/// What a log has, as its partner in a comparison wants it.
ExprValue beside(Op op, const LoggedValue& value, const ExprValue& other) {
  const auto number_or_nothing = [&] {
    return value.number ? ExprValue(*value.number) : ExprValue();
  };
  if (std::holds_alternative<double>(other)) return number_or_nothing();
  if (std::holds_alternative<bool>(other)) {
    const Truth truth = truth_in(value.text);
    return truth ? ExprValue(*truth) : ExprValue();
  }
  if (const auto* partner = std::get_if<LoggedValue>(&other)) {
    if (value.number || partner->number) return number_or_nothing();
    return value.text;
  }
  const auto* text = std::get_if<std::string>(&other);
  const bool ordered = op != Op::eq && op != Op::ne;
  const bool both = text != nullptr && value.number && quantity_in(*text);
  if (both && (ordered || quantity_in(value.text))) return *value.number;
  return value.text;
}

/// A text that stands beside what a log has as a number.
ExprValue literal_beside(const ExprValue& value, const ExprValue& logged) {
  const auto* text = std::get_if<std::string>(&value);
  const bool as_number = text != nullptr && std::holds_alternative<double>(logged);
  return as_number ? ExprValue(*quantity_in(*text)) : value;
}

Truth compare_plain(Op op, const ExprValue& a, const ExprValue& b);

Truth compare(Op op, const ExprValue& a, const ExprValue& b) {
  const auto* left = std::get_if<LoggedValue>(&a);
  const auto* right = std::get_if<LoggedValue>(&b);
  if (left == nullptr && right == nullptr) return compare_plain(op, a, b);
  const ExprValue first = left != nullptr ? beside(op, *left, b) : a;
  const ExprValue second = right != nullptr ? beside(op, *right, a) : b;
  return compare_plain(op, left != nullptr ? first : literal_beside(first, second),
                       right != nullptr ? second : literal_beside(second, first));
}

Truth compare_plain(Op op, const ExprValue& a, const ExprValue& b) {
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
  Truth result = false;
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Truth equal = compare(Op::eq, tested, values[node.children[i]]);
    if (equal == true) return true;
    if (!equal) result = std::nullopt;
  }
  return result;
}

Truth truth_of(const ExprValue& value) {
  if (const auto* logged = std::get_if<LoggedValue>(&value)) return truth_in(logged->text);
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

bool compares_with_number(const Expr& expression, std::string_view name) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(), [&](const Expr::Node& node) {
    if (node.op == Op::conj || node.op == Op::disj || node.op == Op::negation) return false;
    bool named = false;
    bool number = false;
    for (const std::uint32_t child : node.children) {
      const Expr::Node& operand = expression.nodes[child];
      named = named || (operand.op == Op::name && operand.name == name);
      number = number || std::holds_alternative<double>(operand.value);
    }
    return named && number;
  });
}

bool uses_name(const Expr& expression, std::string_view name) {
  return std::any_of(expression.nodes.begin(), expression.nodes.end(), [&](const Expr::Node& node) {
    return node.op == Op::name && node.name == name;
  });
}

}  // namespace gemba::inline conditions
